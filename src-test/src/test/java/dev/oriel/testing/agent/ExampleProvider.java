package dev.oriel.testing.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentStatus;
import dev.oriel.agent.ToolHost;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The agent of the examples in `PROTOCOL.md`: it gives the same reply to every prompt, asks before
/// it lists files or calls a client's tool, and streams a story until it is interrupted.
public final class ExampleProvider implements AgentProvider {
    private static final String[] ANSWER = {
        "{\"type\":\"system\",\"subtype\":\"init\",\"model\":\"claude-example\",\"permissionMode\":\"default\"}",
        "{\"type\":\"stream_event\",\"event\":{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\"}}}",
        "{\"type\":\"stream_event\",\"event\":{\"type\":\"content_block_start\",\"index\":0,"
                + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}}",
        "{\"type\":\"stream_event\",\"event\":{\"type\":\"content_block_delta\",\"index\":0,"
                + "\"delta\":{\"type\":\"text_delta\",\"text\":\"A"
                + " bay window.\"}}}",
        "{\"type\":\"assistant\",\"message\":{\"id\":\"msg_1\",\"role\":\"assistant\","
                + "\"content\":[{\"type\":\"text\",\"text\":\"A"
                + " bay window.\"}]}}",
        "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"A bay"
                + " window.\",\"total_cost_usd\":0.01}"
    };
    private static final String ASK =
            "{\"type\":\"control_request\",\"request_id\":\"ask-1\","
                    + "\"request\":{\"subtype\":\"can_use_tool\",\"tool_name\":\"Bash\","
                    + "\"input\":{\"command\":\"ls\"}}}";
    private static final String WEATHER = "{\"city\":\"Bath\",\"unit\":\"C\"}";
    private static final String ASK_FOR_TOOL =
            "{\"type\":\"control_request\",\"request_id\":\"ask-2\","
                + "\"request\":{\"subtype\":\"can_use_tool\",\"tool_name\":\"mcp__oriel__weather\","
                + "\"input\":"
                    + WEATHER
                    + "}}";
    private static final String DONE =
            "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"Done.\","
                    + "\"total_cost_usd\":0.02}";
    private static final String STOPPED =
            "{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true,"
                    + "\"terminal_reason\":\"aborted_streaming\"}";

    @Override
    public String kind() {
        return "cli";
    }

    @Override
    public AgentStatus status() {
        return new AgentStatus.Ready("2.1.329", "/usr/local/bin/claude");
    }

    @Override
    public Agent start(AgentLaunch launch, AgentListener listener) {
        return new ExampleAgent(launch.tools(), listener);
    }

    private static final class ExampleAgent implements Agent {
        private final ToolHost tools;
        private final AgentListener listener;
        private final ExecutorService thread = Executors.newSingleThreadExecutor();

        ExampleAgent(ToolHost tools, AgentListener listener) {
            this.tools = tools;
            this.listener = listener;
        }

        private void emit(String... lines) {
            for (String line : lines) {
                thread.execute(() -> listener.onEvent(new AgentEvent.Output(message(line))));
            }
        }

        private static Message message(String line) {
            try {
                return Message.parse(line);
            } catch (MalformedMessageException e) {
                throw new IllegalArgumentException(line, e);
            }
        }

        @Override
        public void sendPrompt(Message user) {
            String text = user.tree().at("/message/content").asText();
            if (text.startsWith("List")) {
                emit(ASK);
            } else if (text.startsWith("How")) {
                emit(ASK_FOR_TOOL);
            } else if (!text.startsWith("Tell")) {
                emit(ANSWER);
            }
        }

        @Override
        public void sendMidTurnPrompt(Message user) {
            sendPrompt(user);
        }

        @Override
        public CompletableFuture<ObjectNode> sendControlRequest(
                ObjectNode request, Duration deadline) {
            ObjectNode response = Json.object().put("subtype", "success").put("request_id", "own");
            response.putObject("response");
            return CompletableFuture.completedFuture(response);
        }

        @Override
        public void reply(Message response) {
            if ("ask-2".equals(response.requestId())) {
                callTool();
            } else {
                emit(DONE);
            }
        }

        private void callTool() {
            tools.call("weather", input())
                    .thenAccept(result -> {
                        ObjectNode said = Json.object().put("type", "user");
                        said.putObject("message")
                                .put("role", "user")
                                .putArray("content")
                                .addObject()
                                .put("type", "tool_result")
                                .put("tool_use_id", "toolu_1")
                                .put("content", result.text())
                                .put("is_error", result.isError());
                        emit(said.toString(), DONE);
                    });
        }

        private static ObjectNode input() {
            try {
                return Json.parseObject(WEATHER.getBytes(StandardCharsets.UTF_8));
            } catch (MalformedMessageException e) {
                throw new IllegalArgumentException(e);
            }
        }

        @Override
        public CompletableFuture<Void> interrupt() {
            emit(STOPPED);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            thread.execute(() ->
                    listener.onEvent(
                            new AgentEvent.Exited(0, AgentEvent.ExitCause.ASKED, List.of())));
            thread.shutdown();
        }
    }
}
