package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.Capability;
import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.FeedListener;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.compat.ProtocolEffect.ListedSession;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.client.link.LinkContext;
import dev.oriel.client.link.ReconnectingWebSocket;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.message.UserMessages;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one socket to a server of another kind: gives events to its [ProtocolAdapter] and performs
/// the effects.
///
/// Such a server keeps no queue, so prompts wait in the outbox while a turn runs, and are sent one
/// by one. A prompt that was sent is not sent again, because the server would take it for a new
/// one.
///
/// Confined to the client's lane, except for [#isReady()] and [#socket()].
///
/// @param <S> the state of the adapter
final class CompatConnection<S> {
    private static final Duration POLL_PERIOD = Duration.ofSeconds(2);

    private final ServerKind kind;
    private final ProtocolAdapter<S> adapter;
    private final ServerAddress server;
    private final PromptOutbox outbox;
    private final LinkContext context;
    private final ReconnectingWebSocket socket;
    private final CompatSessions sessions;
    private final CompatRequests requests;
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
        this.outbox = outbox;
        this.context = context;
        this.state = adapter.initialState();
        this.sessions = new CompatSessions(kind, server, context.clock());
        this.requests = new CompatRequests(context.lane());
        this.socket = new ReconnectingWebSocket(context, new Frames(), _ -> {});
        context.lane().scheduleRepeatedly(this::pollTurns, POLL_PERIOD);
    }

    ReconnectingWebSocket socket() {
        return socket;
    }

    /// Whether a frame that is sent now reaches the server.
    boolean isReady() {
        return accepted;
    }

    /// Connects at once, unless the connection stands: the feed and a session may request it at the
    /// same time.
    void reconnect() {
        if (!accepted) {
            socket.reconnect();
        }
    }

    private static <T> CompletableFuture<T> failed(String code, String sentence) {
        return CompletableFuture.failedFuture(new ClientException(code, sentence));
    }

    // Listeners.

    void subscribeFeed(FeedListener listener) {
        sessions.addFeed(listener);
        socket.start();
        listener.onStatus(status);
        if (status instanceof ConnectionStatus.Live) {
            sessions.sendAllTo(listener);
        }
    }

    void unsubscribeFeed(FeedListener listener) {
        sessions.removeFeed(listener);
    }

    void subscribe(String id, SessionSubscriber subscriber) {
        socket.start();
        CompatSession session = sessions.find(id);
        if (session == null) {
            subscriber.onStatus(
                    new ConnectionStatus.Offline(
                            "The server does not know this session any more.",
                            ConnectionStatus.Reason.NOT_FOUND));
            return;
        }
        sessions.addSubscriber(id, subscriber);
        subscriber.onStatus(status);
        subscriber.catchUp(session);
        sendNextPrompt(session);
    }

    void unsubscribe(String id, SessionSubscriber subscriber) {
        sessions.removeSubscriber(id, subscriber);
    }

    @Nullable CompatSession findSession(String id) {
        return sessions.find(id);
    }

    // Requests.

    CompletableFuture<SessionInfo> createSession(NewSessionRequest options) {
        if (!kind.supports(Capability.SESSIONS)) {
            CompatSession only = sessions.findOrAdd(ProtocolAdapter.ONLY_SESSION);
            only.choose(options);
            on(new ProtocolEvent.SessionRequested(ProtocolAdapter.ONLY_SESSION, options));
            sessions.publishState(only);
            return CompletableFuture.completedFuture(only.info());
        }
        if (!accepted) {
            return CompletableFuture.failedFuture(CompatRequests.linkLost());
        }
        String id = UUID.randomUUID().toString();
        CompletableFuture<SessionInfo> created = requests.addCreation(id);
        on(new ProtocolEvent.SessionRequested(id, options));
        return created;
    }

    CompletableFuture<Void> deleteSession(String id) {
        CompatSession session = sessions.find(id);
        if (session == null) {
            return CompletableFuture.completedFuture(null);
        }
        if (kind.supports(Capability.SESSIONS) && !accepted) {
            return CompletableFuture.failedFuture(CompatRequests.linkLost());
        }
        CompletableFuture<Void> deleted = requests.addDeletion(session.serverName());
        on(new ProtocolEvent.SessionEndRequested(session.serverName()));
        return deleted;
    }

    /// @param holdQueue whether pending prompts are not sent until the user says so
    CompletableFuture<ObjectNode> interrupt(CompatSession session, boolean holdQueue) {
        if (!kind.supports(Capability.INTERRUPT)) {
            return failed(ErrorCode.UNSUPPORTED, "This server cannot stop an answer.");
        }
        setQueueHeld(session, holdQueue && !outbox.pending(session.id()).isEmpty());
        CompletableFuture<ObjectNode> confirmed = requests.addInterrupt(session.serverName());
        session.interruptTurn();
        sessions.publishState(session);
        on(new ProtocolEvent.InterruptRequested(session.serverName()));
        return confirmed;
    }

    private void setQueueHeld(CompatSession session, boolean held) {
        if (session.setQueueHeld(held)) {
            sessions.publish(session, session.queueMessage());
        }
    }

    CompletableFuture<ObjectNode> setMode(CompatSession session, @Nullable String mode) {
        return adapter.canChangeMode()
                ? choose(session, mode, null)
                : failed(
                        ErrorCode.UNSUPPORTED,
                        "The permission mode cannot be changed on this server.");
    }

    CompletableFuture<ObjectNode> setModel(CompatSession session, @Nullable String model) {
        return kind.supports(Capability.MODEL)
                ? choose(session, null, model)
                : failed(ErrorCode.UNSUPPORTED, "The model cannot be chosen on this server.");
    }

    private CompletableFuture<ObjectNode> choose(
            CompatSession session, @Nullable String mode, @Nullable String model) {
        session.choose(new NewSessionRequest(null, null, model, mode));
        on(new ProtocolEvent.OptionsChosen(mode, model));
        sessions.publishState(session);
        return CompletableFuture.completedFuture(Json.object());
    }

    /// Sends the next prompt of a session, also if its queue was held.
    void sendPending(CompatSession session) {
        setQueueHeld(session, false);
        sendNextPrompt(session);
    }

    /// Resolves an ask.
    ///
    /// @param response a whole `control_response`
    void resolveAsk(String id, Message response) {
        CompatSession session = sessions.find(id);
        String requestId = String.valueOf(response.requestId());
        if (session != null && session.removeAsk(requestId)) {
            on(
                    new ProtocolEvent.AskResolved(
                            session.serverName(),
                            requestId,
                            response.tree().path("response").path("response")));
            sessions.publishState(session);
        }
    }

    private void pollTurns() {
        if (accepted && sessions.all().stream().anyMatch(CompatSession::isRunning)) {
            on(new ProtocolEvent.TurnPollDue());
        }
    }

    /// Sends the session's next prompt, if there is one and no turn runs.
    private void sendNextPrompt(CompatSession session) {
        if (session.isRunning() || session.isQueueHeld() || !accepted) {
            return;
        }
        List<Message> pending = outbox.pending(session.id());
        if (pending.isEmpty()) {
            return;
        }
        Message prompt = pending.getFirst();
        String uuid = String.valueOf(prompt.uuid());
        outbox.remove(uuid);
        String text = UserMessages.text(prompt.tree());
        session.startTurn(text, context.clock().instant());
        publish(session, prompt);
        sessions.publishState(session);
        on(new ProtocolEvent.PromptSubmitted(session.serverName(), uuid, text));
    }

    // Effects.

    /// Passes an event to the adapter, and performs its effects in order. The end of a turn sends
    /// the next prompt, which is an event itself: its effects come before the remaining ones.
    private void on(ProtocolEvent event) {
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
            case ProtocolEffect.Publish(String name, Message message) ->
                    ifPresent(name, session -> publish(session, message));
            case ProtocolEffect.StartTurn(String name) -> ifPresent(name, this::startTurn);
            case ProtocolEffect.FinishTurn(String name) -> ifPresent(name, this::finishTurn);
            case ProtocolEffect.ConfirmInterrupt(String name) -> requests.onInterrupted(name);
            case ProtocolEffect.AddSession(ListedSession listed) -> {
                CompatSession added = sessions.findOrAdd(listed.id());
                added.update(listed);
                sessions.publishState(added);
                requests.onCreated(listed.id(), added.info());
            }
            case ProtocolEffect.ReplaceSessions(List<ListedSession> all) -> replaceSessions(all);
            case ProtocolEffect.RemoveSession(String name) -> removeSession(name);
            case ProtocolEffect.RejectRequest(String name, String cause) ->
                    requests.onRejected(name, cause);
            case ProtocolEffect.ReportProblem(String problem) -> reportProblem(problem);
            case ProtocolEffect.Note(String text) -> context.log().appendNote("", text);
        }
    }

    /// Drops an effect on a session that is not there: the server may still send frames of a turn
    /// whose session was deleted.
    private void ifPresent(String name, Consumer<CompatSession> effect) {
        CompatSession session = sessions.findByServerName(name);
        if (session != null) {
            effect.accept(session);
        }
    }

    private void publish(CompatSession session, Message message) {
        if (message.is(MessageType.CONTROL_CANCEL_REQUEST)
                && !session.removeAsk(String.valueOf(message.requestId()))) {
            // It was resolved here, so the subscribers know.
            return;
        }
        Message appended = session.receive(message);
        sessions.publish(session, appended);
        if (message.type().startsWith("control_")
                || message.is(MessageType.RESULT)
                || message.is(MessageType.SYSTEM, SystemSubtype.INIT)) {
            sessions.publishState(session);
        }
    }

    /// A turn whose prompt is not known.
    private void startTurn(CompatSession session) {
        session.startTurn("", context.clock().instant());
        sessions.publishState(session);
    }

    private void finishTurn(CompatSession session) {
        session.finishTurn(context.clock().instant());
        requests.onInterrupted(session.serverName());
        sessions.publishState(session);
        sendNextPrompt(session);
    }

    private void replaceSessions(List<ListedSession> all) {
        List<String> names = all.stream().map(ListedSession::id).toList();
        all.forEach(listed -> sessions.findOrAdd(listed.id()).update(listed));
        for (CompatSession known : sessions.all()) {
            String name = known.serverName();
            if (!names.contains(name) && !requests.isChanging(name)) {
                removeSession(name);
            }
        }
        sessions.sendAll();
    }

    private void removeSession(String name) {
        CompatSession removed = sessions.remove(name);
        if (removed != null) {
            outbox.removeSession(removed.id());
        }
        requests.onDeleted(name);
    }

    private void reportProblem(String problem) {
        context.log().appendNote("", problem);
        sessions.publishToAll(CliMessages.problem(problem));
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
            on(new ProtocolEvent.FrameReceived(text));
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
                sessions.all().forEach(CompatConnection.this::sendNextPrompt);
            } else {
                requests.failAll(CompatRequests.linkLost());
            }
        }
    }
}
