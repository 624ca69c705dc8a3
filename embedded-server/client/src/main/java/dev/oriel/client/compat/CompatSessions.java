package dev.oriel.client.compat;

import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.FeedListener;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.compat.protocol.ProtocolAdapter;
import dev.oriel.message.Message;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The sessions of a client, and the listeners of each and of their list. Confined to the client's
/// lane.
final class CompatSessions {
    /// The status of a subscription to a session that is not there.
    static final ConnectionStatus UNKNOWN =
            new ConnectionStatus.Offline(
                    "The server does not know this session any more.",
                    ConnectionStatus.Reason.NOT_FOUND);

    private final String onlySessionId;
    private final Clock clock;

    /// By id.
    private final Map<String, CompatSession> sessions = new LinkedHashMap<>();

    /// By session id; without empty lists.
    private final Map<String, List<SessionSubscriber>> subscribers = new LinkedHashMap<>();

    private final List<FeedListener> feeds = new ArrayList<>();

    CompatSessions(ServerKind kind, ServerAddress server, Clock clock) {
        this.onlySessionId = onlySessionId(kind, server);
        this.clock = clock;
    }

    /// The id of [ProtocolAdapter#ONLY_SESSION]. It is the same from one start of a program to the
    /// next, so that drafts find their session.
    private static String onlySessionId(ServerKind kind, ServerAddress server) {
        byte[] name = (kind + " " + server).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(name).toString();
    }

    @Nullable CompatSession find(String id) {
        return sessions.get(id);
    }

    @Nullable CompatSession findByServerName(String serverName) {
        return sessions.get(id(serverName));
    }

    /// All sessions, oldest first; a copy.
    List<CompatSession> all() {
        return List.copyOf(sessions.values());
    }

    /// The session of this name, which is added if it is new.
    CompatSession findOrAdd(String serverName) {
        return sessions.computeIfAbsent(
                id(serverName), id -> new CompatSession(id, serverName, clock.instant()));
    }

    private String id(String serverName) {
        return serverName.equals(ProtocolAdapter.ONLY_SESSION) ? onlySessionId : serverName;
    }

    /// Removes a session, and reports it to the feeds and to its subscribers.
    ///
    /// @return null if it is not there
    @Nullable CompatSession remove(String serverName) {
        CompatSession removed = sessions.remove(id(serverName));
        if (removed != null) {
            List<SessionSubscriber> left =
                    Objects.requireNonNullElse(subscribers.remove(removed.id()), List.of());
            feeds.forEach(f -> f.onSessionRemoved(removed.id()));
            left.forEach(s -> s.onStatus(UNKNOWN));
        }
        return removed;
    }

    void addFeed(FeedListener feed) {
        feeds.add(feed);
    }

    void removeFeed(FeedListener feed) {
        feeds.remove(feed);
    }

    /// Reports all sessions to one feed.
    void sendAllTo(FeedListener feed) {
        List<SessionInfo> all = new ArrayList<>();
        sessions.values().forEach(s -> all.add(s.info()));
        feed.onSessions(List.copyOf(all));
    }

    /// Reports all sessions to all feeds.
    void sendAll() {
        feeds.forEach(this::sendAllTo);
    }

    void addSubscriber(String id, SessionSubscriber subscriber) {
        subscribers.computeIfAbsent(id, _ -> new ArrayList<>()).add(subscriber);
    }

    void removeSubscriber(String id, SessionSubscriber subscriber) {
        List<SessionSubscriber> all = subscribers.get(id);
        if (all != null && all.remove(subscriber) && all.isEmpty()) {
            subscribers.remove(id);
        }
    }

    private List<SessionSubscriber> allSubscribers() {
        return subscribers.values().stream().flatMap(Collection::stream).toList();
    }

    /// Reports the status of the connection to all listeners.
    void publishStatus(ConnectionStatus status) {
        feeds.forEach(f -> f.onStatus(status));
        allSubscribers().forEach(s -> s.onStatus(status));
    }

    /// Passes a message to the subscribers of a session.
    void publish(CompatSession session, Message message) {
        List.copyOf(subscribers.getOrDefault(session.id(), List.of()))
                .forEach(s -> s.onMessage(message));
    }

    /// Passes a message to the subscribers of all sessions.
    void publishToAll(Message message) {
        allSubscribers().forEach(s -> s.onMessage(message));
    }

    /// Reports the state of a session to its subscribers and to the feeds.
    void publishState(CompatSession session) {
        publish(session, session.stateMessage());
        feeds.forEach(f -> f.onSession(session.info()));
    }

    /// Completes when all subscribers can receive more; null if they can already.
    @Nullable CompletionStage<?> ready() {
        CompletableFuture<?>[] busy =
                allSubscribers().stream()
                        .map(s -> s.ready().toCompletableFuture())
                        .filter(ready -> !ready.isDone())
                        .toArray(CompletableFuture<?>[]::new);
        return busy.length == 0 ? null : CompletableFuture.allOf(busy);
    }
}
