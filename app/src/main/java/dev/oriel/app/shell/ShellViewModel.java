package dev.oriel.app.shell;

import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.composer.ComposerTarget;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.app.composer.TurnState;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.session.OpenSession;
import dev.oriel.app.toast.Toasts;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.SessionInfo;
import dev.oriel.message.Message;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import org.jspecify.annotations.Nullable;

/// The page that is open, and what holds its parts together: a session's messages go from here to
/// the transcript, the asks, the composer and the header. Belongs to the JavaFX thread.
public final class ShellViewModel {
    private final ComposerViewModel composer;
    private final AsksViewModel asks;
    private final Toasts toasts;

    private final ReadOnlyObjectWrapper<WindowPage> page;
    private final ReadOnlyObjectWrapper<@Nullable ConversationModel> conversation =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<PageHeader> header =
            new ReadOnlyObjectWrapper<>(PageHeader.forNewSession());
    private final StatusLine statusLine;
    private final ReadOnlyObjectWrapper<UnsupportedFeatures> unsupported =
            new ReadOnlyObjectWrapper<>(UnsupportedFeatures.NONE);
    private final NewSessionDraft draft = new NewSessionDraft();
    private final ComposerOptions options;

    private @Nullable OpenSession openSession;
    private ConnectionStatus feedStatus = new ConnectionStatus.Connecting();
    private ConnectionStatus sessionStatus = new ConnectionStatus.Connecting();
    private boolean caughtUp;
    private Set<String> replayedAsks = new HashSet<>();

    public ShellViewModel(
            ComposerViewModel composer,
            AsksViewModel asks,
            Toasts notices,
            Scheduler delay,
            Clock clock) {
        this.composer = composer;
        this.asks = asks;
        this.toasts = notices;
        this.page = new ReadOnlyObjectWrapper<>(new WindowPage.NewSession(draft));
        this.statusLine = new StatusLine(delay, clock, this::updateStatus);
        this.options =
                new ComposerOptions(
                        () -> openSession, header.getReadOnlyProperty(), draft, notices, delay);
        draft.agent().subscribe(_ -> updateAddressee());
    }

    private void updateAddressee() {
        AgentChoice chosen = draft.agent().get();
        if (page.get() instanceof WindowPage.NewSession) {
            composer.setAddressee(chosen != null && chosen.demo() ? "the demo" : "Claude");
        }
    }

    /// Shows the page on which a session begins.
    public void showNewSession(ComposerTarget begin) {
        closeSession();
        page.set(new WindowPage.NewSession(draft));
        header.set(PageHeader.forNewSession());
        conversation.set(null);
        asks.attach("", _ -> false);
        composer.attach(begin);
        updateAddressee();
        updateConnection();
    }

    /// Shows a session.
    ///
    /// @param known what the feed said of it last
    public void showSession(
            SessionInfo known,
            ConversationModel held,
            Function<OpenSession.Listener, OpenSession> opening) {
        closeSession();
        page.set(new WindowPage.Conversation(known.id()));
        header.set(PageHeader.from(known));
        conversation.set(held);
        sessionStatus = new ConnectionStatus.Connecting();
        caughtUp = false;
        OpenSession session = opening.apply(new SessionEvents());
        openSession = session;
        asks.attach(known.id(), response -> sendResponse(session, held, response));
        composer.attach(session);
        composer.setAddressee(header.get().isDemo() ? "the demo" : "Claude");
        session.start(held.lastSeq());
        updateConnection();
    }

    /// Performs the retries that the open conversation offers.
    public ConversationModel.Retries retries() {
        return new ConversationModel.Retries() {
            @Override
            public void retryUnsent() {
                options.resumeQueue();
            }

            @Override
            public void retryPrompt(String text) {
                composer.sendAgain(text);
            }
        };
    }

    private static boolean sendResponse(
            OpenSession session, ConversationModel talk, Message response) {
        boolean sent = session.sendResponse(response);
        if (sent && response.requestId() != null) {
            talk.onAskResolved(response.requestId());
        }
        return sent;
    }

    private void closeSession() {
        options.clear();
        if (openSession != null) {
            openSession.close();
            openSession = null;
        }
    }

    private final class SessionEvents implements OpenSession.Listener {
        @Override
        public void onStatus(ConnectionStatus state) {
            if (state instanceof ConnectionStatus.Offline(_, ConnectionStatus.Reason reason)
                    && reason == ConnectionStatus.Reason.CLOSED) {
                // Closed from here: whoever did so says why.
                return;
            }
            boolean left =
                    sessionStatus
                                    instanceof
                                    ConnectionStatus.Offline(_, ConnectionStatus.Reason said)
                            && said == ConnectionStatus.Reason.CLOSED;
            if (left && !(state instanceof ConnectionStatus.Live)) {
                // Of the connection that was closed from here; it was on its way.
                return;
            }
            if (state instanceof ConnectionStatus.Live) {
                replayedAsks = new HashSet<>();
            }
            sessionStatus = state;
            updateConnection();
        }

