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

/// Plays one script, from the prompt to the `result`. Runs on the demo's thread.
final class DemoTurn {
    private static final String STOPPED = "[Request interrupted by user]";
    private static final String STOPPED_TOOL = "[Request interrupted by user for tool use]";

    private final DemoMessages lines;
    private final DemoInbox inbox;
    private final DemoPermissions permissions;
    private final ToolHost host;
    private final DemoPace pace;
    private final Consumer<Message> out;
    private final DemoStreaming streaming;
    private final long started = System.nanoTime();
    private final ArrayNode denials = Json.mapper().createArrayNode();
    private int turns = 1;
    private String lastText = "";
    private @Nullable String openTool;
    private @Nullable String openAsk;

    DemoTurn(
            DemoMessages lines,
            DemoInbox inbox,
            DemoPermissions permissions,
            ToolHost host,
            DemoPace pace,
            Consumer<Message> out) {
        this.lines = lines;
        this.inbox = inbox;
        this.permissions = permissions;
        this.host = host;
        this.pace = pace;
        this.out = out;
        this.streaming = new DemoStreaming(lines, inbox, pace, out);
    }

    void play(List<ScriptStep> script) throws InterruptedException {
        try {
            for (ScriptStep step : script) {
                if (!play(step)) {
                    return;
                }
            }
            streaming.end("end_turn");
            end(results().completed(lastText));
        } catch (StoppedException e) {
            onStopped();
        }
    }

    /// @return whether the script goes on
    private boolean play(ScriptStep step) throws StoppedException, InterruptedException {
        switch (step) {
            case ScriptStep.Thinking thinking -> streaming.thinking(thinking.text());
            case ScriptStep.Text text -> {
                streaming.text(text.markdown());
                lastText = text.markdown();
            }
            case ScriptStep.Tool tool -> use(tool, id -> simulate(id, tool));
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

    /// Runs a tool after it was allowed.
    private interface ToolCall {
        void run(String toolUseId) throws StoppedException, InterruptedException;
    }

    private void use(ScriptStep.Tool tool, ToolCall call)
            throws StoppedException, InterruptedException {
        String id = beginTool(tool.name(), tool.input());
        switch (permissions.decide(tool)) {
            case ALLOW -> call.run(id);
            case DENY -> deny(id, tool, "The demo may not ask in this permission mode.");
            case ASK -> {
                JsonNode response = awaitReply(requestId -> lines.ask(requestId, tool, id));
                if (isAllowed(id, tool.name(), tool.input(), response)) {
                    call.run(id);
                }
            }
        }
    }

    private void ask(ScriptStep.Question question) throws StoppedException, InterruptedException {
        String id = beginTool("AskUserQuestion", question.input());
        JsonNode response =
                awaitReply(requestId -> lines.question(requestId, question.input(), id));
        if (isAllowed(id, "AskUserQuestion", question.input(), response)) {
            JsonNode answers = response.path("response").path("updatedInput").path("answers");
            StringBuilder text = new StringBuilder("User has answered:");
            answers.properties()
                    .forEach(answer ->
                            text.append(" \"")
                                    .append(answer.getKey())
                                    .append("\"=\"")
                                    .append(answer.getValue().asText())
                                    .append('"'));
            ObjectNode details = question.input().deepCopy();
            details.set("answers", answers.isObject() ? answers : Json.object());
            endTool(id, text.toString(), false, details);
        }
    }

    private String beginTool(String name, ObjectNode input)
            throws StoppedException, InterruptedException {
        String id = "toolu_demo_" + UUID.randomUUID();
        streaming.toolUse(id, name, input);
        streaming.end("tool_use");
        openTool = id;
        return id;
    }

    private void simulate(String id, ScriptStep.Tool tool)
            throws StoppedException, InterruptedException {
        inbox.pause(pace.work());
        endTool(id, tool.output(), false, tool.details());
    }

    private void call(String id, String name, ObjectNode input)
            throws StoppedException, InterruptedException {
        ToolResult result = inbox.await(host.call(name, input));
        endTool(id, result.text(), result.isError(), TextNode.valueOf(result.text()));
    }

    private void endTool(String id, String content, boolean isError, JsonNode details) {
        openTool = null;
        turns++;
        out.accept(lines.toolResult(id, content, isError, details));
    }

    private JsonNode awaitReply(Function<String, Message> ask)
            throws StoppedException, InterruptedException {
        String requestId = UUID.randomUUID().toString();
        openAsk = requestId;
        out.accept(ask.apply(requestId));
        JsonNode response = inbox.awaitReply(requestId).tree().path("response");
        openAsk = null;
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
        recordDenial(id, tool, input);
        if (decision.path("interrupt").asBoolean()) {
            throw new StoppedException();
        }
        endTool(id, why, true, TextNode.valueOf("Error: " + why));
        return false;
    }

    private void deny(String id, ScriptStep.Tool tool, String why) {
        recordDenial(id, tool.name(), tool.input());
        endTool(id, why, true, TextNode.valueOf("Error: " + why));
    }

    private void recordDenial(String id, String tool, ObjectNode input) {
        denials.addObject()
                .put("tool_name", tool)
                .put("tool_use_id", id)
                .set("tool_input", input.deepCopy());
    }

    private void fail(ScriptStep.ApiError error) throws StoppedException, InterruptedException {
        out.accept(lines.requesting());
        inbox.pause(pace.work());
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

    private void onStopped() {
        String ask = openAsk;
        if (ask != null) {
            out.accept(lines.withdrawn(ask));
        }
        String tool = openTool;
        if (tool != null) {
            endTool(tool, STOPPED_TOOL, true, TextNode.valueOf("Error: " + STOPPED_TOOL));
            out.accept(lines.marker(STOPPED_TOOL));
            end(results().stopped("aborted_tools"));
        } else {
            streaming.abortText();
            out.accept(lines.marker(STOPPED));
            streaming.close();
            end(results().stopped("aborted_streaming"));
        }
    }

    private void end(Message result) {
        inbox.endTurn();
        out.accept(result);
    }

    private DemoResults results() {
        return new DemoResults(lines, started, turns, denials);
    }
}
