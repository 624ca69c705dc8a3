package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.Capability;
import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.FeedListener;
import dev.oriel.client.FrameLog;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.client.link.ReconnectingWebSocket;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What goes on between a client and a server that does not speak Oriel's own wire: carries out
/// what the [ProtocolAdapter] makes of the frames, and keeps what such a server does not. Belongs
/// to the lane of its client, but for [#ready()].
final class CompatConnection implements ReconnectingWebSocket.Handler {
    /// How long a server may take to answer what names a session.
    private static final int ANSWER_SECONDS = 60;

    private final ServerKind kind;
    private final ServerAddress server;
    private final PromptOutbox outbox;
    private final ProtocolAdapter tongue;
    private final FrameLog log;
    private final Clock clock;
    private final ReconnectingWebSocket link;
    private final List<FeedListener> feeds = new ArrayList<>();
    private final Map<String, CompatSession> sessions = new LinkedHashMap<>();

    /// Also written by the timer, where an answer does not come.
    private final Map<String, CompletableFuture<?>> pending = new ConcurrentHashMap<>();

    private final Map<String, List<CompletableFuture<ObjectNode>>> stops = new LinkedHashMap<>();
    private ConnectionStatus state = new ConnectionStatus.Connecting();
    private boolean started;
    private volatile boolean ready;
    private boolean hangUp;

    /// @param links makes the link that this is the peer of
    CompatConnection(
            ServerKind kind,
            ProtocolAdapter tongue,
            ServerAddress server,
            PromptOutbox outbox,
            FrameLog log,
            Clock clock,
            Function<ReconnectingWebSocket.Handler, ReconnectingWebSocket> links) {
        this.kind = kind;
        this.tongue = tongue;
        this.server = server;
        this.outbox = outbox;
        this.log = log;
        this.clock = clock;
        this.link = links.apply(this);
    }

    ReconnectingWebSocket link() {
        return link;
    }

    void start() {
        if (!started) {
            started = true;
            link.start();
        }
    }

    void listen(FeedListener listener) {
        feeds.add(listener);
        start();
        listener.onStatus(state);
        if (state instanceof ConnectionStatus.Live) {
            tellAll(listener);
        }
    }

    void leave(FeedListener listener) {
        feeds.remove(listener);
    }

    void listen(CompatSubscription listener) {
        start();
        CompatSession session = sessions.get(listener.sessionId());
        if (session == null) {
            listener.state(
                    new ConnectionStatus.Offline(
                            "The server knows this session no more.",
                            ConnectionStatus.Reason.NOT_FOUND));
            return;
        }
        session.listeners.add(listener);
        listener.state(state);
        listener.catchUp(session);
        deliver(session);
    }

    void leave(CompatSubscription listener) {
        sessions.values().forEach(s -> s.listeners.remove(listener));
    }

    /// The one conversation of a kind that has no more.
    SessionInfo only(NewSessionRequest how) {
        CompatSession only = session(ProtocolAdapter.ONLY);
        only.chosen(how);
        carryOut(tongue.begin(ProtocolAdapter.ONLY, how));
        told(only);
        return only.info();
    }

    void answer(String id, Message response) {
        CompatSession session = sessions.get(id);
        String request = String.valueOf(response.requestId());
        if (session != null && session.answered(request)) {
            carryOut(
                    tongue.answer(
                            session.name,
                            request,
                            response.tree().path("response").path("response")));
            told(session);
        }
    }

    @Nullable CompatSession find(String id) {
        return sessions.get(id);
    }

