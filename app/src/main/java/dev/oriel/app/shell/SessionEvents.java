package dev.oriel.app.shell;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.app.composer.TurnState;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.session.OpenSession;
import dev.oriel.app.toast.Toasts;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.SessionInfo;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Distributes the events of one open session to the conversation, the asks, the composer and the
/// status line. Belongs to the JavaFX thread.
final class SessionEvents implements OpenSession.Listener {
    private final ConversationModel conversation;
    private final ComposerViewModel composer;
    private final AsksViewModel asks;
    private final Toasts toasts;
    private final ConnectionTracker connections;
    private final Runnable updateStatus;
    private final Consumer<SessionInfo> onInfo;
    private final Consumer<JsonNode> onRateLimit;

    private final UnbegunPrompt unbegun = new UnbegunPrompt();

    /// Whether the server has sent the session's state over this connection; until then messages
    /// may be replayed ones.
    private boolean caughtUp;

    /// Asks that the server has sent since the connection was made.
    private Set<String> replayedAsks = new HashSet<>();

    /// Asks that the server still sends of those that are open, after the session's state. Until
    /// then it is not known which of the asks before were resolved while there was no connection.
    private int asksToCome;

    /// True from when a connection is made until the server has sent the session's state over it.
    private boolean newlyConnected;

    /// @param updateStatus called after each batch of messages
    /// @param onInfo receives what the session reports about itself
    /// @param onRateLimit receives what the agent reports about a limit of the user's plan
    SessionEvents(
            ConversationModel conversation,
            ComposerViewModel composer,
            AsksViewModel asks,
            Toasts toasts,
            ConnectionTracker connections,
            Runnable updateStatus,
            Consumer<SessionInfo> onInfo,
            Consumer<JsonNode> onRateLimit) {
        this.conversation = conversation;
        this.composer = composer;
        this.asks = asks;
        this.toasts = toasts;
        this.connections = connections;
        this.updateStatus = updateStatus;
        this.onInfo = onInfo;
        this.onRateLimit = onRateLimit;
    }

    @Override
    public void onStatus(ConnectionStatus status) {
        if (status instanceof ConnectionStatus.Live) {
            replayedAsks = new HashSet<>();
            asksToCome = 0;
            newlyConnected = true;
        } else {
            caughtUp = false;
        }
        // What happened while there was no connection is not known.
        unbegun.finish();
        connections.setSession(status);
    }

    @Override
    public void onLatestPage(HistoryPage page) {
        conversation.showLatest(page.messages(), page.hasMore());
    }

    @Override
    public void onMessages(List<Message> batch) {
        try {
            conversation.receive(batch);
        } finally {
            // A message that the conversation cannot show must not cost an ask or a state.
            batch.forEach(this::onMessage);
            updateStatus.run();
        }
    }

    @Override
    public void onQueue(List<QueuedPrompt> waiting, boolean held) {
        // A prompt that is on its way to an idle session becomes a turn at once: it gets no card.
        boolean immediate =
                !held
                        && connections.current() instanceof ConnectionStatus.Live
                        && !composer.turn().get().isBusy();
        composer.updateQueue(
                immediate ? waiting.stream().filter(QueuedPrompt::sent).toList() : waiting, held);
    }

    private void onMessage(Message message) {
        unbegun.receive(message);
        asks.receive(message, composer.turn().get() instanceof TurnState.Interrupting);
        switch (message.type()) {
            case MessageType.CONTROL_REQUEST -> {
                if (message.requestId() != null) {
                    replayedAsks.add(message.requestId());
                }
                if (asksToCome > 0 && --asksToCome == 0) {
                    asks.retainOnly(replayedAsks);
                }
            }
            case MessageType.RESULT -> onTurnFinished();
            case MessageType.SYSTEM -> onSystemMessage(message);
            case MessageType.RATE_LIMIT_EVENT ->
                    onRateLimit.accept(message.tree().path("rate_limit_info"));
            case MessageType.ERROR ->
                    toasts.error(
                            message.tree()
                                    .path("error")
                                    .path("message")
                                    .asText("The server refused a message."));
            default -> {
                // Only the conversation shows it.
            }
        }
    }

    private void onSystemMessage(Message message) {
        switch (message.subtype()) {
            case SystemSubtype.ORIEL_SESSION -> {
                SessionInfo info = SessionInfo.fromMessage(message);
                if (info != null) {
                    onSessionInfo(info);
                    if (newlyConnected) {
                        newlyConnected = false;
                        asksToCome = message.tree().path("session").path("asks").asInt();
                    }
                }
            }
            case SystemSubtype.ORIEL_AGENT_EXITED -> onTurnFinished();
            case null, default -> {
                // Only the conversation shows it.
            }
        }
    }

    private void onTurnFinished() {
        if (caughtUp) {
            setBusy(false);
        } else {
            unbegun.finish();
        }
    }

    private void setBusy(boolean busy) {
        boolean cancelled = !busy && composer.turn().get() instanceof TurnState.Interrupting;
        composer.setBusy(busy);
        if (!busy) {
            unbegun.finish().filter(_ -> cancelled).ifPresent(composer::takeBack);
        }
    }

    private void onSessionInfo(SessionInfo info) {
        caughtUp = true;
        onInfo.accept(info);
        setBusy(info.activity().isBusy());
        if (!info.activity().isAsking()) {
            asks.retainOnly(replayedAsks);
        }
    }
}
