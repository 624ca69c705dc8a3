package dev.oriel.client.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.AgentInfo;
import dev.oriel.client.FeedListener;
import dev.oriel.client.FeedSubscription;
import dev.oriel.client.FrameLog;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.SearchHit;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionListener;
import dev.oriel.client.SessionSubscription;
import dev.oriel.client.TokenSource;
import dev.oriel.client.link.ClientLane;
import dev.oriel.client.link.ConnectivityMonitor;
import dev.oriel.client.link.LinkContext;
import dev.oriel.client.link.ReconnectingWebSocket;
import dev.oriel.client.transport.Transport;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A client of Oriel's own wire (`embedded-server/PROTOCOL.md`), for the server in this window and
/// for any other.
///
/// The token goes into a header, never into a URL, and is never logged.
public final class SessionsClient implements ServerClient {
    private final ServerAddress server;
    private final FrameLog log = new FrameLog(Clock.systemUTC());
    private final LinkContext wire;
    private final PromptOutbox outbox;
    private final ExecutorService background;
    private final ScheduledExecutorService lane;
    private final HttpClient http;
    private final RestClient rest;
    private final Set<ReconnectingWebSocket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// @param over proxy and certificates
    public SessionsClient(
            ServerAddress server,
            TokenSource token,
            ReconnectPolicy rules,
            PromptOutbox outbox,
            Transport over) {
        this.server = server;
        this.outbox = outbox;
        this.background =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("oriel-client-", 0).factory());
        this.lane = new ClientLane();
        this.http = over.createHttpClient(background);
        this.rest = new RestClient(http, server, token, background);
        Clock clock = Clock.systemUTC();
        this.wire =
                new LinkContext(
                        http,
                        token,
                        rules,
                        lane,
                        clock,
                        log,
                        () -> ConnectivityMonitor.ofSystem(clock));
    }

    @Override
    public ServerKind kind() {
        return ServerKind.NATIVE;
    }

    @Override
    public FrameLog frameLog() {
        return log;
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
                .thenApply(answer -> {
                    List<SearchHit> hits = new ArrayList<>();
                    answer.path("hits")
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
    public CompletableFuture<HistoryPage> messagesBefore(String id, long seq, int limit) {
        return page(id, (seq == Long.MAX_VALUE ? "" : "before=" + seq + "&") + "limit=" + limit);
    }

    @Override
    public CompletableFuture<HistoryPage> messagesAfter(String id, long seq, int limit) {
        return page(id, "after=" + seq + "&limit=" + limit);
    }

    private CompletableFuture<HistoryPage> page(String id, String query) {
        return rest.request("GET", "/v1/sessions/" + id + "/messages?" + query, null)
                .thenApply(answer -> {
                    List<Message> messages = new ArrayList<>();
                    answer.path("messages").forEach(m -> messages.add(Message.of(m)));
                    return new HistoryPage(List.copyOf(messages), answer.path("more").asBoolean());
                });
    }

    @Override
    public FeedSubscription subscribeFeed(FeedListener listener) {
        NativeFeedSubscription feed = new NativeFeedSubscription(server, listener, this::link);
        feed.start();
        return feed;
    }

    @Override
    public SessionSubscription subscribe(String id, long after, SessionListener listener) {
        NativeSessionSubscription session =
                new NativeSessionSubscription(id, after, server, outbox, listener, this::link);
        session.start();
        return session;
    }

    @Override
    public void checkConnections() {
        open.forEach(ReconnectingWebSocket::check);
    }

    private ReconnectingWebSocket link(ReconnectingWebSocket.Handler peer) {
        ReconnectingWebSocket link = new ReconnectingWebSocket(wire, peer, open::remove);
        open.add(link);
        return link;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        open.forEach(ReconnectingWebSocket::close);
        // Behind the closing of the links, which is queued already.
        lane.schedule(lane::shutdownNow, 200, TimeUnit.MILLISECONDS);
        http.shutdown();
        background.shutdown();
    }
}
