package dev.oriel.client.link;

import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.ConnectionStatus.Reason;
import dev.oriel.client.ReconnectPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One WebSocket that reconnects by itself, within the budget of its [ReconnectPolicy].
///
/// **Threads.** All state belongs to the lane, one thread; public methods may be called from any.
/// The peer hears everything on the lane, in order; while it works no further frame is read, beyond
/// a small window.
public final class ReconnectingWebSocket implements AutoCloseable {
    /// How long a connection that is checked may take to answer a ping.
    private static final long ANSWER_SECONDS = 5;

    /// Whom the link serves.
    public interface Handler {
        /// Where to connect; asked before every attempt.
        ///
        /// @param credential as it was read for this attempt; it belongs into a URL only where the
        ///   server's own system puts it there
        URI address(String credential);

        /// The socket is open: what must go out first goes out now.
        void onOpen(String credential);

        /// One text frame. Whoever is convinced by it that the server is there for us says so with
        /// [ReconnectingWebSocket#markLive()].
        void onFrame(String text);

        /// The connection, or an attempt at one, ended.
        ///
        /// @param usual what the code means on the native wire, or what failed
        /// @param code the close code; 1006 where there was none
        /// @return what it means here
        default DisconnectReason onDisconnect(DisconnectReason usual, int code, String reason) {
            return usual;
        }

        void onStatus(ConnectionStatus state);
    }

    private final LinkContext wire;
    private final ReconnectPolicy rules;
    private final ScheduledExecutorService lane;
    private final Handler peer;
    private final Consumer<ReconnectingWebSocket> onClosed;

    // Guarded by the lane.
    private ReconnectBudget budget;
    private @Nullable Attempt current;

    /// Before the next attempt.
    private @Nullable ReconnectDelay pause;

    private boolean closed;

    public ReconnectingWebSocket(
            LinkContext wire, Handler peer, Consumer<ReconnectingWebSocket> onClosed) {
        this.wire = wire;
        this.rules = wire.rules();
        this.lane = wire.lane();
        this.peer = peer;
        this.onClosed = onClosed;
        this.budget = new ReconnectBudget(rules);
    }

    public void start() {
        onLane(() -> {
            peer.onStatus(new ConnectionStatus.Connecting());
            connect();
        });
    }

    /// Tries at once, with a fresh budget; whatever connection there is, is dropped.
    public void reconnect() {
        onLane(() -> {
            if (!closed) {
                budget = new ReconnectBudget(rules);
                forget();
                peer.onStatus(new ConnectionStatus.Connecting());
                connect();
            }
        });
    }

    /// For moments at which the connection is likely to be down or to come back, such as the window
    /// getting the focus. A connection that stands must answer a ping within [#ANSWER_SECONDS]; a
    /// pause between attempts without limit ends at once. A limited budget is not spent faster.
    public void check() {
        onLane(() -> {
            if (pause != null) {
                if (rules.isUnlimited()) {
                    attemptNow();
                }
            } else if (current != null) {
                current.check();
            }
        });
    }

    /// Sends a frame if the socket is open, and otherwise nothing: who must not lose it sends it
    /// again when `opened`.
    public void send(String json) {
        onLane(() -> {
            if (current != null) {
                current.send(json);
            }
        });
    }

    /// The server is there for us: told once a connection, on the lane.
    public void markLive() {
        if (current != null) {
            current.admitted();
        }
    }

    /// Ends this connection on purpose, on the lane; another one is made at once.
    public void replaceConnection() {
        forget();
        connect();
    }

    @Override
    public void close() {
        onLane(() -> {
            if (!closed) {
                closed = true;
                forget();
                peer.onStatus(new ConnectionStatus.Offline("Closed.", Reason.CLOSED));
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
        String credential;
        try {
            credential = wire.token().token();
        } catch (IOException _) {
            ended(attempt, new DisconnectReason.Lost("The server's token cannot be read."));
            return;
        }
        attempt.credential = credential;
        URI address = peer.address(credential);
        attempt.channel = address.getPath();
        WebSocket.Builder builder =
                wire.http().newWebSocketBuilder().connectTimeout(rules.connectTimeout());
        if (!credential.isEmpty()) {
            builder.header("Authorization", "Bearer " + credential);
            wire.log().addSecret(credential);
        }
        builder.buildAsync(address, attempt)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        onLane(() ->
                                over(
                                        attempt,
                                        DisconnectReason.fromFailedAttempt(failure),
                                        1006,
                                        ""));
                    }
                });
    }

