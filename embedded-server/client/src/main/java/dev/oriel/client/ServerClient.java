package dev.oriel.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.account.AccountRequests;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Message;
import dev.oriel.message.find.TextQuery;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A client of one server, of any kind. Any thread may call; nothing blocks. Futures complete on a
/// thread of the client, and fail with [ClientException]: with the code `unsupported` if the kind
/// cannot do it, see [#kind()].
///
/// Created by `dev.oriel.client.connect.ServerClients`; to be closed by its owner.
public interface ServerClient extends AutoCloseable {
    /// A prompt that was sent in some session.
    ///
    /// @param text all of it
    /// @param sessionId where it was sent
    record PastPrompt(String text, String sessionId) {}

    /// The server.
    ///
    /// @return its address
    ServerAddress address();

    /// The kind of the server, which tells what it can do.
    ///
    /// @return its kind
    ServerKind kind();

    /// The last frames that were sent and received.
    ///
    /// @return the log of this client
    FrameLog frameLog();

    /// Creates a session.
    ///
    /// @param session its options
    /// @return the session
    CompletableFuture<SessionInfo> createSession(NewSessionRequest session);

    /// Renames a session.
    ///
    /// @param id the session
    /// @param title its new title
    /// @return the session, renamed
    CompletableFuture<SessionInfo> renameSession(String id, String title);

    /// Pins a session, or undoes that.
    ///
    /// @param id the session
    /// @param pinned whether it is kept at the top of lists
    /// @return the session, changed
    CompletableFuture<SessionInfo> pinSession(String id, boolean pinned);

    /// Ends the agent of a session and deletes its messages for good.
    ///
    /// @param id the session
    /// @return completes when it is done
    CompletableFuture<Void> deleteSession(String id);

    /// The size of the longest message that the server accepts, in bytes: that of the JSON of a
    /// prompt with its attachments. It is known once the feed has begun.
    ///
    /// @return 0 if the server has not announced it
    default long maxMessageBytes() {
        return 0;
    }

    /// The agents of the server.
    ///
    /// @return empty if the kind has no choice of agents
    CompletableFuture<List<AgentInfo>> agents();

    /// The server's accounts of the Messages API.
    ///
    /// @return null if the kind has none
    default @Nullable AccountRequests accounts() {
        return null;
    }

    /// Searches the messages of all sessions.
    ///
    /// @param words separated by blanks
    /// @param limit 1 to 1,000
    /// @return best first
    CompletableFuture<List<SearchHit>> search(String words, int limit);

    /// Finds text in the messages of one session, from a position back to its start. Returns after
    /// a short time, with the position from which the search continues.
    ///
    /// @param id the session
    /// @param query what to find
    /// @param before exclusive; [Long#MAX_VALUE] to begin with the last message
    /// @param after exclusive; 0 to search back to the first message
    /// @return fails with the code `bad_request` if the query is not valid, and with `too_slow` if
    ///   a regular expression takes too long
    CompletableFuture<FoundMessages> find(String id, TextQuery query, long before, long after);

    /// Lists the prompts of one session, from a position back to its start. Returns after a short
    /// time, with the position from which the list continues.
    ///
    /// @param id the session
    /// @param before exclusive; [Long#MAX_VALUE] to begin with the last message
    /// @return the prompts that were found
    CompletableFuture<PromptLines> prompts(String id, long before);

    /// Finds what the messages before a position tell of Claude's checklist and of the tasks that
    /// run.
    ///
    /// @param id the session
    /// @param before exclusive
    /// @return fails if the server cannot tell
    default CompletableFuture<EarlierWork> findEarlierWork(String id, long before) {
        return CompletableFuture.failedFuture(
                new ClientException(
                        ErrorCode.UNSUPPORTED, "This server does not tell earlier work."));
    }

    /// The messages that tell of the checklist and the tasks.
    ///
    /// @param messages oldest first, each with its `seq`
    /// @param running the ids of the tasks that run now
    record EarlierWork(List<Message> messages, Set<String> running) {
        /// What is known if the server cannot tell.
        public static final EarlierWork NONE = new EarlierWork(List.of(), Set.of());

        /// Copies the collections.
        public EarlierWork {
            messages = List.copyOf(messages);
            running = Set.copyOf(running);
        }
    }

    /// Finds files and folders in the folder of a session.
    ///
    /// @param id the session
    /// @param query characters that a path contains in this order; empty for all
    /// @param limit 1 to 200
    /// @return best first
    default CompletableFuture<FileMatches> findFiles(String id, String query, int limit) {
        return CompletableFuture.failedFuture(cannotListFiles());
    }

    /// Finds files and folders in a folder of the server's computer.
    ///
    /// @param cwd its path; empty for the folder that new sessions have by default
    /// @param query as for [#findFiles]
    /// @param limit 1 to 200
    /// @return best first
    default CompletableFuture<FileMatches> findFilesIn(String cwd, String query, int limit) {
        return CompletableFuture.failedFuture(cannotListFiles());
    }

