package dev.oriel.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
/// what the [Tongue] makes of the frames, and keeps what such a server does not. Belongs to the
/// lane of its client, but for [#ready()].
final class ForeignTalk implements Link.Peer {
    /// How long a server may take to answer what names a session.
    private static final int ANSWER_SECONDS = 60;

    private final Kind kind;
    private final ServerAddress server;
    private final Outbox outbox;
    private final Tongue tongue;
    private final FrameLog log;
    private final Clock clock;
    private final Link link;
    private final List<FeedListener> feeds = new ArrayList<>();
    private final Map<String, ForeignSession> sessions = new LinkedHashMap<>();

    /// Also written by the timer, where an answer does not come.
    private final Map<String, CompletableFuture<?>> pending = new ConcurrentHashMap<>();

    private final Map<String, List<CompletableFuture<ObjectNode>>> stops = new LinkedHashMap<>();
    private LinkState state = new LinkState.Connecting();
    private boolean started;
    private volatile boolean ready;
    private boolean hangUp;

    /// @param links makes the link that this is the peer of
    ForeignTalk(
            Kind kind,
            Tongue tongue,
            ServerAddress server,
            Outbox outbox,
            FrameLog log,
            Clock clock,
            Function<Link.Peer, Link> links) {
        this.kind = kind;
        this.tongue = tongue;
        this.server = server;
        this.outbox = outbox;
        this.log = log;
        this.clock = clock;
        this.link = links.apply(this);
    }

    Link link() {
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
        listener.link(state);
        if (state instanceof LinkState.Live) {
            tellAll(listener);
        }
    }

    void leave(FeedListener listener) {
        feeds.remove(listener);
    }

    void listen(ForeignLink listener) {
        start();
        ForeignSession session = sessions.get(listener.sessionId());
        if (session == null) {
            listener.state(
                    new LinkState.Offline(
                            "The server knows this session no more.", LinkState.Reason.GONE));
            return;
        }
        session.listeners.add(listener);
        listener.state(state);
        listener.catchUp(session);
        deliver(session);
    }

    void leave(ForeignLink listener) {
        sessions.values().forEach(s -> s.listeners.remove(listener));
    }

    /// The one conversation of a kind that has no more.
    SessionInfo only(NewSession how) {
        ForeignSession only = session(Tongue.ONLY);
        only.chosen(how);
        carryOut(tongue.begin(Tongue.ONLY, how));
        told(only);
        return only.info();
    }

