package dev.oriel.testing;

import dev.oriel.client.AgentInfo;
import dev.oriel.client.FeedLink;
import dev.oriel.client.FeedListener;
import dev.oriel.client.FrameLog;
import dev.oriel.client.Kind;
import dev.oriel.client.NewSession;
import dev.oriel.client.Page;
import dev.oriel.client.Remote;
import dev.oriel.client.SearchHit;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionLink;
import dev.oriel.client.SessionListener;
import dev.oriel.client.Target;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A client whose server has answered, and from which nothing more is expected than to be taken
/// over or closed.
public final class AnsweredRemote implements Remote {
    private final Target target;
    private volatile boolean closed;

    public AnsweredRemote(Target target) {
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
    public Kind kind() {
        return target.kind();
    }

    @Override
    public FrameLog frames() {
        return new FrameLog(Clock.systemUTC());
    }

    private static <T> CompletableFuture<T> unexpected() {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public CompletableFuture<SessionInfo> create(NewSession session) {
        return unexpected();
    }

    @Override
    public CompletableFuture<SessionInfo> rename(String id, String title) {
        return unexpected();
    }

    @Override
    public CompletableFuture<SessionInfo> pin(String id, boolean pinned) {
        return unexpected();
    }

    @Override
    public CompletableFuture<Void> delete(String id) {
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
    public CompletableFuture<Page> before(String id, long seq, int limit) {
        return unexpected();
    }

    @Override
    public CompletableFuture<Page> after(String id, long seq, int limit) {
        return unexpected();
    }

    @Override
    public FeedLink feed(FeedListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SessionLink open(String id, long after, SessionListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkNow() {
        // There is nothing to check.
    }

    @Override
    public void close() {
        closed = true;
    }
}
