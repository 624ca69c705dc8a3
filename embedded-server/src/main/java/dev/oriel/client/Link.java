package dev.oriel.client;

import dev.oriel.client.LinkState.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One WebSocket that comes back by itself, within a budget that ends.
///
/// **Threads.** All state belongs to the lane, one thread; public methods may be called from any.
/// The peer hears everything on the lane, in order; while it works no further frame is read, beyond
/// a small window.
final class Link implements AutoCloseable {
    /// Whom the link serves.
    interface Peer {
        /// Where to connect; asked before every attempt.
        URI address();

        /// The socket is open: what must go out first goes out now.
        void opened();

        void frame(String json);

        void state(LinkState state);
    }

    private final HttpClient http;
    private final TokenSource token;
    private final ReconnectRules rules;
    private final ScheduledExecutorService lane;
    private final Clock clock;
    private final Peer peer;
    private final Consumer<Link> onClosed;

    // Guarded by the lane.
    private ReconnectBudget budget;
    private @Nullable Attempt current;
    private @Nullable ScheduledFuture<?> next;
    private boolean closed;

    Link(
            HttpClient http,
            TokenSource token,
            ReconnectRules rules,
            ScheduledExecutorService lane,
            Clock clock,
            Peer peer,
            Consumer<Link> onClosed) {
        this.http = http;
        this.token = token;
        this.rules = rules;
        this.lane = lane;
        this.clock = clock;
        this.peer = peer;
        this.onClosed = onClosed;
        this.budget = new ReconnectBudget(rules);
    }

    void start() {
        onLane(() -> {
            peer.state(new LinkState.Connecting());
            connect();
        });
    }

    /// Tries at once, with a fresh budget; whatever connection there is, is dropped.
    void reconnect() {
        onLane(() -> {
            if (!closed) {
                budget = new ReconnectBudget(rules);
                forget();
                peer.state(new LinkState.Connecting());
                connect();
            }
        });
    }

    /// Sends a frame if the socket is open, and otherwise nothing: who must not lose it sends it
    /// again when `opened`.
    void send(String json) {
        onLane(() -> {
            if (current != null) {
                current.send(json);
            }
        });
    }

    @Override
    public void close() {
        onLane(() -> {
            if (!closed) {
                closed = true;
                forget();
                peer.state(new LinkState.Offline("Closed.", Reason.CLOSED));
                onClosed.accept(this);
            }
        });
    }

    private void onLane(Runnable work) {
        try {
            lane.execute(work);
        } catch (RejectedExecutionException _) {
            // The client was closed; nobody waits for this any more.
        }
    }

    private void connect() {
        Attempt attempt = new Attempt();
        current = attempt;
        String bearer;
        try {
            bearer = token.token();
        } catch (IOException _) {
            ended(attempt, new Ending.Lost("The server's token cannot be read."));
            return;
        }
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(rules.connect());
        if (!bearer.isEmpty()) {
            builder.header("Authorization", "Bearer " + bearer);
        }
        builder.buildAsync(peer.address(), attempt)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        onLane(() -> ended(attempt, Ending.ofFailure(failure)));
                    }
                });
    }

    private void ended(Attempt attempt, Ending ending) {
        if (attempt != current) {
            return;
        }
        forget();
        switch (budget.after(ending)) {
            case ReconnectBudget.Next.GiveUp(String why, Reason reason) ->
                    peer.state(new LinkState.Offline(why, reason));
            case ReconnectBudget.Next.Retry(Duration in, int number, int of) -> {
                peer.state(new LinkState.Reconnecting(number, of, clock.instant().plus(in)));
                next = lane.schedule(this::connect, in.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void forget() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
        Attempt attempt = current;
        current = null;
        if (attempt != null) {
            attempt.drop();
        }
    }

    /// One socket, from the attempt to open it to its end.
    private final class Attempt implements WebSocket.Listener {
        /// How many frames may be on their way to the peer.
        private static final long WINDOW = 64;

        private final StringBuilder parts = new StringBuilder();

        // Guarded by the lane.
        private @Nullable WebSocket socket;
        private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
        private @Nullable ScheduledFuture<?> ping;
        private @Nullable ScheduledFuture<?> settling;
        private boolean pongAwaited;
        private boolean live;
        private boolean dropped;

        @Override
        public void onOpen(WebSocket opened) {
            onLane(() -> {
                socket = opened;
                if (dropped) {
                    drop();
                    return;
                }
                long period = rules.ping().toMillis();
                ping = lane.scheduleAtFixedRate(this::ping, period, period, TimeUnit.MILLISECONDS);
                peer.opened();
                opened.request(WINDOW);
            });
        }

        @Override
        public @Nullable CompletableFuture<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (!last) {
                from.request(1);
                return null;
            }
            String json = parts.toString();
            parts.setLength(0);
            if (parts.capacity() > 1 << 20) {
                parts.trimToSize();
            }
            onLane(() -> arrived(from, json));
            return null;
        }

        private void arrived(WebSocket from, String json) {
            if (this != current) {
                return;
            }
            if (!live) {
                live = true;
                settling =
                        lane.schedule(
                                () -> budget.settled(),
                                rules.settle().toMillis(),
                                TimeUnit.MILLISECONDS);
                peer.state(new LinkState.Live());
            }
            peer.frame(json);
            from.request(1);
        }

        @Override
        public @Nullable CompletableFuture<?> onPong(WebSocket from, ByteBuffer message) {
            onLane(() -> pongAwaited = false);
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletableFuture<?> onClose(WebSocket from, int code, String reason) {
            onLane(() -> ended(this, Ending.ofCloseCode(code)));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            onLane(() -> ended(this, Ending.ofFailure(error)));
        }

        private void ping() {
            WebSocket open = socket;
            if (pongAwaited || open == null) {
                ended(this, new Ending.Lost("The server stopped answering."));
                return;
            }
            pongAwaited = true;
            open.sendPing(ByteBuffer.allocate(0));
        }

        void send(String json) {
            WebSocket open = socket;
            if (open != null) {
                // The JDK's socket takes one frame at a time.
                sending =
                        sending.handle((_, _) -> null).thenCompose(_ -> open.sendText(json, true));
            }
        }

        void drop() {
            dropped = true;
            if (ping != null) {
                ping.cancel(false);
            }
            if (settling != null) {
                settling.cancel(false);
            }
            WebSocket open = socket;
            if (open != null) {
                open.sendClose(WebSocket.NORMAL_CLOSURE, "")
                        .orTimeout(1, TimeUnit.SECONDS)
                        .whenComplete((_, _) -> open.abort());
            }
        }
    }
}