    void answer(String id, Message response) {
        ForeignSession session = sessions.get(id);
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

    @Nullable ForeignSession find(String id) {
        return sessions.get(id);
    }

    /// Does something the server answers by naming a session.
    ///
    /// @return fails with [RemoteException] where the server refuses or says nothing
    <T> CompletableFuture<T> wait(String name, Supplier<List<Event>> ask) {
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

    private static RemoteException silence(Throwable e) {
        String sentence = "The server has not answered within " + ANSWER_SECONDS + " seconds.";
        return new RemoteException("timeout", sentence, e);
    }

    @Override
    public URI address(String credential) {
        return tongue.address(server, credential);
    }

    @Override
    public void opened(String credential) {
        carryOut(tongue.opened(credential));
    }

    @Override
    public void frame(String text) {
        carryOut(tongue.heard(text));
    }

    @Override
    public Ending ended(Ending usual, int code, String reason) {
        ready = false;
        carryOut(tongue.closed(code, reason));
        return tongue.ending(usual, code, reason);
    }

    @Override
    public void state(LinkState now) {
        state = now;
        ready &= now instanceof LinkState.Live;
        feeds.forEach(f -> f.link(now));
        sessions.values().forEach(s -> List.copyOf(s.listeners).forEach(l -> l.state(now)));
        if (now instanceof LinkState.Live) {
            if (!kind.can(Capability.SESSIONS)) {
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

    static RemoteException lost() {
        return new RemoteException("link_lost", "The connection to the server is not there.");
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

    void carryOut(List<Event> events) {
        for (Event event : events) {
            carryOut(event);
        }
        if (hangUp) {
            hangUp = false;
            ready = false;
            link.renew();
        }
    }

    private void carryOut(Event event) {
        switch (event) {
            case Event.Admitted _ -> {
                ready = true;
                link.admitted();
            }
            case Event.Send(String frame) -> link.send(frame);
            case Event.HangUp _ -> hangUp = true;
            case Event.Said(String name, Message message) -> said(session(name), message);
            case Event.TurnOver(String name) -> over(session(name));
            case Event.Stopping(String name) -> {
                List<CompletableFuture<ObjectNode>> waiting = stops.remove(name);
                if (waiting != null) {
                    waiting.forEach(w -> w.complete(Json.object()));
                }
            }
            case Event.Began(Event.Known known) -> {
                ForeignSession began = session(known.id());
                began.known(known);
                told(began);
                complete(known.id(), began.info());
            }
            case Event.Listed(List<Event.Known> all) -> listed(all);
            case Event.Ended(String name) -> gone(name);
            case Event.Rejected(String name, String why) -> {
                CompletableFuture<?> waiting = pending.remove(name);
                if (waiting != null) {
                    waiting.completeExceptionally(new RemoteException("refused", why));
                }
            }
            case Event.Refused(String why) -> log.note("", why);
            case Event.Trouble(String why) -> trouble(why);
            case Event.Ignored(String why) -> log.note("", "ignored: " + why);
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
        return name.equals(Tongue.ONLY)
                ? UUID.nameUUIDFromBytes((kind + " " + server).getBytes(StandardCharsets.UTF_8))
                        .toString()
                : name;
    }

    ForeignSession session(String name) {
        return sessions.computeIfAbsent(
                id(name), id -> new ForeignSession(id, name, clock.instant()));
    }

    private void said(ForeignSession in, Message message) {
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

    private void over(ForeignSession session) {
        session.over(clock.instant());
        List<CompletableFuture<ObjectNode>> waiting = stops.remove(session.name);
        if (waiting != null) {
            waiting.forEach(w -> w.complete(Json.object()));
        }
        told(session);
        deliver(session);
    }

    /// Says how a session stands now.
    void told(ForeignSession session) {
        List.copyOf(session.listeners).forEach(l -> l.say(session.state()));
        feeds.forEach(f -> f.session(session.info()));
    }

    private void listed(List<Event.Known> all) {
        List<String> names = all.stream().map(Event.Known::id).toList();
        for (Event.Known known : all) {
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
        feed.sessions(sessions.values().stream().map(ForeignSession::info).toList());
    }

    private void gone(String name) {
        ForeignSession session = sessions.remove(id(name));
        if (session != null) {
            outbox.removeAll(session.id);
            feeds.forEach(f -> f.gone(session.id));
        }
        CompletableFuture<?> waiting = pending.remove(name);
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    private void trouble(String why) {
        log.note("", why);
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
    void deliver(ForeignSession to) {
        if (to.running || to.held || !ready || hangUp) {
            return;
        }
        List<Message> waiting = outbox.waiting(to.id);
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
            ForeignSession session, @Nullable String mode, @Nullable String model) {
        session.chosen(new NewSession(null, null, model, mode));
        tongue.choose(mode, model);
        told(session);
        return CompletableFuture.completedFuture(Json.object());
    }

    /// @param hold whether the prompts that wait are left alone until somebody goes on
    CompletableFuture<ObjectNode> interrupt(ForeignSession session, boolean hold) {
        session.hold(hold && !outbox.waiting(session.id).isEmpty());
        CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
        stops.computeIfAbsent(session.name, _ -> new ArrayList<>()).add(answer);
        session.stopping();
        told(session);
        carryOut(tongue.interrupt(session.name));
        return answer.orTimeout(60, TimeUnit.SECONDS);
    }
}
