package dev.oriel.client.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.AgentInfo;
import dev.oriel.client.FeedListener;
import dev.oriel.client.FeedSubscription;
import dev.oriel.client.FileMatches;
import dev.oriel.client.FoundMessages;
import dev.oriel.client.FrameLog;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptLines;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.SearchHit;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerClient.PastPrompt;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionListener;
import dev.oriel.client.SessionSubscription;
import dev.oriel.client.TokenSource;
import dev.oriel.client.account.AccountRequests;
import dev.oriel.client.link.ClientRuntime;
import dev.oriel.client.link.LinkContext;
import dev.oriel.client.link.ReconnectingWebSocket;
import dev.oriel.client.transport.Transport;
import dev.oriel.message.Json;
import dev.oriel.message.find.TextQuery;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// A client of Oriel's own wire (`embedded-server/PROTOCOL.md`): a socket for each subscription,
/// and HTTP requests for the rest.
///
/// The token is sent in a header, never in a URL, and is never logged.
public final class SessionsClient implements ServerClient {
    private final ServerAddress server;
    private final PromptOutbox outbox;
    private final LinkContext context;
    private final RestClient rest;
    private final SessionQueries queries;
    private final Runnable onClose;

    /// The connections that are not closed. Changed by any thread.
    private final Set<ReconnectingWebSocket> connections = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean closed = new AtomicBoolean();

    /// Announced by the server; 0 if it was not.
    private volatile long maxMessageBytes;

    /// Creates a client. It connects with the first subscription.
    ///
    /// @param token read for every connection and request
    /// @param outbox where prompts wait until the server has confirmed them
    public SessionsClient(
            ServerAddress server,
            TokenSource token,
            ReconnectPolicy policy,
            PromptOutbox outbox,
            Transport transport) {
        this(server, outbox, new ClientRuntime(token, policy, transport), token);
    }

    private SessionsClient(
            ServerAddress server, PromptOutbox outbox, ClientRuntime runtime, TokenSource token) {
        this(
                server,
                outbox,
                runtime.context(),
                new RestClient(runtime.http(), server, token, runtime.background()),
                runtime::close);
    }

    /// @param onClose ends the threads; called after the connections were closed
    SessionsClient(
            ServerAddress server,
            PromptOutbox outbox,
            LinkContext context,
            RestClient rest,
            Runnable onClose) {
        this.server = server;
        this.outbox = outbox;
        this.context = context;
        this.rest = rest;
        this.queries = new SessionQueries(rest);
        this.onClose = onClose;
    }

    @Override
    public ServerKind kind() {
        return ServerKind.NATIVE;
    }

    @Override
    public long maxMessageBytes() {
        return maxMessageBytes;
    }

    @Override
    public FrameLog frameLog() {
        return context.log();
    }

    @Override
    public ServerAddress address() {
        return server;
    }

    @Override
    public CompletableFuture<SessionInfo> createSession(NewSessionRequest session) {
        return rest.request("POST", "/v1/sessions", session.toJson())
                .thenApply(SessionInfo::fromJson);
    }

    @Override
    public CompletableFuture<SessionInfo> renameSession(String id, String title) {
        return patch(id, Json.object().put("title", title));
    }

    @Override
    public CompletableFuture<SessionInfo> pinSession(String id, boolean pinned) {
        return patch(id, Json.object().put("pinned", pinned));
    }

    private CompletableFuture<SessionInfo> patch(String id, ObjectNode change) {
        return rest.request("PATCH", "/v1/sessions/" + id, change).thenApply(SessionInfo::fromJson);
    }

    @Override
    public CompletableFuture<Void> deleteSession(String id) {
        return rest.request("DELETE", "/v1/sessions/" + id, null)
                .thenAccept(_ -> outbox.removeSession(id));
    }

    @Override
    public CompletableFuture<List<AgentInfo>> agents() {
        return rest.request("GET", "/v1/agents?refresh=true", null)
                .thenApply(AgentInfo::listFromJson);
    }

    @Override
    public AccountRequests accounts() {
        return new RestAccounts(rest);
    }

    @Override
    public CompletableFuture<List<SearchHit>> search(String words, int limit) {
        return queries.search(words, limit);
    }

    @Override
    public CompletableFuture<FoundMessages> find(
            String id, TextQuery query, long before, long after) {
        return queries.find(id, query, before, after);
    }

    @Override
    public CompletableFuture<PromptLines> prompts(String id, long before) {
        return queries.prompts(id, before);
    }

    @Override
    public CompletableFuture<EarlierWork> findEarlierWork(String id, long before) {
        return queries.findEarlierWork(id, before);
    }

    @Override
    public CompletableFuture<FileMatches> findFiles(String id, String query, int limit) {
        return queries.findFiles(id, query, limit);
    }

    @Override
    public CompletableFuture<FileMatches> findFilesIn(String cwd, String query, int limit) {
        return queries.findFilesIn(cwd, query, limit);
    }

    @Override
    public CompletableFuture<List<PastPrompt>> findPrompts(String id, String words, int limit) {
        return queries.findPrompts(id, words, limit);
    }

    @Override
    public CompletableFuture<List<PastPrompt>> findPromptsIn(String cwd, String words, int limit) {
        return queries.findPromptsIn(cwd.strip(), words, limit);
    }

    @Override
    public CompletableFuture<List<PastPrompt>> findAllPrompts(String words, int limit) {
        return queries.findAllPrompts(words, limit);
    }

    @Override
    public CompletableFuture<HistoryPage> messagesBefore(String id, long seq, int limit) {
        return queries.messagesBefore(id, seq, limit);
    }

    @Override
    public CompletableFuture<HistoryPage> messagesAfter(String id, long seq, int limit) {
        return queries.messagesAfter(id, seq, limit);
    }

    @Override
    public CompletableFuture<SessionInfo> forkSession(String id, long before) {
        return branch(id, "fork", before);
    }

    @Override
    public CompletableFuture<SessionInfo> rewindSession(String id, long before) {
        return branch(id, "rewind", before);
    }

    private CompletableFuture<SessionInfo> branch(String id, String route, long before) {
        return rest.request(
                        "POST",
                        "/v1/sessions/" + id + "/" + route,
                        Json.object().put("before", before))
                .thenApply(SessionInfo::fromJson);
    }

    @Override
    public CompletableFuture<Void> addMcpServer(String id, ObjectNode server) {
        return rest.request("POST", "/v1/sessions/" + id + "/mcp", server).thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<Double> costSince(Instant from) {
        return rest.request("GET", "/v1/usage?since=" + from, null)
                .thenApply(reply -> reply.path("cost_usd").asDouble());
    }

    @Override
    public FeedSubscription subscribeFeed(FeedListener listener) {
        return new NativeFeedSubscription(
                server, listener, max -> maxMessageBytes = max, this::connection);
    }

    @Override
    public SessionSubscription subscribe(String id, long after, SessionListener listener) {
        return new NativeSessionSubscription(id, after, server, outbox, listener, this::connection);
    }

    private ReconnectingWebSocket connection(ReconnectingWebSocket.Handler handler) {
        ReconnectingWebSocket connection =
                new ReconnectingWebSocket(context, handler, connections::remove);
        connections.add(connection);
        if (closed.get()) {
            connection.close();
        }
        return connection;
    }

    @Override
    public void checkConnections() {
        connections.forEach(ReconnectingWebSocket::check);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            connections.forEach(ReconnectingWebSocket::close);
            onClose.run();
        }
    }
}