    private void over(Attempt attempt, DisconnectReason usual, int code, String reason) {
        if (attempt == current) {
            wire.log().appendNote(attempt.channel, closing(usual, code, reason));
            ended(attempt, peer.onDisconnect(usual, code, reason));
        }
    }

    private static String closing(DisconnectReason usual, int code, String reason) {
        return code == 1006
                ? usual.description()
                : "closed with " + code + (reason.isEmpty() ? "" : ": " + reason);
    }

    private void ended(Attempt attempt, DisconnectReason ending) {
        if (attempt != current) {
            return;
        }
        forget();
        switch (budget.next(ending)) {
            case ReconnectBudget.Next.Immediately _ -> connect();
            case ReconnectBudget.Next.GiveUp(String why, Reason reason) ->
                    peer.onStatus(new ConnectionStatus.Offline(why, reason));
            case ReconnectBudget.Next.Retry(Duration in, int number, int of, String why) -> {
                peer.onStatus(
                        new ConnectionStatus.Reconnecting(
                                number, of, wire.clock().instant().plus(in), why));
                pause = new ReconnectDelay(lane, in, this::attemptNow);
                if (rules.isUnlimited()) {
                    pause.endEarlyOn(wire.connectivity().get());
                }
            }
        }
    }

    private void attemptNow() {
        endPause();
        connect();
    }

    private void endPause() {
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
    }

    private void forget() {
        endPause();
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

        /// Ends a connection whose check is not answered.
        private @Nullable ScheduledFuture<?> checking;

        private String credential = "";
        private String channel = "";
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
                long period = rules.pingInterval().toMillis();
                ping = lane.scheduleAtFixedRate(this::ping, period, period, TimeUnit.MILLISECONDS);
                wire.log().appendNote(channel, "open");
                peer.onOpen(credential);
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
            try {
                wire.log().appendReceived(channel, json);
                peer.onFrame(json);
            } finally {
                from.request(1);
            }
        }

        void admitted() {
            if (!live) {
                live = true;
                settling =
                        lane.schedule(
                                () -> budget.reset(),
                                rules.resetAfter().toMillis(),
                                TimeUnit.MILLISECONDS);
                peer.onStatus(new ConnectionStatus.Live());
            }
        }

        @Override
        public @Nullable CompletableFuture<?> onPong(WebSocket from, ByteBuffer message) {
            onLane(() -> pongAwaited = false);
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletableFuture<?> onClose(WebSocket from, int code, String reason) {
            onLane(() -> over(this, DisconnectReason.fromCloseCode(code), code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            onLane(() -> over(this, DisconnectReason.fromFailure(error), 1006, ""));
        }

        private void ping() {
            WebSocket open = socket;
            if (checking != null) {
                return;
            }
            if (pongAwaited || open == null) {
                silent();
                return;
            }
            pongAwaited = true;
            open.sendPing(ByteBuffer.allocate(0));
        }

        private void silent() {
            over(this, new DisconnectReason.Lost("The server stopped answering."), 1006, "");
        }

        void check() {
            WebSocket open = socket;
            if (open == null || checking != null) {
                return;
            }
            pongAwaited = true;
            open.sendPing(ByteBuffer.allocate(0));
            checking =
                    lane.schedule(
                            () -> {
                                checking = null;
                                if (pongAwaited) {
                                    silent();
                                }
                            },
                            ANSWER_SECONDS,
                            TimeUnit.SECONDS);
        }

        void send(String json) {
            WebSocket open = socket;
            if (open != null) {
                wire.log().appendSent(channel, json);
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
            if (checking != null) {
                checking.cancel(false);
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
