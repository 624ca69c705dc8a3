package dev.oriel.client.compat;

import dev.oriel.client.Capability;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import dev.oriel.client.compat.protocol.CliMessages;
import dev.oriel.client.compat.protocol.ProtocolAdapter;
import dev.oriel.client.compat.protocol.ProtocolEffect;
import dev.oriel.client.compat.protocol.ProtocolEvent;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.client.link.LinkContext;
import dev.oriel.client.link.ReconnectingWebSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The one socket to a server of another kind: gives events to its [ProtocolAdapter] and performs
/// the effects, those on the connection itself and by a [SessionEffects] all others.
///
/// Confined to the client's lane, except for [#isAccepted()] and [#socket()].
///
/// @param <S> the state of the adapter
final class CompatConnection<S> {
    private static final Duration POLL_PERIOD = Duration.ofSeconds(2);

    private final ServerKind kind;
    private final ProtocolAdapter<S> adapter;
    private final ServerAddress server;
    private final LinkContext context;
    private final ReconnectingWebSocket socket;
    private final CompatSessions sessions;
    private final CompatRequests requests;
    private final PromptSender prompts;
    private final SessionEffects sessionEffects;
    private S state;
    private ConnectionStatus status = new ConnectionStatus.Connecting();

    /// Whether the server has accepted the connection. Written on the lane, read by any thread.
    private volatile boolean accepted;

    CompatConnection(
            ServerKind kind,
            ProtocolAdapter<S> adapter,
            ServerAddress server,
            PromptOutbox outbox,
            LinkContext context) {
        this.kind = kind;
        this.adapter = adapter;
        this.server = server;
        this.context = context;
        this.state = adapter.initialState();
        this.sessions = new CompatSessions(kind, server, context.clock());
        this.requests = new CompatRequests(context.lane());
        this.prompts =
                new PromptSender(outbox, sessions, context.clock(), this::on, this::isAccepted);
        this.sessionEffects =
                new SessionEffects(sessions, requests, prompts, outbox, context.clock());
        this.socket = new ReconnectingWebSocket(context, new Frames(), _ -> {});
        context.lane().scheduleRepeatedly(this::pollTurns, POLL_PERIOD);
    }

    ReconnectingWebSocket socket() {
        return socket;
    }

    CompatSessions sessions() {
        return sessions;
    }

    CompatRequests requests() {
        return requests;
    }

    PromptSender prompts() {
        return prompts;
    }

    /// The status that was reported last.
    ConnectionStatus status() {
        return status;
    }

    /// Whether a frame that is sent now reaches the server.
    boolean isAccepted() {
        return accepted;
    }

    /// Connects at once, unless the connection stands: the feed and a session may request it at the
    /// same time.
    void reconnect() {
        if (!accepted) {
            socket.reconnect();
        }
    }

    /// Passes an event to the adapter, and performs its effects in order. The end of a turn sends
    /// the next prompt, which is an event itself: its effects come before the remaining ones.
    void on(ProtocolEvent event) {
        ProtocolAdapter.Step<S> step = adapter.on(state, event);
        state = step.state();
        step.effects().forEach(this::perform);
    }

    private void perform(ProtocolEffect effect) {
        switch (effect) {
            case ProtocolEffect.Accept _ -> {
                accepted = true;
                socket.markLive();
            }
            case ProtocolEffect.SendFrame(String text) -> socket.send(text);
            case ProtocolEffect.ReplaceConnection _ -> {
                accepted = false;
                socket.replaceConnection();
            }
            case ProtocolEffect.ReportProblem(String problem) -> {
                context.log().appendNote("", problem);
                sessions.publishToAll(CliMessages.problem(problem));
            }
            case ProtocolEffect.Note(String text) -> context.log().appendNote("", text);
            case ProtocolEffect.OnSessions onSessions -> sessionEffects.perform(onSessions);
        }
    }

    private void pollTurns() {
        if (accepted && sessions.all().stream().anyMatch(CompatSession::isRunning)) {
            on(new ProtocolEvent.TurnPollDue());
        }
    }

    /// Turns what happens to the socket into events.
    private final class Frames implements ReconnectingWebSocket.Handler {
        @Override
        public URI address(String credential) {
            return adapter.address(server, credential);
        }

        @Override
        public void onOpen(String credential) {
            on(new ProtocolEvent.Opened(credential));
        }

        @Override
        public @Nullable CompletionStage<?> onFrame(String text) {
            boolean before = accepted;
            on(new ProtocolEvent.FrameReceived(text));
            if (accepted && !before) {
                // After all effects: the frame may also tell which sessions are left.
                sessions.all().forEach(prompts::sendNext);
            }
            return sessions.ready();
        }

        @Override
        public DisconnectReason onDisconnect(DisconnectReason usual, int code, String reason) {
            accepted = false;
            on(new ProtocolEvent.Closed(code, reason));
            return adapter.disconnectReason(state, usual, code, reason);
        }

        @Override
        public void onStatus(ConnectionStatus now) {
            status = now;
            accepted &= now instanceof ConnectionStatus.Live;
            sessions.publishStatus(now);
            if (now instanceof ConnectionStatus.Live) {
                if (!kind.supports(Capability.SESSIONS)) {
                    sessions.sendAll();
                }
            } else {
                requests.failAll(CompatRequests.linkLost());
            }
        }
    }
}
