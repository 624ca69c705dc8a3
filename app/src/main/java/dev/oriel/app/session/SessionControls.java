package dev.oriel.app.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.composer.complete.AgentCommand;
import dev.oriel.client.ClientException;
import dev.oriel.client.SessionSubscription;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.platform.FutureFailures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The control requests of a session, sent over its current subscription. A request fails with a
/// [ClientException] if there is no connection. Belongs to the JavaFX thread.
final class SessionControls {
    private final Supplier<@Nullable SessionSubscription> subscription;

    /// @param subscription the current one; null while there is no connection
    SessionControls(Supplier<@Nullable SessionSubscription> subscription) {
        this.subscription = subscription;
    }

    CompletableFuture<ObjectNode> send(ObjectNode request) {
        SessionSubscription current = subscription.get();
        return current == null
                ? CompletableFuture.failedFuture(
                        new ClientException(
                                ErrorCode.LINK_LOST, "There is no connection to the server."))
                : current.sendControl(request);
    }

    /// Sends a request to the agent, and starts an agent if none runs.
    CompletableFuture<ObjectNode> sendToAgent(ObjectNode request) {
        return send(request)
                .exceptionallyCompose(failure -> {
                    boolean noAgent =
                            FutureFailures.unwrap(failure) instanceof ClientException e
                                    && e.code().equals(ErrorCode.NO_AGENT);
                    return noAgent
                            ? send(initialize()).thenCompose(_ -> send(request))
                            : CompletableFuture.failedFuture(failure);
                });
    }

    /// A request that starts an agent.
    private static ObjectNode initialize() {
        return request(ControlSubtype.INITIALIZE);
    }

    private static ObjectNode request(String subtype) {
        return Json.object().put("subtype", subtype);
    }

    private static ObjectNode request(String subtype, String prompt) {
        return request(subtype).put("message_uuid", prompt);
    }

    private CompletableFuture<Void> sendOnly(ObjectNode request) {
        return send(request).thenAccept(_ -> {});
    }

    /// @return whether it was sent
    boolean reply(Message response) {
        SessionSubscription current = subscription.get();
        return current != null && current.reply(response);
    }

    CompletableFuture<Void> interrupt() {
        return sendOnly(request(ControlSubtype.INTERRUPT).put("hold_queue", true));
    }

    CompletableFuture<Void> resumeQueue() {
        return sendOnly(request(ControlSubtype.ORIEL_RUN_QUEUE));
    }

    /// Takes a waiting prompt back.
    ///
    /// @return completes with whether it still waited
    CompletableFuture<Boolean> withdraw(String prompt) {
        return send(request(ControlSubtype.CANCEL_ASYNC_MESSAGE, prompt))
                .thenApply(response -> response.path("cancelled").asBoolean());
    }

    CompletableFuture<Void> reorder(List<String> prompts) {
        ObjectNode request = request(ControlSubtype.ORIEL_REORDER_QUEUE);
        ArrayNode order = request.putArray("message_uuids");
        prompts.forEach(order::add);
        return sendOnly(request);
    }

    CompletableFuture<Void> sendNow(String prompt) {
        return sendOnly(request(ControlSubtype.ORIEL_SEND_NOW, prompt));
    }

    CompletableFuture<Void> steer(String prompt) {
        return sendOnly(request(ControlSubtype.ORIEL_STEER, prompt));
    }

    /// Starts the agent if none runs, and asks it for its commands.
    CompletableFuture<List<AgentCommand>> commands() {
        return send(initialize()).thenApply(AgentCommand::listFromJson);
    }
}
