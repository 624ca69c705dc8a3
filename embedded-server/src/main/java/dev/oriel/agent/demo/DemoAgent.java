package dev.oriel.agent.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentGoneException;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.ToolHost;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// An agent that plays scripts. Words in the prompt select the script. The agent runs on its own
/// virtual thread.
///
/// An interrupt takes effect before the next token. The agent keeps no conversation, so it can
/// resume any.
final class DemoAgent implements Agent {
    private final AgentListener listener;
    private final DemoInbox inbox = new DemoInbox();
    private final DemoPace pace;
    private final DemoMessages lines;
    private final DemoScripts scripts;
    private final ToolHost tools;
    private final DemoPermissions permissions;

    /// Set by the demo's thread when it ends, read by any thread.
    private volatile boolean gone;

    DemoAgent(AgentLaunch launch, AgentListener listener, DemoPace pace) {
        this.listener = listener;
        this.pace = pace;
        this.lines = new DemoMessages(launch.conversation().id(), launch.cwd());
        this.scripts = new DemoScripts(launch.cwd(), launch.tools());
        this.tools = launch.tools();
        String mode = launch.permissionMode();
        this.permissions = new DemoPermissions(mode == null ? "default" : mode);
    }

    void start() {
        Thread.ofVirtual().name("oriel-demo").start(this::run);
    }

    @Override
    public void sendPrompt(Message user) {
        inbox.addPrompt(user);
    }

    /// The demo does not read prompts during a turn: it answers this one in the next turn.
    @Override
    public void sendMidTurnPrompt(Message user) {
        inbox.addPrompt(user);
    }

    @Override
    public CompletableFuture<ObjectNode> sendControlRequest(ObjectNode request, Duration deadline) {
        if (gone) {
            return CompletableFuture.failedFuture(new AgentGoneException());
        }
        return CompletableFuture.completedFuture(
                switch (request.path("subtype").asText()) {
                    case "initialize" -> success(initializeResponse());
                    case "interrupt" -> {
                        inbox.stop();
                        ObjectNode receipt = Json.object();
                        receipt.putArray("still_queued");
                        yield success(receipt);
                    }
                    // The demo is the only model. A request for another one is answered with it.
                    case "set_model" -> success(Json.object().put("model", DemoMessages.MODEL));
                    case "set_permission_mode" -> setPermissionMode(request.path("mode").asText());
                    case "set_max_thinking_tokens", "stop_task" -> success(Json.object());
                    case "cancel_async_message" ->
                            success(
                                    Json.object()
                                            .put(
                                                    "cancelled",
                                                    inbox.cancel(
                                                            request.path("message_uuid")
                                                                    .asText())));
                    default ->
                            error(
                                    "Unsupported control request subtype: "
                                            + request.path("subtype").asText(),
                                    "unsupported_request");
                });
    }

    @Override
    public void reply(Message response) {
        String requestId = response.requestId();
        if (requestId != null) {
            inbox.addReply(requestId, response);
        }
    }

    @Override
    public CompletableFuture<Void> interrupt() {
        inbox.stop();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        inbox.close();
    }

    private void run() {
        try {
            for (Message next = inbox.next(); next != null; next = inbox.next()) {
                if (next.is(MessageType.USER)) {
                    emit(lines.init(DemoMessages.MODEL, permissions.mode()));
                    new DemoTurn(lines, inbox, permissions, tools, pace, this::emit)
                            .play(scripts.scriptFor(next));
                } else {
                    emit(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            gone = true;
            listener.onEvent(new AgentEvent.Exited(0, AgentEvent.ExitCause.ASKED, List.of()));
        }
    }

    private void emit(Message message) {
        listener.onEvent(new AgentEvent.Output(message));
    }

    private ObjectNode setPermissionMode(String mode) {
        if (mode.equals("bypassPermissions")) {
            return error(
                    "The demo was not started with permissions bypassed", "bypass_not_launched");
        }
        if (!permissions.setMode(mode)) {
            return error("Invalid permission mode", "invalid_mode");
        }
        inbox.addAside(lines.permissionMode(mode));
        return success(Json.object().put("mode", mode));
    }

    private ObjectNode initializeResponse() {
        ObjectNode response = Json.object();
        response.putArray("commands");
        response.putArray("agents");
        response.put("output_style", "default");
        response.putArray("models")
                .addObject()
                .put("value", DemoMessages.MODEL)
                .put("displayName", "Demo")
                .put("description", "Scripted answers, offline, free of charge");
        response.putObject("account").put("tokenSource", "none").put("apiKeySource", "none");
        response.put("current_permission_mode", permissions.mode());
        response.put("session_state", inbox.isRunning() ? "running" : "idle");
        response.putArray("capabilities").add("interrupt_receipt_v1");
        return response;
    }

    private static ObjectNode success(ObjectNode response) {
        ObjectNode success =
                Json.object()
                        .put("subtype", "success")
                        .put("request_id", UUID.randomUUID().toString());
        success.set("response", response);
        return success;
    }

    private static ObjectNode error(String what, String code) {
        return Json.object()
                .put("subtype", "error")
                .put("request_id", UUID.randomUUID().toString())
                .put("error", what)
                .put("error_code", code);
    }
}
