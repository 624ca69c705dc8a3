package dev.oriel.client.link;

import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.ConnectionStatus.Reason;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.link.SocketState.Trigger;
import dev.oriel.message.CloseCode;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One WebSocket that reconnects by itself, within the budget of its [ReconnectPolicy].
///
/// **Threads.** Its state is confined to the lane. Public methods may be called from any thread,
/// unless they say otherwise. The [Handler] is called on the lane, in order; while it is busy no
/// further frame is read from the socket, beyond a small window.
public final class ReconnectingWebSocket implements AutoCloseable {
    /// The user of the connection. All methods are called on the lane.
    public interface Handler {
        /// The address to connect to; asked before every attempt.
        ///
        /// @param credential as it was read for this attempt. It is sent as a header anyway; it
        ///   belongs into the URL only where the protocol puts it there
        URI address(String credential);

        /// The socket is open: send the first frames.
        void onOpen(String credential);

        /// A text frame was received. Call [ReconnectingWebSocket#markLive()] once a frame proves
        /// that the server accepted us.
        ///
        /// @return null if the frame is processed, or a stage that completes then; the next frame
        ///   is read after it
        @Nullable CompletionStage<?> onFrame(String text);

        /// The connection, or an attempt at one, ended.
        ///
        /// @param usual the meaning of the code on the native wire, or what failed
        /// @param code the close code; 1006 if there was none
        /// @return the meaning on this wire, which decides whether another attempt follows
        default DisconnectReason onDisconnect(DisconnectReason usual, int code, String reason) {
            return usual;
        }

        /// The status changed.
        void onStatus(ConnectionStatus status);
    }

    private final LinkContext context;
    private final ReconnectPolicy policy;
    private final ClientLane lane;
    private final Handler handler;
    private final Consumer<ReconnectingWebSocket> onClosed;

    // Confined to the lane.
    private SocketState state = new SocketState.Unstarted();
    private ReconnectBudget budget;

    /// Resets the budget once a connection has lasted; null while none is live.
    private ClientLane.@Nullable Timer budgetReset;

    /// Creates a connection that does nothing until [#start()].
    ///
    /// @param onClosed called on the lane after [#close()]
    public ReconnectingWebSocket(
            LinkContext context, Handler handler, Consumer<ReconnectingWebSocket> onClosed) {
        this.context = context;
        this.policy = context.policy();
        this.lane = context.lane();
        this.handler = handler;
        this.onClosed = onClosed;
        this.budget = new ReconnectBudget(policy);
    }

    /// Connects. Has an effect once.
    public void start() {
        lane.execute(() -> {
            if (state instanceof SocketState.Unstarted) {
                handler.onStatus(new ConnectionStatus.Connecting());
                connect();
            }
        });
    }

    /// Connects at once, with a fresh budget. A connection that exists is dropped.
    public void reconnect() {
        lane.execute(() -> {
            if (!(state instanceof SocketState.Closed)) {
                budget = new ReconnectBudget(policy);
                dropConnection();
                handler.onStatus(new ConnectionStatus.Connecting());
                connect();
            }
        });
    }

    /// For moments at which the connection is likely to be down or to come back, such as the window
    /// getting the focus. A connection that stands must answer a ping within five seconds. A delay
    /// between attempts without limit ends at once; a limited budget is not spent faster.
    public void check() {
        lane.execute(() -> {
            if (state instanceof SocketState.Waiting && policy.isUnlimited()) {
                dropConnection();
                connect();
            }
            state.currentAttempt().ifPresent(ConnectionAttempt::check);
        });
    }

    /// Sends a frame if the socket is open, and otherwise drops it: what must not be lost is sent
    /// again in [Handler#onOpen].
    public void send(String text) {
        lane.execute(() -> state.currentAttempt().ifPresent(a -> a.send(text)));
    }

    /// Records that the server accepted us. On the lane; only the first call of a connection has an
    /// effect.
    public void markLive() {
        if (state instanceof SocketState.Open) {
            state = state.on(new Trigger.Accepted());
            budgetReset = lane.schedule(() -> budget.reset(), policy.resetAfter());
            handler.onStatus(new ConnectionStatus.Live());
        }
    }

    /// Ends the connection as if it was lost: whether another attempt follows, and when, is decided
    /// by the policy. On the lane; does nothing without a connection.
    ///
    /// @param cause a sentence for the user
    public void markLost(String cause) {
        state.currentAttempt()
                .ifPresent(attempt -> {
                    attempt.drop();
                    onEnd(new DisconnectReason.Lost(cause), CloseCode.ABNORMAL, "");
                });
    }

    /// Replaces the connection by a new one at once. On the lane.
    public void replaceConnection() {
        if (!(state instanceof SocketState.Closed)) {
            dropConnection();
            connect();
        }
    }

    /// Closes the connection for good. Has an effect once.
    @Override
    public void close() {
        lane.execute(() -> {
            if (!(state instanceof SocketState.Closed)) {
                dropConnection();
                state = state.on(new Trigger.Close());
                handler.onStatus(new ConnectionStatus.Offline("Closed.", Reason.CLOSED));
                onClosed.accept(this);
            }
        });
    }

    private void connect() {
        ConnectionAttempt attempt = new ConnectionAttempt(context, new AttemptEvents());
        state = state.on(new Trigger.Connect(attempt));
        attempt.connect(handler::address);
    }

    /// Ends whatever is under way; the caller sets the next state.
    private void dropConnection() {
        if (state instanceof SocketState.Waiting(ReconnectDelay delay)) {
            delay.cancel();
        }
        state.currentAttempt().ifPresent(ConnectionAttempt::drop);
        cancelBudgetReset();
    }

    private void cancelBudgetReset() {
        if (budgetReset != null) {
            budgetReset.cancel();
            budgetReset = null;
        }
    }

    private void onEnd(DisconnectReason usual, int code, String reason) {
        cancelBudgetReset();
        switch (budget.next(handler.onDisconnect(usual, code, reason))) {
            case ReconnectBudget.Next.Immediately _ -> connect();
            case ReconnectBudget.Next.GiveUp(String cause, Reason kind) -> {
                state = state.on(new Trigger.GiveUp());
                handler.onStatus(new ConnectionStatus.Offline(cause, kind));
            }
            case ReconnectBudget.Next.Retry(
                            Duration delay,
                            int number,
                            int maxAttempts,
                            String cause) -> {
                state = state.on(new Trigger.Wait(delay(delay)));
                handler.onStatus(
                        new ConnectionStatus.Reconnecting(
                                number, maxAttempts, context.clock().instant().plus(delay), cause));
            }
        }
    }

    private ReconnectDelay delay(Duration length) {
        return new ReconnectDelay(
                lane,
                length,
                policy.isUnlimited() ? context.connectivity().get() : null,
                () -> {
                    dropConnection();
                    connect();
                });
    }

    /// The events of the current attempt: one that was dropped sends none.
    private final class AttemptEvents implements ConnectionAttempt.Events {
        @Override
        public void onOpen(String credential) {
            state = state.on(new Trigger.Opened());
            handler.onOpen(credential);
        }

        @Override
        public @Nullable CompletionStage<?> onFrame(String text) {
            return handler.onFrame(text);
        }

        @Override
        public void onEnd(DisconnectReason usual, int code, String reason) {
            ReconnectingWebSocket.this.onEnd(usual, code, reason);
        }
    }
}
