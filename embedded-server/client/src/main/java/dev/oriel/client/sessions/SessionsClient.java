package dev.oriel.client.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.AgentInfo;
import dev.oriel.client.ClientException;
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
import dev.oriel.client.link.ClientRuntime;
import dev.oriel.client.link.LinkContext;
import dev.oriel.client.link.ReconnectingWebSocket;
import dev.oriel.client.transport.Transport;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.find.TextQuery;
import dev.oriel.platform.FutureFailures;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
    private final Runnable onClose;

    /// The connections that are not closed. Changed by any thread.
    private final Set<ReconnectingWebSocket> connections = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean closed = new AtomicBoolean();

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
        this.onClose = onClose;
    }

    @Override
    public ServerKind kind() {
        return ServerKind.NATIVE;
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
    public CompletableFuture<List<SearchHit>> search(String words, int limit) {
        String query =
                "/v1/search?q="
                        + URLEncoder.encode(words, StandardCharsets.UTF_8)
                        + "&limit="
                        + limit;
        return rest.request("GET", query, null)
                .thenApply(reply -> {
                    List<SearchHit> hits = new ArrayList<>();
                    reply.path("hits")
                            .forEach(h ->
                                    hits.add(
                                            new SearchHit(
                                                    h.path("session_id").asText(),
                                                    h.path("seq").asLong(),
                                                    h.path("snippet").asText())));
                    return List.copyOf(hits);
                });
    }

    @Override
    public CompletableFuture<FoundMessages> find(
            String id, TextQuery query, long before, long after) {
        String parameters =
                "q="
                        + URLEncoder.encode(query.text(), StandardCharsets.UTF_8)
                        + "&case="
                        + query.matchCase()
                        + "&word="
                        + query.wholeWord()
                        + "&regex="
                        + query.regex()
                        + "&after="
                        + after
                        + (before == Long.MAX_VALUE ? "" : "&before=" + before);
        return rest.request("GET", "/v1/sessions/" + id + "/find?" + parameters, null)
                .thenApply(reply -> {
                    List<FoundMessages.Hit> hits = new ArrayList<>();
                    reply.path("hits")
                            .forEach(h ->
                                    hits.add(
                                            new FoundMessages.Hit(
                                                    h.path("seq").asLong(),
                                                    h.path("count").asInt())));
                    return new FoundMessages(hits, reply.path("next").asLong());
                });
    }

    @Override
    public CompletableFuture<PromptLines> prompts(String id, long before) {
        String query = before == Long.MAX_VALUE ? "" : "?before=" + before;
        return rest.request("GET", "/v1/sessions/" + id + "/prompts" + query, null)
                .thenApply(reply -> {
                    List<PromptLines.Line> lines = new ArrayList<>();
                    reply.path("prompts")
                            .forEach(l ->
                                    lines.add(
                                            new PromptLines.Line(
                                                    l.path("seq").asLong(),
                                                    l.path("text").asText(),
                                                    l.path("timestamp").asText(""))));
                    return new PromptLines(lines, reply.path("next").asLong());
                });
    }

    @Override
    public CompletableFuture<FileMatches> findFiles(String id, String query, int limit) {
        return files("/v1/sessions/" + id + "/files?", query, limit);
    }

    @Override
    public CompletableFuture<FileMatches> findFilesIn(String cwd, String query, int limit) {
        String folder = cwd.isBlank() ? "" : "cwd=" + encode(cwd) + "&";
        return files("/v1/files?" + folder, query, limit);
    }

    private CompletableFuture<FileMatches> files(String path, String query, int limit) {
        return rest.request("GET", path + "q=" + encode(query) + "&limit=" + limit, null)
                .thenApply(FileMatches::fromJson)
                .exceptionally(failure -> {
                    throw asUnsupported(failure);
                });
    }

    @Override
    public CompletableFuture<List<PastPrompt>> findPrompts(String id, String words, int limit) {
        return pastPrompts("session=" + id + "&", words, limit);
    }

    @Override
    public CompletableFuture<List<PastPrompt>> findPromptsIn(String cwd, String words, int limit) {
        return pastPrompts("cwd=" + encode(cwd.strip()) + "&", words, limit);
    }

    @Override
    public CompletableFuture<List<PastPrompt>> findAllPrompts(String words, int limit) {
        return pastPrompts("", words, limit);
    }

    private CompletableFuture<List<PastPrompt>> pastPrompts(String where, String words, int limit) {
        return rest.request(
                        "GET",
                        "/v1/prompts?" + where + "q=" + encode(words) + "&limit=" + limit,
                        null)
                .thenApply(reply -> {
                    List<PastPrompt> prompts = new ArrayList<>();
                    for (JsonNode each : reply.path("prompts")) {
                        prompts.add(
                                new PastPrompt(
                                        each.path("text").asText(""),
                                        each.path("session_id").asText("")));
                    }
                    return List.copyOf(prompts);
                });
    }

    /// A server that does not know the route is older than it.
    private static CompletionException asUnsupported(Throwable failure) {
        Throwable cause = FutureFailures.unwrap(failure);
        return new CompletionException(
                cause instanceof ClientException e && e.code().equals(ErrorCode.NOT_FOUND)
                        ? new ClientException(
                                ErrorCode.UNSUPPORTED, "This server cannot list files.", e)
                        : cause);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
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
    public CompletableFuture<HistoryPage> messagesBefore(String id, long seq, int limit) {
        return page(id, (seq == Long.MAX_VALUE ? "" : "before=" + seq + "&") + "limit=" + limit);
    }

    @Override
    public CompletableFuture<HistoryPage> messagesAfter(String id, long seq, int limit) {
        return page(id, "after=" + seq + "&limit=" + limit);
    }

    private CompletableFuture<HistoryPage> page(String id, String query) {
        return rest.request("GET", "/v1/sessions/" + id + "/messages?" + query, null)
                .thenApply(reply -> {
                    List<Message> messages = new ArrayList<>();
                    reply.path("messages").forEach(m -> messages.add(Message.of(m)));
                    return new HistoryPage(List.copyOf(messages), reply.path("more").asBoolean());
                });
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
        return new NativeFeedSubscription(server, listener, this::connection);
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
