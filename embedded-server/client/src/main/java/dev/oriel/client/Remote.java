package dev.oriel.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What the window needs of a server, whatever dialect it speaks. Any thread may call; nothing
/// blocks; futures complete on a thread of the client and fail with [RemoteException].
public interface Remote extends AutoCloseable {
    ServerAddress address();

    /// What kind of server it is, and with that what it can do.
    Kind kind();

    /// What is really said, for whoever wants to see it.
    FrameLog frames();

    CompletableFuture<SessionInfo> create(NewSession session);

    CompletableFuture<SessionInfo> rename(String id, String title);

    CompletableFuture<SessionInfo> pin(String id, boolean pinned);

    /// Ends its agent and deletes what was said, for good.
    CompletableFuture<Void> delete(String id);

    CompletableFuture<List<AgentInfo>> agents();

    /// @param limit 1 to 1,000
    CompletableFuture<List<SearchHit>> search(String words, int limit);

    /// The messages right before a position.
    ///
    /// @param seq [Long#MAX_VALUE] for the last ones of all
    /// @param limit 1 to 1,000
    CompletableFuture<Page> before(String id, long seq, int limit);

    /// The messages right after a position.
    ///
    /// @param limit 1 to 1,000
    CompletableFuture<Page> after(String id, long seq, int limit);

    FeedLink feed(FeedListener listener);

    /// @param after the last `seq` that is known already, 0 for the whole conversation
    SessionLink open(String id, long after, SessionListener listener);

    /// Checks the connections: one that stands must answer a ping, one that waits for its next
    /// attempt makes it at once. For moments at which that is likely to help, such as the window
    /// getting the focus.
    void checkNow();

    /// Ends every connection. Returns at once.
    @Override
    void close();
}
