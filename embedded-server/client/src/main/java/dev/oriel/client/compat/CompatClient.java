package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.AgentInfo;
import dev.oriel.client.Capability;
import dev.oriel.client.ClientException;
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
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/// A client of a server that does not speak Oriel's own wire: one socket, one [ProtocolAdapter].
/// What such a server does not keep (what was said, prompts that wait) is kept here, as long as the
/// client lives.
///
/// Prompts wait while a turn runs, and go out one by one. A prompt that was sent is not sent again,
/// as such a server would take it for another one.
public final class CompatClient implements ServerClient {
    private static final long LOOK_MILLIS = 2_000;

    private final ServerKind kind;
    private final ProtocolAdapter tongue;
    private final ServerAddress server;
    private final FrameLog log;
    private final ExecutorService background;
    private final ScheduledExecutorService lane;
    private final HttpClient http;
    private final CompatConnection talk;

    public CompatClient(
            ServerKind kind,
            ProtocolAdapter tongue,
            ServerAddress server,
            TokenSource token,
            ReconnectPolicy rules,
            PromptOutbox outbox,
            Transport over) {
        Clock clock = Clock.systemUTC();
        this.kind = kind;
        this.tongue = tongue;
        this.server = server;
        this.log = new FrameLog(clock);
        this.background =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("oriel-client-", 0).factory());
        this.lane = new ClientLane();
        this.http = over.createHttpClient(background);
        LinkContext wire =
                new LinkContext(
                        http,
                        token,
                        rules,
                        lane,
                        clock,
                        log,
                        () -> ConnectivityMonitor.ofSystem(clock));
        this.talk =
                new CompatConnection(
                        kind,
                        tongue,
                        server,
                        outbox,
                        log,
                        clock,
                        peer -> new ReconnectingWebSocket(wire, peer, _ -> {}));
        lane.scheduleWithFixedDelay(talk::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public ServerAddress address() {
        return server;
    }

    @Override
    public ServerKind kind() {
        return kind;
    }

    @Override
    public FrameLog frameLog() {
        return log;
    }

    private void onLane(Runnable work) {
        try {
            lane.execute(work);
        } catch (RejectedExecutionException _) {
            // The client was closed; nobody waits for this any more.
        }
    }

    private <T> CompletableFuture<T> asked(Supplier<CompletableFuture<T>> what) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        onLane(() ->
                what.get()
                        .whenComplete((value, failure) -> {
                            if (failure == null) {
                                answer.complete(value);
                            } else {
                                answer.completeExceptionally(failure);
                            }
                        }));
        return answer;
    }

    private static <T> CompletableFuture<T> cannot(String why) {
        return CompletableFuture.failedFuture(new ClientException("unsupported", why));
    }

    private static <T> CompletableFuture<T> lost() {
        return CompletableFuture.failedFuture(CompatConnection.lost());
    }

    @Override
    public CompletableFuture<SessionInfo> createSession(NewSessionRequest how) {
        return asked(() -> {
            if (!kind.supports(Capability.SESSIONS)) {
                return CompletableFuture.completedFuture(talk.only(how));
            }
            String id = UUID.randomUUID().toString();
            return talk.ready() ? talk.wait(id, () -> tongue.begin(id, how)) : lost();
        });
    }

    @Override
    public CompletableFuture<SessionInfo> renameSession(String id, String title) {
        return cannot("This server keeps no titles.");
    }

    @Override
    public CompletableFuture<SessionInfo> pinSession(String id, boolean pinned) {
        return cannot("This server pins nothing.");
    }

    @Override
    public CompletableFuture<Void> deleteSession(String id) {
        return asked(() -> {
            CompatSession session = talk.find(id);
            if (session == null) {
                return CompletableFuture.completedFuture(null);
            }
            return kind.supports(Capability.SESSIONS) && !talk.ready()
                    ? lost()
                    : talk.wait(session.name, () -> tongue.end(session.name));
        });
    }

    @Override
    public CompletableFuture<List<AgentInfo>> agents() {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<List<SearchHit>> search(String words, int limit) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<HistoryPage> messagesBefore(String id, long seq, int limit) {
        return asked(() -> page(id, b -> b.before(seq, limit)));
    }

    @Override
    public CompletableFuture<HistoryPage> messagesAfter(String id, long seq, int limit) {
        return asked(() -> page(id, b -> b.after(seq, limit)));
    }

    private CompletableFuture<HistoryPage> page(
            String id, Function<MessageHistory, HistoryPage> of) {
        CompatSession session = talk.find(id);
        return CompletableFuture.completedFuture(
                session == null ? new HistoryPage(List.of(), false) : of.apply(session.book));
    }

    @Override
    public FeedSubscription subscribeFeed(FeedListener listener) {
        onLane(() -> talk.listen(listener));
        return new FeedSubscription() {
            @Override
            public void reconnect() {
                CompatClient.this.reconnect();
            }

            @Override
            public void close() {
                onLane(() -> talk.leave(listener));
            }
        };
    }

    @Override
    public SessionSubscription subscribe(String id, long after, SessionListener listener) {
        CompatSubscription opened = new CompatSubscription(id, after, this, listener);
        onLane(() -> talk.listen(opened));
        return opened;
    }

    void leave(CompatSubscription listener) {
        onLane(() -> talk.leave(listener));
    }

    void reconnect() {
        onLane(() -> {
            // Two ask for it at the same time: the list's subscription, and that of a session.
            if (!talk.ready()) {
                talk.link().reconnect();
            }
        });
    }

    @Override
    public void checkConnections() {
        talk.link().check();
    }

    void deliver(String id) {
        onLane(() -> {
            CompatSession session = talk.find(id);
            if (session != null) {
                session.hold(false);
                talk.deliver(session);
            }
        });
    }

    CompletableFuture<ObjectNode> control(String id, ObjectNode request) {
        return asked(() -> {
            CompatSession session = talk.find(id);
            if (session == null || !talk.ready()) {
                return lost();
            }
            return switch (request.path("subtype").asText()) {
                case "interrupt" ->
                        kind.supports(Capability.INTERRUPT)
                                ? talk.interrupt(session, request.path("hold_queue").asBoolean())
                                : cannot("This server cannot stop an answer.");
                case "cancel_async_message" ->
                        // What waits has not left this client; whoever asks has looked there.
                        CompletableFuture.completedFuture(Json.object().put("cancelled", false));
                case "oriel_run_queue" -> {
                    session.hold(false);
                    talk.deliver(session);
                    yield CompletableFuture.completedFuture(Json.object());
                }
                case "set_permission_mode" ->
                        kind == ServerKind.ENHANCED
                                ? talk.choose(session, request.path("mode").textValue(), null)
                                : cannot("This server takes no other mode.");
                case "set_model" ->
                        kind.supports(Capability.MODEL)
                                ? talk.choose(session, null, request.path("model").textValue())
                                : cannot("This server takes no model.");
                default -> cannot("This server cannot do that.");
            };
        });
    }

    boolean answer(String id, Message response) {
        if (!talk.ready()) {
            return false;
        }
        onLane(() -> talk.answer(id, response));
        return true;
    }

    @Override
    public void close() {
        talk.link().close();
        // Behind the closing of the link, which is queued already.
        lane.schedule(lane::shutdownNow, 200, TimeUnit.MILLISECONDS);
        http.shutdown();
        background.shutdown();
    }
}
