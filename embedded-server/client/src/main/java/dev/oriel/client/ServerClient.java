package dev.oriel.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What the window needs of a server, whatever dialect it speaks. Any thread may call; nothing
/// blocks; futures complete on a thread of the client and fail with [ClientException].
public interface ServerClient extends AutoCloseable {
    ServerAddress address();

    /// What kind of server it is, and with that what it can do.
    ServerKind kind();

    /// What is really said, for whoever wants to see it.
    FrameLog frameLog();

    CompletableFuture<SessionInfo> createSession(NewSessionRequest session);

    CompletableFuture<SessionInfo> renameSession(String id, String title);

    CompletableFuture<SessionInfo> pinSession(String id, boolean pinned);

    /// Ends its agent and deletes what was said, for good.
    CompletableFuture<Void> deleteSession(String id);

    CompletableFuture<List<AgentInfo>> agents();

    /// @param limit 1 to 1,000
    CompletableFuture<List<SearchHit>> search(String words, int limit);

    /// The messages right before a position.
    ///
    /// @param seq [Long#MAX_VALUE] for the last ones of all
    /// @param limit 1 to 1,000
    CompletableFuture<HistoryPage> messagesBefore(String id, long seq, int limit);

    /// The messages right after a position.
    ///
    /// @param limit 1 to 1,000
    CompletableFuture<HistoryPage> messagesAfter(String id, long seq, int limit);

    FeedSubscription subscribeFeed(FeedListener listener);

    /// @param after the last `seq` that is known already, 0 for the whole conversation
    SessionSubscription subscribe(String id, long after, SessionListener listener);

    /// Checks the connections: one that stands must answer a ping, one that waits for its next
    /// attempt makes it at once. For moments at which that is likely to help, such as the window
    /// getting the focus.
    void checkConnections();

    /// Ends every connection. Returns at once.
    @Override
    void close();
}
