package dev.oriel.testing.client;

import dev.oriel.client.AgentInfo;
import dev.oriel.client.ConnectionTarget;
import dev.oriel.client.FeedListener;
import dev.oriel.client.FeedSubscription;
import dev.oriel.client.FoundMessages;
import dev.oriel.client.FrameLog;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptLines;
import dev.oriel.client.SearchHit;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionListener;
import dev.oriel.client.SessionSubscription;
import dev.oriel.client.link.RecordingFrameLog;
import dev.oriel.message.find.TextQuery;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A client that has connected and supports only taking it over and closing it.
public final class ConnectedRemote implements ServerClient {
    private final ConnectionTarget target;
    private volatile boolean closed;

    public ConnectedRemote(ConnectionTarget target) {
        this.target = target;
    }

    public boolean closed() {
        return closed;
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

    private static <T> CompletableFuture<T> unexpected() {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public CompletableFuture<SessionInfo> createSession(NewSessionRequest session) {
        return unexpected();
    }

    @Override
    public CompletableFuture<SessionInfo> renameSession(String id, String title) {
        return unexpected();
    }

    @Override
    public CompletableFuture<SessionInfo> pinSession(String id, boolean pinned) {
        return unexpected();
    }

    @Override
    public CompletableFuture<Void> deleteSession(String id) {
        return unexpected();
    }

    @Override
    public CompletableFuture<List<AgentInfo>> agents() {
        return unexpected();
    }

    @Override
    public CompletableFuture<List<SearchHit>> search(String words, int limit) {
        return unexpected();
    }

    @Override
    public CompletableFuture<FoundMessages> find(
            String id, TextQuery query, long before, long after) {
        return unexpected();
    }

    @Override
    public CompletableFuture<PromptLines> prompts(String id, long before) {
        return unexpected();
    }

    @Override
    public CompletableFuture<HistoryPage> messagesBefore(String id, long seq, int limit) {
        return unexpected();
    }

    @Override
    public CompletableFuture<HistoryPage> messagesAfter(String id, long seq, int limit) {
        return unexpected();
    }

    @Override
    public FeedSubscription subscribeFeed(FeedListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SessionSubscription subscribe(String id, long after, SessionListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkConnections() {
        // Nothing to check.
    }

    @Override
    public void close() {
        closed = true;
    }
}