    /// Finds prompts that were sent in the sessions of a folder.
    ///
    /// @param id a session in the folder
    /// @param words what they contain, in whatever case; empty for all
    /// @param limit 1 to 200
    /// @return the last one first, each text once
    default CompletableFuture<List<PastPrompt>> findPrompts(String id, String words, int limit) {
        return CompletableFuture.failedFuture(keepsNoPrompts());
    }

    /// Finds prompts that were sent in the sessions of a folder.
    ///
    /// @param cwd its path on the server's computer; empty for the folder that new sessions have by
    ///   default
    /// @param words as for [#findPrompts]
    /// @param limit 1 to 200
    /// @return the last one first, each text once
    default CompletableFuture<List<PastPrompt>> findPromptsIn(String cwd, String words, int limit) {
        return CompletableFuture.failedFuture(keepsNoPrompts());
    }

    /// Finds prompts that were sent in all sessions.
    ///
    /// @param words as for [#findPrompts]
    /// @param limit 1 to 200
    /// @return the last one first, each text once
    default CompletableFuture<List<PastPrompt>> findAllPrompts(String words, int limit) {
        return CompletableFuture.failedFuture(keepsNoPrompts());
    }

    private static ClientException keepsNoPrompts() {
        return new ClientException(
                ErrorCode.UNSUPPORTED, "This server keeps no list of your messages.");
    }

    private static ClientException cannotListFiles() {
        return new ClientException(ErrorCode.UNSUPPORTED, "This server cannot list files.");
    }

    /// Creates a session that continues another one from before a prompt. The other one stays as it
    /// is.
    ///
    /// @param id the other session
    /// @param before `seq` of the prompt
    /// @return the new session; fails with `bad_request` if its agent cannot return to that point
    default CompletableFuture<SessionInfo> forkSession(String id, long before) {
        return CompletableFuture.failedFuture(cannotReturn());
    }

    /// Removes a prompt and all that came after it from the conversation of a session.
    ///
    /// @param id the session
    /// @param before `seq` of the prompt
    /// @return the session; fails with `bad_request` if its agent cannot return to that point, and
    ///   with `busy` while a turn runs
    default CompletableFuture<SessionInfo> rewindSession(String id, long before) {
        return CompletableFuture.failedFuture(cannotReturn());
    }

    private static ClientException cannotReturn() {
        return new ClientException(
                ErrorCode.UNSUPPORTED, "This server cannot return to an earlier prompt.");
    }

    /// The last messages before a position.
    ///
    /// @param id the session
    /// @param seq exclusive; [Long#MAX_VALUE] for the last messages of all
    /// @param limit 1 to 1,000
    /// @return up to `limit` messages, oldest first
    CompletableFuture<HistoryPage> messagesBefore(String id, long seq, int limit);

    /// The first messages after a position.
    ///
    /// @param id the session
    /// @param seq exclusive
    /// @param limit 1 to 1,000
    /// @return up to `limit` messages, oldest first
    CompletableFuture<HistoryPage> messagesAfter(String id, long seq, int limit);

    /// What all sessions of the server have cost since a moment, as the agents report it. Other
    /// kinds than [ServerKind#NATIVE] cannot tell.
    ///
    /// @param from exact to a quarter of an hour
    /// @return US dollars
    default CompletableFuture<Double> costSince(Instant from) {
        return CompletableFuture.failedFuture(
                new ClientException(
                        ErrorCode.UNSUPPORTED, "This server does not sum up what sessions cost."));
    }

    /// Adds an MCP server to the configuration of a session's agent, on the server's computer.
    /// Other kinds than [ServerKind#NATIVE] cannot.
    ///
    /// @param id the session
    /// @param server `{"scope", "name", "server"}`, see `PROTOCOL.md`; not logged
    /// @return completes when it was added
    default CompletableFuture<Void> addMcpServer(String id, ObjectNode server) {
        return CompletableFuture.failedFuture(
                new ClientException(
                        ErrorCode.UNSUPPORTED, "MCP servers cannot be added on this server."));
    }

    /// Subscribes to the list of sessions.
    ///
    /// @param listener receives the list and its changes
    /// @return ends the subscription when it is closed
    FeedSubscription subscribeFeed(FeedListener listener);

    /// Subscribes to a session.
    ///
    /// @param id the session
    /// @param after the last `seq` that is known already; 0 for all messages
    /// @param listener receives the messages after that, and all later ones
    /// @return ends the subscription when it is closed
    SessionSubscription subscribe(String id, long after, SessionListener listener);

    /// Checks the connections: one that stands must answer a ping within five seconds, one that
    /// waits for an attempt without limit connects at once. For moments at which that is likely to
    /// help, such as the window getting the focus.
    void checkConnections();

    /// Closes all connections. Returns at once.
    @Override
    void close();
}
