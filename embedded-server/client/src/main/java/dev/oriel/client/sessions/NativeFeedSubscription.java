package dev.oriel.client.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.FeedListener;
import dev.oriel.client.FeedSubscription;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.link.ReconnectingWebSocket;
import dev.oriel.message.FeedType;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The feed of the native wire. It needs no resume: every connection begins with all sessions.
final class NativeFeedSubscription implements FeedSubscription {
    private static final Logger LOG = LoggerFactory.getLogger(NativeFeedSubscription.class);

    private final ServerAddress server;
    private final FeedListener listener;
    private final LongConsumer onMaxMessage;
    private final ReconnectingWebSocket socket;

    /// @param onMaxMessage receives the size of the longest message that the server accepts, bytes
    /// @param sockets creates the connection for a handler
    NativeFeedSubscription(
            ServerAddress server,
            FeedListener listener,
            LongConsumer onMaxMessage,
            Function<ReconnectingWebSocket.Handler, ReconnectingWebSocket> sockets) {
        this.server = server;
        this.listener = listener;
        this.onMaxMessage = onMaxMessage;
        this.socket = sockets.apply(new Frames());
        this.socket.start();
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
            return server.webSocketUri("/v1/feed");
        }

        @Override
        public void onOpen(String credential) {
            // The server sends first.
        }

        @Override
        public @Nullable CompletionStage<?> onFrame(String json) {
            socket.markLive();
            try {
                dispatch(Json.parseObject(json.getBytes(StandardCharsets.UTF_8)));
            } catch (MalformedMessageException e) {
                LOG.warn("A frame of the feed is {}", e.getMessage());
            }
            return null;
        }

        private void dispatch(JsonNode frame) {
            switch (frame.path("type").asText()) {
                case FeedType.SESSIONS -> {
                    onMaxMessage.accept(frame.path("max_message_bytes").asLong());
                    List<SessionInfo> all = new ArrayList<>();
                    frame.path("sessions").forEach(s -> all.add(SessionInfo.fromJson(s)));
                    listener.onSessions(List.copyOf(all));
                }
                case FeedType.SESSION ->
                        listener.onSession(SessionInfo.fromJson(frame.path("session")));
                case FeedType.SESSION_GONE -> listener.onSessionRemoved(frame.path("id").asText());
                default -> LOG.debug("Ignored a frame of the feed: {}", frame.path("type"));
            }
        }

        @Override
        public void onStatus(ConnectionStatus status) {
            listener.onStatus(status);
        }
    }
}
