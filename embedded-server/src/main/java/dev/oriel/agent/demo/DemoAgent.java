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
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// An agent that only plays: it answers from scripts, chosen by words in the prompt, on a virtual
/// thread of its own.
///
/// It is stopped within a token. It remembers nothing, so it resumes any conversation.
final class DemoAgent implements Agent {
    private final AgentListener listener;
    private final DemoInbox stage = new DemoInbox();
    private final DemoPace pace;
    private final DemoMessages lines;
    private final DemoScripts scripts;
    private final ToolHost tools;
    private final DemoPermissions permissions;
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
        stage.addPrompt(user);
    }

    /// The demo has no boundaries: it answers it next.
    @Override
    public void sendMidTurnPrompt(Message user) {
        stage.addPrompt(user);
    }

    @Override
    public CompletableFuture<ObjectNode> sendControlRequest(ObjectNode request, Duration deadline) {
        if (gone) {
            return CompletableFuture.failedFuture(new AgentGoneException());
        }
        return CompletableFuture.completedFuture(
                switch (request.path("subtype").asText()) {
                    case "initialize" -> success(introduction());
                    case "interrupt" -> {
                        stage.stop();
                        ObjectNode receipt = Json.object();
                        receipt.putArray("still_queued");
                        yield success(receipt);
                    }
                    // There is one model, and it is the demo; whoever chooses another still gets
                    // this one, and is told.
                    case "set_model" -> success(Json.object().put("model", DemoMessages.MODEL));
                    case "set_permission_mode" -> permissionMode(request.path("mode").asText());
                    case "set_max_thinking_tokens", "stop_task" -> success(Json.object());
                    case "cancel_async_message" ->
                            success(
                                    Json.object()
                                            .put(
                                                    "cancelled",
                                                    stage.cancel(
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
            stage.addReply(requestId, response);
        }
    }

    @Override
    public CompletableFuture<Void> interrupt() {
        stage.stop();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        stage.close();
    }

    private void run() {
        try {
            for (Message next = stage.next(); next != null; next = stage.next()) {
                if (next.is("user")) {
                    emit(lines.init(DemoMessages.MODEL, permissions.mode()));
                    new DemoTurn(lines, stage, permissions, tools, pace, this::emit)
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

    private ObjectNode permissionMode(String mode) {
        if (mode.equals("bypassPermissions")) {
            return error(
                    "The demo was not started with permissions bypassed", "bypass_not_launched");
        }
        if (!permissions.setMode(mode)) {
            return error("Invalid permission mode", "invalid_mode");
        }
        stage.addAside(lines.permissionMode(mode));
        return success(Json.object().put("mode", mode));
    }

    private ObjectNode introduction() {
        ObjectNode said = Json.object();
        said.putArray("commands");
        said.putArray("agents");
        said.put("output_style", "default");
        said.putArray("models")
                .addObject()
                .put("value", DemoMessages.MODEL)
                .put("displayName", "Demo")
                .put("description", "Scripted answers, offline, free of charge");
        said.putObject("account").put("tokenSource", "none").put("apiKeySource", "none");
        said.put("current_permission_mode", permissions.mode());
        said.put("session_state", stage.isRunning() ? "running" : "idle");
        said.putArray("capabilities").add("interrupt_receipt_v1");
        return said;
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