        @Override
        public void onLatestPage(HistoryPage page) {
            if (conversation.get() != null) {
                conversation.get().showLatest(page.messages(), page.hasMore());
            }
        }

        @Override
        public void onMessages(List<Message> batch) {
            try {
                if (conversation.get() != null) {
                    conversation.get().receive(batch);
                }
            } finally {
                // A message that cannot be shown costs no ask and no state.
                batch.forEach(ShellViewModel.this::onMessage);
                updateStatus();
            }
        }

        @Override
        public void onQueue(List<QueuedPrompt> queued, boolean held) {
            // What is on its way to a quiet session is not worth a card: it becomes a turn at once.
            boolean passing =
                    !held
                            && sessionStatus instanceof ConnectionStatus.Live
                            && !composer.turn().get().isBusy();
            composer.updateQueue(
                    passing ? queued.stream().filter(QueuedPrompt::sent).toList() : queued, held);
        }
    }

    private void onMessage(Message message) {
        asks.receive(message, composer.turn().get() instanceof TurnState.Stopping);
        switch (message.type()) {
            case "control_request" -> {
                if (message.requestId() != null) {
                    replayedAsks.add(message.requestId());
                }
            }
            case "result" -> {
                if (caughtUp) {
                    composer.setBusy(false);
                }
            }
            case "system" -> onSystemMessage(message);
            case "error" ->
                    toasts.error(
                            message.tree()
                                    .path("error")
                                    .path("message")
                                    .asText("The server refused a message."));
            default -> {
                // Only matters to the conversation.
            }
        }
    }

    private void onSystemMessage(Message message) {
        switch (message.subtype()) {
            case "oriel_session" -> {
                SessionInfo now = SessionInfo.fromMessage(message);
                if (now != null) {
                    onSessionInfo(now);
                }
            }
            case "oriel_agent_exited" -> {
                if (caughtUp) {
                    composer.setBusy(false);
                }
            }
            case null, default -> {
                // Only matters to others.
            }
        }
    }

    private void onSessionInfo(SessionInfo now) {
        caughtUp = true;
        header.set(PageHeader.from(now));
        composer.setBusy(now.activity().isBusy());
        if (!now.activity().isAsking()) {
            asks.retainOnly(replayedAsks);
        }
    }

    public void updateFeedStatus(ConnectionStatus state) {
        feedStatus = state;
        if (openSession != null && state instanceof ConnectionStatus.Live) {
            openSession.onServerOnline();
        }
        updateConnection();
    }

    /// There is no server any more, and none will be tried.
    public void setOffline(String why, ConnectionStatus.Reason reason) {
        ConnectionStatus state = new ConnectionStatus.Offline(why, reason);
        feedStatus = state;
        sessionStatus = state;
        updateConnection();
    }

    /// What the feed says of the open session: a new title, say.
    public void updateInfo(SessionInfo info) {
        if (page.get() instanceof WindowPage.Conversation(String id) && id.equals(info.id())) {
            header.set(PageHeader.from(info));
        }
    }

    private ConnectionStatus connectionStatus() {
        return page.get() instanceof WindowPage.Conversation ? sessionStatus : feedStatus;
    }

    private void updateConnection() {
        ConnectionStatus now = connectionStatus();
        composer.setOnline(now instanceof ConnectionStatus.Live);
        updateStatus();
    }

    private void updateStatus() {
        statusLine.update(connectionStatus(), composer.turn().get().isBusy(), conversation.get());
    }

    public @Nullable OpenSession openSession() {
        return openSession;
    }

    public void setUnsupported(UnsupportedFeatures now) {
        unsupported.set(now);
    }

    /// What cannot be done on the server that is connected, and why.
    public ReadOnlyObjectProperty<UnsupportedFeatures> unsupported() {
        return unsupported.getReadOnlyProperty();
    }

    public Toasts toasts() {
        return toasts;
    }

    public ReadOnlyObjectProperty<@Nullable Ask> ask() {
        return asks.shown();
    }

    public NewSessionDraft draft() {
        return draft;
    }

    public ReadOnlyObjectProperty<WindowPage> page() {
        return page.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<PageHeader> header() {
        return header.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<ConnectionLabel> connection() {
        return statusLine.connection();
    }

    /// The conversation that is open, or null on the page where one begins.
    public ReadOnlyObjectProperty<@Nullable ConversationModel> conversation() {
        return conversation.getReadOnlyProperty();
    }

    /// What can be chosen for the page that is open.
    public ComposerOptions options() {
        return options;
    }

    /// Why it is waiting, one line; empty if it is not.
    public ReadOnlyStringProperty waitReason() {
        return statusLine.waitReason();
    }
}
