package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.Capability;
import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.FeedListener;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.compat.protocol.ProtocolAdapter;
import dev.oriel.client.compat.protocol.ProtocolEvent;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What a user of the client can ask of a server of another kind: subscriptions, sessions, and
/// control requests. What a kind cannot do fails with [ErrorCode#UNSUPPORTED].
///
/// Confined to the client's lane.
final class CompatCommands {
    private final ServerKind kind;
    private final boolean modeCanChange;
    private final CompatConnection<?> connection;
    private final CompatSessions sessions;
    private final CompatRequests requests;
    private final PromptSender prompts;

    /// @param modeCanChange whether the permission mode of an existing session can be changed
    CompatCommands(ServerKind kind, boolean modeCanChange, CompatConnection<?> connection) {
        this.kind = kind;
        this.modeCanChange = modeCanChange;
        this.connection = connection;
        this.sessions = connection.sessions();
        this.requests = connection.requests();
        this.prompts = connection.prompts();
    }

    void subscribeFeed(FeedListener listener) {
        sessions.addFeed(listener);
        connection.socket().start();
        listener.onStatus(connection.status());
        if (connection.status() instanceof ConnectionStatus.Live) {
            sessions.sendAllTo(listener);
        }
    }

    void unsubscribeFeed(FeedListener listener) {
        sessions.removeFeed(listener);
    }

    void subscribe(String id, SessionSubscriber subscriber) {
        connection.socket().start();
        CompatSession session = sessions.find(id);
        if (session == null) {
            subscriber.onStatus(CompatSessions.UNKNOWN);
            return;
        }
        sessions.addSubscriber(id, subscriber);
        subscriber.onStatus(connection.status());
        subscriber.catchUp(session);
        prompts.sendNext(session);
    }

    void unsubscribe(String id, SessionSubscriber subscriber) {
        sessions.removeSubscriber(id, subscriber);
    }

    CompletableFuture<SessionInfo> createSession(NewSessionRequest options) {
        if (!kind.supports(Capability.SESSIONS)) {
            CompatSession only = sessions.findOrAdd(ProtocolAdapter.ONLY_SESSION);
            only.choose(options);
            connection.on(
                    new ProtocolEvent.SessionRequested(ProtocolAdapter.ONLY_SESSION, options));
            sessions.publishState(only);
            return CompletableFuture.completedFuture(only.info());
        }
        if (!connection.isAccepted()) {
            return CompletableFuture.failedFuture(CompatRequests.linkLost());
        }
        String id = UUID.randomUUID().toString();
        CompletableFuture<SessionInfo> created = requests.addCreation(id);
        connection.on(new ProtocolEvent.SessionRequested(id, options));
        return created;
    }

    /// Completes at once if there is no such session.
    CompletableFuture<Void> deleteSession(String id) {
        CompatSession session = sessions.find(id);
        if (session == null) {
            return CompletableFuture.completedFuture(null);
        }
        if (kind.supports(Capability.SESSIONS) && !connection.isAccepted()) {
            return CompletableFuture.failedFuture(CompatRequests.linkLost());
        }
        CompletableFuture<Void> deleted = requests.addDeletion(session.serverName());
        connection.on(new ProtocolEvent.SessionEndRequested(session.serverName()));
        return deleted;
    }

    /// Sends the next prompt of a session, also if its queue was held. Does nothing if there is no
    /// such session.
    void sendPending(String id) {
        CompatSession session = sessions.find(id);
        if (session != null) {
            prompts.release(session);
        }
    }

    /// Performs a control request.
    ///
    /// @param request the inner object, `{"subtype": …}`
    CompletableFuture<ObjectNode> control(String id, ObjectNode request) {
        CompatSession session = sessions.find(id);
        if (session == null || !connection.isAccepted()) {
            return CompletableFuture.failedFuture(CompatRequests.linkLost());
        }
        return switch (request.path("subtype").asText()) {
            case ControlSubtype.INTERRUPT ->
                    interrupt(session, request.path("hold_queue").asBoolean());
            case ControlSubtype.CANCEL_ASYNC_MESSAGE ->
                    // A prompt that waits is still in the outbox, where the caller has looked.
                    CompletableFuture.completedFuture(Json.object().put("cancelled", false));
            case ControlSubtype.ORIEL_RUN_QUEUE -> {
                prompts.release(session);
                yield CompletableFuture.completedFuture(Json.object());
            }
            case ControlSubtype.SET_PERMISSION_MODE ->
                    modeCanChange
                            ? choose(session, request.path("mode").textValue(), null)
                            : unsupported("The permission mode cannot be changed on this server.");
            case ControlSubtype.SET_MODEL ->
                    kind.supports(Capability.MODEL)
                            ? choose(session, null, request.path("model").textValue())
                            : unsupported("The model cannot be chosen on this server.");
            default -> unsupported("This server cannot do that.");
        };
    }

    private static <T> CompletableFuture<T> unsupported(String sentence) {
        return CompletableFuture.failedFuture(new ClientException(ErrorCode.UNSUPPORTED, sentence));
    }

    /// @param holdQueue whether pending prompts are not sent until the user says so
    private CompletableFuture<ObjectNode> interrupt(CompatSession session, boolean holdQueue) {
        if (!kind.supports(Capability.INTERRUPT)) {
            return unsupported("This server cannot stop an answer.");
        }
        prompts.setHeld(session, holdQueue);
        CompletableFuture<ObjectNode> confirmed = requests.addInterrupt(session.serverName());
        session.interruptTurn();
        sessions.publishState(session);
        connection.on(new ProtocolEvent.InterruptRequested(session.serverName()));
        return confirmed;
    }

    private CompletableFuture<ObjectNode> choose(
            CompatSession session, @Nullable String mode, @Nullable String model) {
        session.choose(new NewSessionRequest(null, null, model, mode));
        connection.on(new ProtocolEvent.OptionsChosen(mode, model));
        sessions.publishState(session);
        return CompletableFuture.completedFuture(Json.object());
    }

    /// Resolves an ask, if it is still pending.
    ///
    /// @param response a whole `control_response`
    void resolveAsk(String id, Message response) {
        CompatSession session = sessions.find(id);
        String requestId = String.valueOf(response.requestId());
        if (session != null && session.removeAsk(requestId)) {
            connection.on(
                    new ProtocolEvent.AskResolved(
                            session.serverName(),
                            requestId,
                            response.tree().path("response").path("response")));
            sessions.publishState(session);
        }
    }
}
