package dev.oriel.testing.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Graphemes;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeTurn;
import java.util.Random;

/// Turns of a CLI in which every text is random: answers, thoughts, commands, output, asks, plans,
/// results and errors. The same seed gives the same turns.
public final class RandomTurns {
    private final Random random;
    private final RandomTexts texts;
    private int used;
    private int ids;

    public RandomTurns(long seed) {
        random = new Random(seed);
        texts = new RandomTexts(seed);
    }

    /// The number of texts so far.
    public int used() {
        return used;
    }

    public String text() {
        used++;
        return texts.next();
    }

    /// A random member name: JSON with longer names, or with an unpaired surrogate in one, is
    /// rejected.
    private String name() {
        return Graphemes.truncate(RandomTexts.wellFormed(text()), 2_000);
    }

    /// A turn of some messages of all kinds; its last word is one that a test can wait for.
    public FakeTurn turn(FakeTurn turn, String last) {
        line(turn, init());
        for (int i = 0; i < 12; i++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> streamed(turn, markdown());
                case 3 -> whole(turn, "thinking", "thinking", text());
                case 4, 5, 6 -> tool(turn);
                case 7 -> ask(turn);
                case 8 -> notice(turn);
                default -> whole(turn, "unknown_" + text(), "text", text());
            }
        }
        if (random.nextInt(3) == 0) {
            failed(turn);
        }
        streamed(turn, last);
        return turn;
    }

    private ObjectNode init() {
        ObjectNode m = message("system").put("subtype", "init").put("model", text());
        m.put("cwd", text()).put("permissionMode", "default");
        m.putArray("tools").add(text());
        m.putArray("slash_commands").add(text());
        m.putArray("mcp_servers").addObject().put("name", text()).put("status", text());
        return m;
    }

    /// The text in one of the constructs of Markdown.
    private String markdown() {
        String t = text();
        return switch (random.nextInt(12)) {
            case 0 -> "# " + t + "\n\n" + text();
            case 1 -> "- " + t + "\n- " + text() + "\n  1. " + text();
            case 2 -> "| a | " + line(t) + " |\n|:-:|--:|\n| " + line(text()) + " | x |\n";
            case 3 -> "```" + line(t) + "\n" + text() + "\n```";
            case 4 -> "> " + t + "\n\n**" + line(text()) + "** `" + line(text()) + "`";
            case 5 -> "[" + line(t) + "](https://example.org/" + line(text()) + ")";
            case 6 -> "$$" + t + "$$ and \\(" + text() + "\\)";
            default -> t;
        };
    }

    private static String line(String text) {
        return text.replaceAll("\\R", " ");
    }

    /// A block in deltas that are cut anywhere, and then as a whole.
    private void streamed(FakeTurn turn, String text) {
        String id = "msg_" + ++ids;
        ObjectNode start = Json.object().put("type", "message_start");
        start.putObject("message").put("id", id).put("role", "assistant").putArray("content");
        event(turn, start);
        ObjectNode block = Json.object().put("type", "content_block_start").put("index", 0);
        block.putObject("content_block").put("type", "text").put("text", "");
        event(turn, block);
        int step = Math.max(1, text.length() / (1 + random.nextInt(20)));
        for (int at = 0; at < text.length(); at += step) {
            ObjectNode delta = Json.object().put("type", "content_block_delta").put("index", 0);
            delta.putObject("delta")
                    .put("type", "text_delta")
                    .put("text", text.substring(at, Math.min(text.length(), at + step)));
            event(turn, delta);
            if (random.nextInt(6) == 0) {
                turn.pause(5);
            }
        }
        ObjectNode m = message("assistant");
        said(m, id).addObject().put("type", "text").put("text", text);
        line(turn, m);
        event(turn, Json.object().put("type", "content_block_stop").put("index", 0));
        event(turn, Json.object().put("type", "message_stop"));
    }

    private void whole(FakeTurn turn, String type, String member, String text) {
        ObjectNode m = message("assistant");
        said(m, "msg_" + ++ids).addObject().put("type", type).put(member, text);
        line(turn, m);
    }

    private void tool(FakeTurn turn) {
        String id = "toolu_" + ++ids;
        ObjectNode m = message("assistant");
        ObjectNode use = said(m, "msg_" + ids).addObject();
        use.put("type", "tool_use").put("id", id);
        ObjectNode input = use.putObject("input");
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                use.put("name", "Bash");
                input.put("command", text()).put("description", text());
            }
            case 2 -> {
                use.put("name", "Edit");
                input.put("file_path", "/" + text());
                input.put("old_string", text()).put("new_string", text());
            }
            case 3 -> {
                use.put("name", "Write");
                input.put("file_path", text()).put("content", text());
            }
            case 4 -> {
                use.put("name", "TodoWrite");
                ObjectNode todo = input.putArray("todos").addObject();
                todo.put("content", text()).put("status", "pending").put("activeForm", text());
            }
            case 5 -> {
                use.put("name", "Task");
                input.put("description", text()).put("prompt", text());
                input.put("subagent_type", text());
            }
            default -> {
                use.put("name", text());
                input.put(name(), text());
            }
        }
        line(turn, m);
        if (random.nextInt(8) > 0) {
            result(turn, id);
        }
    }

    private void result(FakeTurn turn, String id) {
        ObjectNode m = message("user");
        ObjectNode result =
                m.putObject("message").put("role", "user").putArray("content").addObject();
        result.put("type", "tool_result").put("tool_use_id", id);
        result.put("is_error", random.nextInt(4) == 0);
        String output = random.nextBoolean() ? text() : "\u001b[1;3" + text() + "\r" + text();
        if (random.nextBoolean()) {
            result.put("content", output);
        } else {
            result.putArray("content").addObject().put("type", "text").put("text", output);
        }
        line(turn, m);
    }

    private void ask(FakeTurn turn) {
        ObjectNode request = Json.object().put("subtype", "can_use_tool");
        ObjectNode input = request.putObject("input");
        switch (random.nextInt(6)) {
            case 0 -> {
                request.put("tool_name", "AskUserQuestion");
                ObjectNode question = input.putArray("questions").addObject();
                question.put("question", text()).put("header", text());
                question.put("multiSelect", random.nextBoolean());
                for (int i = 0; i < 3; i++) {
                    question.withArray("options")
                            .addObject()
                            .put("label", text())
                            .put("description", text());
                }
            }
            case 1 -> {
                request.put("tool_name", "ExitPlanMode");
                input.put("plan", markdown());
            }
            case 2 -> {
                request.removeAll();
                request.put("subtype", "elicitation").put("mcp_server_name", text());
                request.put("message", text());
                ObjectNode schema = request.putObject("requested_schema").put("type", "object");
                ObjectNode properties = schema.putObject("properties");
                properties.putObject(name()).put("type", "string").put("title", text());
                properties
                        .putObject(name())
                        .put("type", "string")
                        .put("description", text())
                        .putArray("enum")
                        .add(text())
                        .add(text());
            }
            case 3 -> {
                request.put("tool_name", "Edit");
                input.put("file_path", text()).put("old_string", text()).put("new_string", text());
            }
            default -> {
                request.put("tool_name", random.nextBoolean() ? "Bash" : text());
                request.put("description", text()).put("decision_reason", text());
                request.put("blocked_path", "/" + text());
                input.put("command", text());
                ObjectNode rule =
                        request.putArray("permission_suggestions")
                                .addObject()
                                .put("type", "addRules")
                                .put("behavior", "allow");
                rule.put("destination", "session")
                        .putArray("rules")
                        .addObject()
                        .put("toolName", "Bash")
                        .put("ruleContent", text());
            }
        }
        turn.request(ascii(request));
    }

    private void notice(FakeTurn turn) {
        switch (random.nextInt(5)) {
            case 0 ->
                    line(
                            turn,
                            message("system")
                                    .put("subtype", "api_retry")
                                    .put("attempt", 1)
                                    .put("max_retries", 3)
                                    .put("error", text()));
            case 1 -> {
                ObjectNode m = message("user").put("isReplay", true);
                m.putObject("message")
                        .put("role", "user")
                        .put("content", "<local-command-stdout>" + text());
                line(turn, m);
            }
            case 2 -> {
                ObjectNode m = message("assistant").put("error", "unknown");
                ObjectNode said = m.putObject("message").put("model", "<synthetic>");
                said.put("id", "msg_" + ++ids).put("role", "assistant");
                said.putArray("content").addObject().put("type", "text").put("text", text());
                line(turn, m);
            }
            case 3 -> turn.stderr(text());
            default -> line(turn, message("system").put("subtype", text()).put("text", text()));
        }
    }

    private void failed(FakeTurn turn) {
        ObjectNode m = message("result").put("subtype", "error_during_execution");
        m.put("is_error", true).put("result", text());
        m.putArray("errors").add(text()).add(text());
        line(turn, m);
    }

    private static ObjectNode message(String type) {
        return Json.object().put("type", type).putNull("parent_tool_use_id");
    }

    private com.fasterxml.jackson.databind.node.ArrayNode said(ObjectNode message, String id) {
        ObjectNode said = message.putObject("message").put("id", id).put("role", "assistant");
        said.put("model", random.nextInt(4) == 0 ? text() : "claude-fake");
        return said.putArray("content");
    }

    private void event(FakeTurn turn, ObjectNode event) {
        ObjectNode m = message("stream_event");
        m.set("event", event);
        line(turn, m);
    }

    private void line(FakeTurn turn, ObjectNode message) {
        turn.line(ascii(message));
    }

    /// JSON in ASCII: an unpaired surrogate has no other form.
    private static String ascii(ObjectNode json) {
        StringBuilder out = new StringBuilder();
        json.toString()
                .chars()
                .forEach(c ->
                        out.append(c < 0x7f ? (char) c : "")
                                .append(c < 0x7f ? "" : "\\u%04x".formatted(c)));
        return out.toString();
    }
}
