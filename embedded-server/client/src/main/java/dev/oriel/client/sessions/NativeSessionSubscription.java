package dev.oriel.client.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.SessionListener;
import dev.oriel.client.SessionSubscription;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.client.link.ReconnectingWebSocket;
import dev.oriel.client.sessions.ResumePosition.Step;
import dev.oriel.message.CloseCode;
import dev.oriel.message.ControlMessages;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A subscription over the native wire: resumes after the last `seq` that it passed on, passes none
/// on twice, and removes prompts from the outbox when the server has confirmed them.
final class NativeSessionSubscription implements SessionSubscription {
    private static final Logger LOG = LoggerFactory.getLogger(NativeSessionSubscription.class);
    private static final long CONTROL_TIMEOUT_SECONDS = 60;

    private final String id;
    private final ServerAddress server;
    private final PromptOutbox outbox;
    private final SessionListener listener;
    private final ReconnectingWebSocket socket;

    /// Control requests without a response, by their id. Any thread adds and removes.
    private final Map<String, CompletableFuture<ObjectNode>> requests = new ConcurrentHashMap<>();

    /// Whether frames can be sent. Written on the lane, read by any thread.
    private volatile boolean live;

    /// Confined to the lane.
    private ResumePosition position;

    /// The `seq` after which messages were missing last; -1 for none. Confined to the lane.
    private long gapAfter = -1;

    /// @param after the last `seq` that is known already
    /// @param sockets creates the connection for a handler
    NativeSessionSubscription(
            String id,
            long after,
            ServerAddress server,
            PromptOutbox outbox,
            SessionListener listener,
            Function<ReconnectingWebSocket.Handler, ReconnectingWebSocket> sockets) {
        this.id = id;
        this.position = new ResumePosition(after, null);
        this.server = server;
        this.outbox = outbox;
        this.listener = listener;
        this.socket = sockets.apply(new Frames());
        this.socket.start();
    }

    @Override
    public String sessionId() {
        return id;
    }

    @Override
    public void sendPending() {
        for (Message prompt : outbox.pending(id)) {
            socket.send(prompt.toString());
        }
    }

    @Override
    public CompletableFuture<ObjectNode> sendControl(ObjectNode request) {
        CompletableFuture<ObjectNode> response = new CompletableFuture<>();
        String requestId = UUID.randomUUID().toString();
        requests.put(requestId, response);
        if (!live) {
            requests.remove(requestId);
            response.completeExceptionally(linkLost());
            return response;
        }
        socket.send(ControlMessages.request(requestId, request).toString());
        return response.orTimeout(CONTROL_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .whenComplete((_, _) -> requests.remove(requestId));
    }

    private static ClientException linkLost() {
        return new ClientException(ErrorCode.LINK_LOST, "There is no connection to the server.");
    }

    @Override
    public boolean reply(Message response) {
        if (!live) {
            return false;
        }
        socket.send(response.toString());
        return true;
    }

    @Override
    public void reconnect() {
        socket.reconnect();
    }

    @Override
    public void close() {
        socket.close();
    }

    /// Processes the frames, on the lane.
    private final class Frames implements ReconnectingWebSocket.Handler {
        @Override
        public URI address(String credential) {
            return server.webSocketUri("/v1/sessions/ws/" + id + "/subscribe?" + position.query());
        }

        @Override
        public void onOpen(String credential) {
            sendPending();
        }

        @Override
        public @Nullable CompletionStage<?> onFrame(String json) {
            socket.markLive();
            Message message;
            try {
                message = Message.parse(json.strip().getBytes(StandardCharsets.UTF_8));
            } catch (MalformedMessageException e) {
                // As the clients of hosted sessions do: such a frame is dropped.
                LOG.warn("Session {}: a frame of the server is {}", id, e.getMessage());
                return null;
            }
            switch (position.on(message)) {
                case Step.Deliver(ResumePosition next) -> {
                    position = next;
                    return deliver(message);
                }
                case Step.Skip _ -> {
                    // Passed on before.
                }
                case Step.Gap _ -> onGap();
                case Step.JournalReplaced _ -> {
                    LOG.warn("Session {}: the server's journal was replaced", id);
                    startOver();
                    socket.replaceConnection();
                }
            }
            return null;
        }

        /// Subscribes again: at once, but after a delay if that did not help.
        private void onGap() {
            LOG.warn(
                    "Session {}: messages after {} are missing; subscribing again",
                    id,
                    position.lastSeq());
            if (gapAfter == position.lastSeq()) {
                socket.markLost("The server does not send all messages.");
            } else {
                gapAfter = position.lastSeq();
                socket.reconnect();
            }
        }

        private CompletionStage<?> deliver(Message message) {
            ConfirmedPrompts.in(message).forEach(outbox::remove);
            if (!message.is(MessageType.CONTROL_RESPONSE) || !completeRequest(message)) {
                listener.onMessage(message);
            }
            return listener.ready();
        }

        /// @return false if nothing waits for this response here
        private boolean completeRequest(Message message) {
            CompletableFuture<ObjectNode> waiting =
                    message.requestId() == null ? null : requests.remove(message.requestId());
            if (waiting == null) {
                return false;
            }
            JsonNode response = message.tree().path("response");
            if (ControlSubtype.ERROR.equals(message.subtype())) {
                waiting.completeExceptionally(
                        new ClientException(
                                response.path("error_code").asText(ErrorCode.REFUSED),
                                response.path("error").asText("The server refused the request.")));
            } else {
                waiting.complete(
                        response.path("response") instanceof ObjectNode inner
                                ? inner
                                : Json.object());
            }
            return true;
        }

        private void startOver() {
            position = ResumePosition.START;
            listener.onJournalReplaced();
        }

        @Override
        public DisconnectReason onDisconnect(DisconnectReason usual, int code, String reason) {
            if (code == CloseCode.OTHER_JOURNAL) {
                startOver();
            }
            return usual;
        }

        @Override
        public void onStatus(ConnectionStatus status) {
            live = status instanceof ConnectionStatus.Live;
            if (!live) {
                requests.values().forEach(r -> r.completeExceptionally(linkLost()));
                requests.clear();
            }
            listener.onStatus(status);
        }
    }
}
