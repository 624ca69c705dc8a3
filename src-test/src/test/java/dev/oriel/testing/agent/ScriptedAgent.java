package dev.oriel.testing.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentGoneException;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.ToolResult;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// An agent whose messages are emitted by the test.
public final class ScriptedAgent implements Agent {
    private final AgentLaunch launch;
    private final AgentListener listener;
    private final List<Message> prompts = new CopyOnWriteArrayList<>();
    private final List<Message> midTurnPrompts = new CopyOnWriteArrayList<>();
    private final List<ObjectNode> requests = new CopyOnWriteArrayList<>();
    private final List<Message> responses = new CopyOnWriteArrayList<>();
    private final AtomicInteger interrupts = new AtomicInteger();
    private final AtomicInteger toolChanges = new AtomicInteger();
    private volatile boolean ended;
    private volatile boolean ignoresClose;
    private volatile boolean closeRequested;
    private volatile boolean holdsResponses;
    private final List<CompletableFuture<ObjectNode>> heldResponses = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> heldInterrupts = new CopyOnWriteArrayList<>();

    ScriptedAgent(AgentLaunch launch, AgentListener listener) {
        this.launch = launch;
        this.listener = listener;
    }

    public AgentLaunch launch() {
        return launch;
    }

    public List<Message> prompts() {
        return prompts;
    }

    /// The user messages received during a turn.
    public List<Message> midTurnPrompts() {
        return midTurnPrompts;
    }

    public List<ObjectNode> requests() {
        return requests;
    }

    public List<Message> responses() {
        return responses;
    }

    public int interrupts() {
        return interrupts.get();
    }

    /// Emits messages, each given as JSON text.
    public void emit(String... lines) {
        for (String line : lines) {
            try {
                listener.onEvent(new AgentEvent.Output(Message.parse(line)));
            } catch (MalformedMessageException e) {
                throw new IllegalArgumentException(line, e);
            }
        }
    }

    /// Emits `system/init`, with which the CLI begins every turn.
    public void emitInit() {
        emit(
                "{\"type\":\"system\",\"subtype\":\"init\",\"model\":\"test-model\",\"session_id\":\""
                        + launch.conversation().id()
                        + "\"}");
    }

    /// Emits a complete text block.
    public void emitText(String text) {
        ObjectNode m = Json.object().put("type", "assistant");
        m.putObject("message")
                .put("id", "msg_1")
                .put("role", "assistant")
                .putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", text);
        emit(m.toString());
    }

    /// Emits one text delta.
    public void emitDelta(String text) {
        ObjectNode m = Json.object().put("type", "stream_event");
        ObjectNode event = m.putObject("event").put("type", "content_block_delta").put("index", 0);
        event.putObject("delta").put("type", "text_delta").put("text", text);
        emit(m.toString());
    }

    /// Emits the start of a response and of its first block.
    public void emitTextStart() {
        emit(
                "{\"type\":\"stream_event\",\"event\":{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\"}}}",
                "{\"type\":\"stream_event\",\"event\":{\"type\":\"content_block_start\","
                        + "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}}");
    }

    public void emitAsk(String requestId, String tool, String inputJson) {
        emit(
                ("{\"type\":\"control_request\",\"request_id\":\"%s\","
                     + "\"request\":{\"subtype\":\"can_use_tool\",\"tool_name\":\"%s\",\"input\":%s}}")
                        .formatted(requestId, tool, inputJson));
    }

    /// Emits a line on standard error.
    public void emitStderr(String line) {
        listener.onEvent(new AgentEvent.StderrLine(line));
    }

    /// Emits a line that is not a message.
    public void emitMalformed(String line) {
        listener.onEvent(new AgentEvent.StdoutLine(line));
    }

    /// Emits the `result` that ends the turn.
    public void emitResult() {
        emit(
                "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"ok\","
                        + "\"total_cost_usd\":0.25}");
    }

    public void exit(AgentEvent.ExitCause cause, String... lastWords) {
        ended = true;
        listener.onEvent(
                new AgentEvent.Exited(
                        cause == AgentEvent.ExitCause.CRASHED ? 1 : 0, cause, List.of(lastWords)));
    }

    @Override
    public void sendPrompt(Message user) {
        prompts.add(user);
    }

    @Override
    public void sendMidTurnPrompt(Message user) {
        midTurnPrompts.add(user);
    }

    @Override
    public CompletableFuture<ObjectNode> sendControlRequest(ObjectNode request, Duration deadline) {
        requests.add(request);
        if (ended) {
            return CompletableFuture.failedFuture(new AgentGoneException());
        }
        if (holdsResponses) {
            heldResponses.add(new CompletableFuture<>());
            return heldResponses.getLast();
        }
        ObjectNode response = Json.object().put("subtype", "success");
        response.put("request_id", UUID.randomUUID().toString());
        response.putObject("response").put("echo", request.path("subtype").asText());
        return CompletableFuture.completedFuture(response);
    }

    @Override
    public void reply(Message response) {
        responses.add(response);
    }

    @Override
    public CompletableFuture<Void> interrupt() {
        interrupts.incrementAndGet();
        if (holdsResponses) {
            heldInterrupts.add(new CompletableFuture<>());
            return heldInterrupts.getLast();
        }
        return CompletableFuture.completedFuture(null);
    }

    /// The number of calls of [Agent#onToolsChanged].
    public int toolChanges() {
        return toolChanges.get();
    }

    /// Calls a tool of the session's clients.
    public CompletableFuture<ToolResult> callTool(String tool, String inputJson) {
        try {
            return launch.tools()
                    .call(tool, Json.parseObject(inputJson.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException(inputJson, e);
        }
    }

    /// Sends a request to the client that has declared to answer it.
    ///
    /// @param request the inner object
    public CompletableFuture<ObjectNode> requestClient(String requestId, ObjectNode request) {
        ObjectNode message =
                Json.object().put("type", "control_request").put("request_id", requestId);
        message.set("request", request);
        return launch.clients().forward(Message.of(message));
    }

    @Override
    public void onToolsChanged() {
        toolChanges.incrementAndGet();
    }

    /// From now on [#close] does not end the agent; the test ends it with [#exit].
    public void ignoreClose() {
        ignoresClose = true;
    }

    /// From now on the test completes the responses to control requests and interrupts.
    public void holdResponses() {
        holdsResponses = true;
    }

    public List<CompletableFuture<ObjectNode>> heldResponses() {
        return heldResponses;
    }

    public List<CompletableFuture<Void>> heldInterrupts() {
        return heldInterrupts;
    }

    /// Whether [#close] was called.
    public boolean isCloseRequested() {
        return closeRequested;
    }

    @Override
    public void close() {
        closeRequested = true;
        if (!ended && !ignoresClose) {
            ended = true;
            Thread.ofVirtual()
                    .start(() ->
                            listener.onEvent(
                                    new AgentEvent.Exited(
                                            0, AgentEvent.ExitCause.ASKED, List.of())));
        }
    }
}
