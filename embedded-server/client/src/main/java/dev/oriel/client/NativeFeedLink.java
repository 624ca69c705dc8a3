package dev.oriel.client;

import com.fasterxml.jackson.databind.JsonNode;
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
final class NativeFeedLink implements FeedLink, Link.Peer {
    private static final Logger LOG = LoggerFactory.getLogger(NativeFeedLink.class);

    private final ServerAddress server;
    private final FeedListener listener;
    private final Link link;

    NativeFeedLink(ServerAddress server, FeedListener listener, Function<Link.Peer, Link> links) {
        this.server = server;
        this.listener = listener;
        this.link = links.apply(this);
    }

    void start() {
        link.start();
    }

    @Override
    public URI address(String credential) {
        return server.webSocket("/v1/feed");
    }

    @Override
    public void opened(String credential) {
        // The server speaks first.
    }

    @Override
    public void frame(String json) {
        link.admitted();
        JsonNode frame;
        try {
            frame = Json.readObject(json.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedMessageException e) {
            LOG.warn("A frame of the feed is {}", e.getMessage());
            return;
        }
        switch (frame.path("type").asText()) {
            case "sessions" -> {
                List<SessionInfo> all = new ArrayList<>();
                frame.path("sessions").forEach(s -> all.add(SessionInfo.of(s)));
                listener.sessions(List.copyOf(all));
            }
            case "session" -> listener.session(SessionInfo.of(frame.path("session")));
            case "session_gone" -> listener.gone(frame.path("id").asText());
            default -> LOG.debug("The feed says {}", frame.path("type"));
        }
    }

    @Override
    public void state(LinkState state) {
        listener.link(state);
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
