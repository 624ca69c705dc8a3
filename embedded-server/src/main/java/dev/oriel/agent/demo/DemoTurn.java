package dev.oriel.agent.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.oriel.agent.ToolHost;
import dev.oriel.agent.ToolResult;
import dev.oriel.agent.demo.DemoInbox.StoppedException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Plays one script, from the prompt to the `result`. Runs on the demo's own thread.
final class DemoTurn {
    private static final String STOPPED = "[Request interrupted by user]";
    private static final String STOPPED_TOOL = "[Request interrupted by user for tool use]";

    private final DemoMessages lines;
    private final DemoInbox stage;
    private final DemoPermissions permissions;
    private final ToolHost host;
    private final DemoPace pace;
    private final Consumer<Message> out;
    private final DemoStreaming speech;
    private final long started = System.nanoTime();
    private final ArrayNode denials = Json.mapper().createArrayNode();
    private int turns = 1;
    private String lastText = "";
    private @Nullable String toolInHand;
    private @Nullable String askInHand;

    DemoTurn(
            DemoMessages lines,
            DemoInbox stage,
            DemoPermissions permissions,
            ToolHost host,
            DemoPace pace,
            Consumer<Message> out) {
        this.lines = lines;
        this.stage = stage;
        this.permissions = permissions;
        this.host = host;
        this.pace = pace;
        this.out = out;
        this.speech = new DemoStreaming(lines, stage, pace, out);
    }

    void play(List<ScriptStep> script) throws InterruptedException {
        try {
            for (ScriptStep beat : script) {
                if (!play(beat)) {
                    return;
                }
            }
            speech.end("end_turn");
            end(results().completed(lastText));
        } catch (StoppedException e) {
            stopped();
        }
    }

    /// @return whether the script goes on
    private boolean play(ScriptStep beat) throws StoppedException, InterruptedException {
        switch (beat) {
            case ScriptStep.Thinking thinking -> speech.thinking(thinking.text());
            case ScriptStep.Text text -> {
                speech.text(text.markdown());
                lastText = text.markdown();
            }
            case ScriptStep.Tool tool -> use(tool, id -> pretend(id, tool));
            case ScriptStep.ClientTool(ScriptStep.Tool tool, String name) ->
                    use(tool, id -> call(id, name, tool.input()));
            case ScriptStep.Question question -> ask(question);
            case ScriptStep.ApiError error -> {
                fail(error);
                return false;
            }
        }
        return true;
    }

    /// What happens once a tool may be used.
    private interface Work {
        void on(String toolUseId) throws StoppedException, InterruptedException;
    }

    private void use(ScriptStep.Tool tool, Work work)
            throws StoppedException, InterruptedException {
        String id = beginTool(tool.name(), tool.input());
        switch (permissions.decide(tool)) {
            case ALLOW -> work.on(id);
            case DENY -> refused(id, tool, "The demo may not ask in this permission mode.");
            case ASK -> {
                JsonNode response = answer(requestId -> lines.ask(requestId, tool, id));
                if (isAllowed(id, tool.name(), tool.input(), response)) {
                    work.on(id);
                }
            }
        }
    }

    private void ask(ScriptStep.Question question) throws StoppedException, InterruptedException {
        String id = beginTool("AskUserQuestion", question.input());
        JsonNode response = answer(requestId -> lines.question(requestId, question.input(), id));
        if (isAllowed(id, "AskUserQuestion", question.input(), response)) {
            JsonNode answers = response.path("response").path("updatedInput").path("answers");
            StringBuilder said = new StringBuilder("User has answered:");
            answers.properties()
                    .forEach(answer ->
                            said.append(" \"")
                                    .append(answer.getKey())
                                    .append("\"=\"")
                                    .append(answer.getValue().asText())
                                    .append('"'));
            ObjectNode details = question.input().deepCopy();
            details.set("answers", answers.isObject() ? answers : Json.object());
            endTool(id, said.toString(), false, details);
        }
    }

