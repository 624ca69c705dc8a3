package dev.oriel.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
public final class SessionsClient implements Remote {
    private final ServerAddress server;
    private final FrameLog log = new FrameLog(Clock.systemUTC());
    private final Wire wire;
    private final Outbox outbox;
    private final ExecutorService background;
    private final ScheduledExecutorService lane;
    private final HttpClient http;
    private final Rest rest;
    private final Set<Link> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// @param over proxy and certificates
    public SessionsClient(
            ServerAddress server,
            TokenSource token,
            ReconnectRules rules,
            Outbox outbox,
            Transport over) {
        this.server = server;
        this.outbox = outbox;
        this.background =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("oriel-client-", 0).factory());
        this.lane = new ClientLane();
        this.http = over.client(background);
        this.rest = new Rest(http, server, token, background);
        Clock clock = Clock.systemUTC();
        this.wire =
                new Wire(http, token, rules, lane, clock, log, () -> Connectivity.ofSystem(clock));
    }

    @Override
    public Kind kind() {
        return Kind.NATIVE;
    }

    @Override
    public FrameLog frames() {
        return log;
    }

    @Override
    public ServerAddress address() {
        return server;
    }

    @Override
    public CompletableFuture<SessionInfo> create(NewSession session) {
        return rest.call("POST", "/v1/sessions", session.json()).thenApply(SessionInfo::of);
    }

    @Override
    public CompletableFuture<SessionInfo> rename(String id, String title) {
        return patch(id, Json.object().put("title", title));
    }

    @Override
    public CompletableFuture<SessionInfo> pin(String id, boolean pinned) {
        return patch(id, Json.object().put("pinned", pinned));
    }

    private CompletableFuture<SessionInfo> patch(String id, ObjectNode change) {
        return rest.call("PATCH", "/v1/sessions/" + id, change).thenApply(SessionInfo::of);
    }

    @Override
    public CompletableFuture<Void> delete(String id) {
        return rest.call("DELETE", "/v1/sessions/" + id, null)
                .thenAccept(_ -> outbox.removeAll(id));
    }

    @Override
    public CompletableFuture<List<AgentInfo>> agents() {
        return rest.call("GET", "/v1/agents?refresh=true", null).thenApply(AgentInfo::list);
    }

    @Override
    public CompletableFuture<List<SearchHit>> search(String words, int limit) {
        String query =
                "/v1/search?q="
                        + URLEncoder.encode(words, StandardCharsets.UTF_8)
                        + "&limit="
                        + limit;
        return rest.call("GET", query, null)
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
    public CompletableFuture<Page> before(String id, long seq, int limit) {
        return page(id, (seq == Long.MAX_VALUE ? "" : "before=" + seq + "&") + "limit=" + limit);
    }

    @Override
    public CompletableFuture<Page> after(String id, long seq, int limit) {
        return page(id, "after=" + seq + "&limit=" + limit);
    }

    private CompletableFuture<Page> page(String id, String query) {
        return rest.call("GET", "/v1/sessions/" + id + "/messages?" + query, null)
                .thenApply(answer -> {
                    List<Message> messages = new ArrayList<>();
                    answer.path("messages").forEach(m -> messages.add(Message.of(m)));
                    return new Page(List.copyOf(messages), answer.path("more").asBoolean());
                });
    }

    @Override
    public FeedLink feed(FeedListener listener) {
        NativeFeedLink feed = new NativeFeedLink(server, listener, this::link);
        feed.start();
        return feed;
    }

    @Override
    public SessionLink open(String id, long after, SessionListener listener) {
        NativeSessionLink session =
                new NativeSessionLink(id, after, server, outbox, listener, this::link);
        session.start();
        return session;
    }

    @Override
    public void checkNow() {
        open.forEach(Link::checkNow);
    }

    private Link link(Link.Peer peer) {
        Link link = new Link(wire, peer, open::remove);
        open.add(link);
        return link;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        open.forEach(Link::close);
        // Behind the closing of the links, which is queued already.
        lane.schedule(lane::shutdownNow, 200, TimeUnit.MILLISECONDS);
        http.shutdown();
        background.shutdown();
    }
}
