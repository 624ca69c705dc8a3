package dev.oriel.testing.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.AgentInfo;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.ConnectionTarget;
import dev.oriel.client.FeedListener;
import dev.oriel.client.FeedSubscription;
import dev.oriel.client.FoundMessages;
import dev.oriel.client.FrameLog;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.InvalidAddressException;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptLines;
import dev.oriel.client.SearchHit;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionInfo.Activity;
import dev.oriel.client.SessionListener;
import dev.oriel.client.SessionSubscription;
import dev.oriel.client.link.RecordingFrameLog;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.find.TextQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A client without a network. It records its calls; the test sends the server's messages through
/// the listeners. Replies are completed immediately unless the test replaces their future.
public final class FakeServerClient implements ServerClient {
    private final ConnectionTarget target;
    private final List<String> calls = new ArrayList<>();
    private final List<JsonNode> replies = new ArrayList<>();
    private final List<Subscribed> subscriptions = new ArrayList<>();
    private @Nullable FeedListener feed;
    private CompletableFuture<HistoryPage> latest =
            CompletableFuture.completedFuture(new HistoryPage(List.of(), false));
    private @Nullable CompletableFuture<ObjectNode> controlReply;
    private @Nullable Exception failure;

    public FakeServerClient() {
        this(ServerKind.NATIVE);
    }

    public FakeServerClient(ServerKind kind) {
        try {
            target = new ConnectionTarget(kind, ServerAddress.parse("http://127.0.0.1:6743"));
        } catch (InvalidAddressException e) {
            throw new AssertionError(e);
        }
    }

    /// One subscription to a session.
    public final class Subscribed implements SessionSubscription {
        private final String id;
        private final long after;
        private final SessionListener listener;

        private Subscribed(String id, long after, SessionListener listener) {
            this.id = id;
            this.after = after;
            this.listener = listener;
        }

        public long after() {
            return after;
        }

        /// Receives what the server sends.
        public SessionListener listener() {
            return listener;
        }

        @Override
        public String sessionId() {
            return id;
        }

        @Override
        public void sendPending() {
            calls.add("send pending of " + id);
        }

        @Override
        public CompletableFuture<ObjectNode> sendControl(ObjectNode request) {
            calls.add("control " + id + " " + request.path("subtype").asText());
            CompletableFuture<ObjectNode> reply = controlReply;
            return reply == null ? result(Json.object().put("cancelled", true)) : reply;
        }

        @Override
        public boolean reply(Message response) {
            calls.add("reply to " + response.requestId());
            replies.add(response.tree().path("response").path("response"));
            return true;
        }

        @Override
        public void reconnect() {
            calls.add("reconnect " + id);
        }

        @Override
        public void close() {
            calls.add("close " + id);
        }
    }

    /// The calls that change something, in order.
    public List<String> calls() {
        return calls;
    }

    /// The replies to asks: the inner response of each.
    public List<JsonNode> replies() {
        return replies;
    }

    /// The subscriptions to sessions, including closed ones.
    public List<Subscribed> subscriptions() {
        return subscriptions;
    }

    /// The listener of the feed; throws if there is no subscription yet.
    public FeedListener feed() {
        if (feed == null) {
            throw new IllegalStateException("nobody has subscribed to the feed");
        }
        return feed;
    }

    /// Replaces the reply to requests for a page of messages.
    public void setLatest(CompletableFuture<HistoryPage> page) {
        latest = page;
    }

    /// Replaces the reply to control requests.
    public void setControlReply(CompletableFuture<ObjectNode> reply) {
        controlReply = reply;
    }

    /// Lets all further requests fail.
    ///
    /// @param cause null to let them succeed again
    public void setFailure(@Nullable Exception cause) {
        failure = cause;
    }

    private <T> CompletableFuture<T> result(T value) {
        return failure == null
                ? CompletableFuture.completedFuture(value)
                : CompletableFuture.failedFuture(failure);
    }

    /// Creates session data with an id, a title and a state.
    public static SessionInfo session(String id, String title, Activity activity) {
        return new SessionInfo(
                id,
                title,
                "/proj",
                "cli",
                activity,
                null,
                null,
                false,
                false,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                0,
                0,
                null);
    }

    public static SessionInfo session(String id) {
        return session(id, "Title of " + id, Activity.IDLE);
    }

    @Override
    public ServerAddress address() {
        return target.address();
    }

    @Override
    public ServerKind kind() {
        return target.kind();
    }

    @Override
    public FrameLog frameLog() {
        return new RecordingFrameLog(Clock.systemUTC());
    }

    @Override
    public CompletableFuture<SessionInfo> createSession(NewSessionRequest request) {
        calls.add("create in " + request.cwd());
        return result(session("created"));
    }

    @Override
    public CompletableFuture<SessionInfo> renameSession(String id, String title) {
        calls.add("rename " + id + " to " + title);
        return result(session(id, title, Activity.IDLE));
    }

    @Override
    public CompletableFuture<SessionInfo> pinSession(String id, boolean pinned) {
        calls.add((pinned ? "pin " : "unpin ") + id);
        return result(session(id));
    }

    @Override
    public CompletableFuture<SessionInfo> forkSession(String id, long before) {
        calls.add("fork " + id + " before " + before);
        return result(session("fork of " + id));
    }

    @Override
    public CompletableFuture<SessionInfo> rewindSession(String id, long before) {
        calls.add("rewind " + id + " before " + before);
        return result(session(id));
    }

    @Override
    public CompletableFuture<Void> deleteSession(String id) {
        calls.add("delete " + id);
        return result(0).thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<List<AgentInfo>> agents() {
        return result(
                List.of(
                        new AgentInfo(
                                "cli",
                                AgentInfo.Status.READY,
                                true,
                                false,
                                null,
                                null,
                                null,
                                null)));
    }

    @Override
    public CompletableFuture<List<SearchHit>> search(String words, int limit) {
        calls.add("search " + words);
        return result(List.of());
    }

    @Override
    public CompletableFuture<FoundMessages> find(
            String id, TextQuery query, long before, long after) {
        calls.add("find " + query.text() + " in " + id);
        return result(new FoundMessages(List.of(), 0));
    }

    @Override
    public CompletableFuture<PromptLines> prompts(String id, long before) {
        calls.add("prompts of " + id);
        return result(new PromptLines(List.of(), 0));
    }

    @Override
    public CompletableFuture<HistoryPage> messagesBefore(String id, long seq, int limit) {
        return latest;
    }

    @Override
    public CompletableFuture<HistoryPage> messagesAfter(String id, long seq, int limit) {
        return latest;
    }

    @Override
    public FeedSubscription subscribeFeed(FeedListener listener) {
        feed = listener;
        listener.onStatus(new ConnectionStatus.Connecting());
        return new FeedSubscription() {
            @Override
            public void reconnect() {
                calls.add("reconnect feed");
            }

            @Override
            public void close() {
                calls.add("close feed");
            }
        };
    }

    @Override
    public SessionSubscription subscribe(String id, long after, SessionListener listener) {
        Subscribed subscription = new Subscribed(id, after, listener);
        subscriptions.add(subscription);
        return subscription;
    }

    @Override
    public void checkConnections() {
        calls.add("check");
    }

    @Override
    public void close() {
        calls.add("close client");
    }
}