    private String beginTool(String name, ObjectNode input)
            throws StoppedException, InterruptedException {
        String id = "toolu_demo_" + UUID.randomUUID();
        speech.toolUse(id, name, input);
        speech.end("tool_use");
        toolInHand = id;
        return id;
    }

    private void pretend(String id, ScriptStep.Tool tool)
            throws StoppedException, InterruptedException {
        stage.pause(pace.work());
        endTool(id, tool.output(), false, tool.details());
    }

    private void call(String id, String name, ObjectNode input)
            throws StoppedException, InterruptedException {
        ToolResult result = stage.await(host.call(name, input));
        endTool(id, result.text(), result.isError(), TextNode.valueOf(result.text()));
    }

    private void endTool(String id, String content, boolean isError, JsonNode details) {
        toolInHand = null;
        turns++;
        out.accept(lines.toolResult(id, content, isError, details));
    }

    private JsonNode answer(Function<String, Message> ask)
            throws StoppedException, InterruptedException {
        String requestId = UUID.randomUUID().toString();
        askInHand = requestId;
        out.accept(ask.apply(requestId));
        JsonNode response = stage.awaitReply(requestId).tree().path("response");
        askInHand = null;
        return response;
    }

    private boolean isAllowed(String id, String tool, ObjectNode input, JsonNode response)
            throws StoppedException {
        if (!"success".equals(response.path("subtype").asText())) {
            String why =
                    "Tool permission request failed: Error: " + response.path("error").asText();
            endTool(id, why, true, TextNode.valueOf("Error: " + why));
            return false;
        }
        JsonNode decision = response.path("response");
        if ("allow".equals(decision.path("behavior").asText())) {
            if (permissions.update(decision.path("updatedPermissions"))) {
                out.accept(lines.permissionMode(permissions.mode()));
            }
            return true;
        }
        String why = decision.path("message").asText("Refused.");
        denied(id, tool, input);
        if (decision.path("interrupt").asBoolean()) {
            throw new StoppedException();
        }
        endTool(id, why, true, TextNode.valueOf("Error: " + why));
        return false;
    }

    private void refused(String id, ScriptStep.Tool tool, String why) {
        denied(id, tool.name(), tool.input());
        endTool(id, why, true, TextNode.valueOf("Error: " + why));
    }

    private void denied(String id, String tool, ObjectNode input) {
        denials.addObject()
                .put("tool_name", tool)
                .put("tool_use_id", id)
                .set("tool_input", input.deepCopy());
    }

    private void fail(ScriptStep.ApiError error) throws StoppedException, InterruptedException {
        out.accept(lines.requesting());
        stage.pause(pace.work());
        ObjectNode block = Json.object().put("type", "text").put("text", error.text());
        ObjectNode line = lines.assistant("msg_demo_" + UUID.randomUUID(), block);
        line.put("error", error.error())
                .put("is_api_error_message", true)
                .put("api_error_status", error.status());
        if (line.get("message") instanceof ObjectNode message) {
            message.put("model", "<synthetic>");
        }
        out.accept(Message.of(line));
        end(results().apiError(error.status(), error.text()));
    }

    private void stopped() {
        String ask = askInHand;
        if (ask != null) {
            out.accept(lines.withdrawn(ask));
        }
        String tool = toolInHand;
        if (tool != null) {
            endTool(tool, STOPPED_TOOL, true, TextNode.valueOf("Error: " + STOPPED_TOOL));
            out.accept(lines.marker(STOPPED_TOOL));
            end(results().stopped("aborted_tools"));
        } else {
            speech.cutOff();
            out.accept(lines.marker(STOPPED));
            speech.close();
            end(results().stopped("aborted_streaming"));
        }
    }

    private void end(Message result) {
        stage.endTurn();
        out.accept(result);
    }

    private DemoResults results() {
        return new DemoResults(lines, started, turns, denials);
    }
}