    /// Does something the server answers by naming a session.
    ///
    /// @return fails with [ClientException] where the server refuses or says nothing
    <T> CompletableFuture<T> wait(String name, Supplier<List<ProtocolEffect>> ask) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        pending.put(name, answer);
        carryOut(ask.get());
        return answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .exceptionallyCompose(e -> {
                    pending.remove(name, answer);
                    return CompletableFuture.failedFuture(
                            e instanceof TimeoutException ? silence(e) : e);
                });
    }

    private static ClientException silence(Throwable e) {
        String sentence = "The server has not answered within " + ANSWER_SECONDS + " seconds.";
        return new ClientException("timeout", sentence, e);
    }

    @Override
    public URI address(String credential) {
        return tongue.address(server, credential);
    }

    @Override
    public void onOpen(String credential) {
        carryOut(tongue.onOpen(credential));
    }

    @Override
    public void onFrame(String text) {
        carryOut(tongue.onFrame(text));
    }

    @Override
    public DisconnectReason onDisconnect(DisconnectReason usual, int code, String reason) {
        ready = false;
        carryOut(tongue.onClose(code, reason));
        return tongue.ending(usual, code, reason);
    }

    @Override
    public void onStatus(ConnectionStatus now) {
        state = now;
        ready &= now instanceof ConnectionStatus.Live;
        feeds.forEach(f -> f.onStatus(now));
        sessions.values().forEach(s -> List.copyOf(s.listeners).forEach(l -> l.state(now)));
        if (now instanceof ConnectionStatus.Live) {
            if (!kind.supports(Capability.SESSIONS)) {
                feeds.forEach(this::tellAll);
            }
            List.copyOf(sessions.values()).forEach(this::deliver);
        } else {
            failPending();
        }
    }

    private void failPending() {
        List<CompletableFuture<?>> all = new ArrayList<>(pending.values());
        stops.values().forEach(all::addAll);
        pending.clear();
        stops.clear();
        all.forEach(f -> f.completeExceptionally(lost()));
    }

    static ClientException lost() {
        return new ClientException("link_lost", "The connection to the server is not there.");
    }

    /// Whether a frame that is sent now arrives.
    boolean ready() {
        return ready;
    }

    /// A while has passed.
    void look() {
        if (ready && sessions.values().stream().anyMatch(s -> s.running)) {
            carryOut(tongue.waited());
        }
    }

    void carryOut(List<ProtocolEffect> events) {
        for (ProtocolEffect event : events) {
            carryOut(event);
        }
        if (hangUp) {
            hangUp = false;
            ready = false;
            link.replaceConnection();
        }
    }

    private void carryOut(ProtocolEffect event) {
        switch (event) {
            case ProtocolEffect.Admitted _ -> {
                ready = true;
                link.markLive();
            }
            case ProtocolEffect.Send(String frame) -> link.send(frame);
            case ProtocolEffect.HangUp _ -> hangUp = true;
            case ProtocolEffect.Said(String name, Message message) -> said(session(name), message);
            case ProtocolEffect.TurnOver(String name) -> over(session(name));
            case ProtocolEffect.Stopping(String name) -> {
                List<CompletableFuture<ObjectNode>> waiting = stops.remove(name);
                if (waiting != null) {
                    waiting.forEach(w -> w.complete(Json.object()));
                }
            }
            case ProtocolEffect.Began(ProtocolEffect.Known known) -> {
                CompatSession began = session(known.id());
                began.known(known);
                told(began);
                complete(known.id(), began.info());
            }
            case ProtocolEffect.Listed(List<ProtocolEffect.Known> all) -> listed(all);
            case ProtocolEffect.Ended(String name) -> gone(name);
            case ProtocolEffect.Rejected(String name, String why) -> {
                CompletableFuture<?> waiting = pending.remove(name);
                if (waiting != null) {
                    waiting.completeExceptionally(new ClientException("refused", why));
                }
            }
            case ProtocolEffect.Refused(String why) -> log.appendNote("", why);
            case ProtocolEffect.Trouble(String why) -> trouble(why);
            case ProtocolEffect.Ignored(String why) -> log.appendNote("", "ignored: " + why);
        }
    }

    @SuppressWarnings("unchecked") // what waits for a session waits for its description
    private void complete(String name, SessionInfo with) {
        CompletableFuture<?> waiting = pending.remove(name);
        if (waiting != null) {
            ((CompletableFuture<Object>) waiting).complete(with);
        }
    }

    /// One conversation keeps its name from one window to the next, and with it its draft.
    private String id(String name) {
        return name.equals(ProtocolAdapter.ONLY)
                ? UUID.nameUUIDFromBytes((kind + " " + server).getBytes(StandardCharsets.UTF_8))
                        .toString()
                : name;
    }

    CompatSession session(String name) {
        return sessions.computeIfAbsent(
                id(name), id -> new CompatSession(id, name, clock.instant()));
    }

    private void said(CompatSession in, Message message) {
        if (message.is("control_cancel_request")
                && !in.answered(String.valueOf(message.requestId()))) {
            // It was answered here: that is no news.
            return;
        }
        Message kept = in.say(message);
        boolean asks = message.type().startsWith("control_");
        boolean first = kept.is("result") || message.is("system", "init");
        List.copyOf(in.listeners).forEach(l -> l.say(kept));
        if (asks || first) {
            told(in);
        }
    }

    private void over(CompatSession session) {
        session.over(clock.instant());
        List<CompletableFuture<ObjectNode>> waiting = stops.remove(session.name);
        if (waiting != null) {
            waiting.forEach(w -> w.complete(Json.object()));
        }
        told(session);
        deliver(session);
    }

    /// Says how a session stands now.
    void told(CompatSession session) {
        List.copyOf(session.listeners).forEach(l -> l.say(session.state()));
        feeds.forEach(f -> f.onSession(session.info()));
    }

    private void listed(List<ProtocolEffect.Known> all) {
        List<String> names = all.stream().map(ProtocolEffect.Known::id).toList();
        for (ProtocolEffect.Known known : all) {
            session(known.id()).known(known);
        }
        List<String> gone =
                sessions.values().stream()
                        .map(s -> s.name)
                        .filter(n -> !names.contains(n) && !pending.containsKey(n))
                        .toList();
        gone.forEach(this::gone);
        feeds.forEach(this::tellAll);
    }

    private void tellAll(FeedListener feed) {
        feed.onSessions(sessions.values().stream().map(CompatSession::info).toList());
    }

    private void gone(String name) {
        CompatSession session = sessions.remove(id(name));
        if (session != null) {
            outbox.removeSession(session.id);
            feeds.forEach(f -> f.onSessionRemoved(session.id));
        }
        CompletableFuture<?> waiting = pending.remove(name);
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    private void trouble(String why) {
        log.appendNote("", why);
        Message notice =
                Message.of(
                        Json.object()
                                .put("type", "system")
                                .put("subtype", "oriel_notice")
                                .put("level", "error")
                                .put("text", why));
        sessions.values().forEach(s -> List.copyOf(s.listeners).forEach(l -> l.say(notice)));
    }

    /// Sends the session's next prompt, if there is one and its turn has come.
    void deliver(CompatSession to) {
        if (to.running || to.held || !ready || hangUp) {
            return;
        }
        List<Message> waiting = outbox.pending(to.id);
        if (waiting.isEmpty()) {
            return;
        }
        Message prompt = waiting.getFirst();
        String uuid = String.valueOf(prompt.uuid());
        outbox.remove(uuid);
        String text = UserMessages.text(prompt.tree());
        to.begins(text, clock.instant());
        said(to, prompt);
        told(to);
        carryOut(tongue.prompt(to.name, uuid, text));
    }

    CompletableFuture<ObjectNode> choose(
            CompatSession session, @Nullable String mode, @Nullable String model) {
        session.chosen(new NewSessionRequest(null, null, model, mode));
        tongue.choose(mode, model);
        told(session);
        return CompletableFuture.completedFuture(Json.object());
    }

    /// @param hold whether the prompts that wait are left alone until somebody goes on
    CompletableFuture<ObjectNode> interrupt(CompatSession session, boolean hold) {
        session.hold(hold && !outbox.pending(session.id).isEmpty());
        CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
        stops.computeIfAbsent(session.name, _ -> new ArrayList<>()).add(answer);
        session.stopping();
        told(session);
        carryOut(tongue.interrupt(session.name));
        return answer.orTimeout(60, TimeUnit.SECONDS);
    }
}
