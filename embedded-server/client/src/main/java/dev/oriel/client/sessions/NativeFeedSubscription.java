package dev.oriel.client.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.FeedListener;
import dev.oriel.client.FeedSubscription;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.link.ReconnectingWebSocket;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The native feed. It needs no resume: every connection begins with all sessions.
final class NativeFeedSubscription implements FeedSubscription, ReconnectingWebSocket.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(NativeFeedSubscription.class);

    private final ServerAddress server;
    private final FeedListener listener;
    private final ReconnectingWebSocket link;

    NativeFeedSubscription(
            ServerAddress server,
            FeedListener listener,
            Function<ReconnectingWebSocket.Handler, ReconnectingWebSocket> links) {
        this.server = server;
        this.listener = listener;
        this.link = links.apply(this);
    }

    void start() {
        link.start();
    }

    @Override
    public URI address(String credential) {
        return server.webSocketUri("/v1/feed");
    }

    @Override
    public void onOpen(String credential) {
        // The server speaks first.
    }

    @Override
    public void onFrame(String json) {
        link.markLive();
        JsonNode frame;
        try {
            frame = Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedMessageException e) {
            LOG.warn("A frame of the feed is {}", e.getMessage());
            return;
        }
        switch (frame.path("type").asText()) {
            case "sessions" -> {
                List<SessionInfo> all = new ArrayList<>();
                frame.path("sessions").forEach(s -> all.add(SessionInfo.fromJson(s)));
                listener.onSessions(List.copyOf(all));
            }
            case "session" -> listener.onSession(SessionInfo.fromJson(frame.path("session")));
            case "session_gone" -> listener.onSessionRemoved(frame.path("id").asText());
            default -> LOG.debug("The feed says {}", frame.path("type"));
        }
    }

    @Override
    public void onStatus(ConnectionStatus state) {
        listener.onStatus(state);
    }

    @Override
    public void reconnect() {
        link.reconnect();
    }

    @Override
    public void close() {
        link.close();
    }
}
