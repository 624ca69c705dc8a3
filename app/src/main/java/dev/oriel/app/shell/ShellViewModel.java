package dev.oriel.app.shell;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.composer.ComposerTarget;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.work.ConversationWork;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.session.OpenSession;
import dev.oriel.app.toast.Toasts;
import dev.oriel.app.usage.ContextUse;
import dev.oriel.app.usage.PlanUsage;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.SessionInfo;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
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

    private final ReadOnlyObjectWrapper<ConversationWork> work =
            new ReadOnlyObjectWrapper<>(ConversationWork.NONE);
    private final ReadOnlyObjectWrapper<ContextUse> contextUse =
            new ReadOnlyObjectWrapper<>(ContextUse.UNKNOWN);
    private final ReadOnlyObjectWrapper<Double> sessionCost = new ReadOnlyObjectWrapper<>(0.0);
    private final ReadOnlyObjectWrapper<PlanUsage> planUsage =
            new ReadOnlyObjectWrapper<>(PlanUsage.UNKNOWN);

    private @Nullable OpenSession openSession;
    private final ConnectionTracker connections = new ConnectionTracker(this::updateConnection);

    public ShellViewModel(
            ComposerViewModel composer,
            AsksViewModel asks,
            Toasts toasts,
            Scheduler scheduler,
            Clock clock) {
        this.composer = composer;
        this.asks = asks;
        this.toasts = toasts;
        this.page = new ReadOnlyObjectWrapper<>(new WindowPage.NewSession(draft));
        this.statusLine = new StatusLine(scheduler, clock, this::updateStatus);
        this.options =
                new ComposerOptions(
                        () -> openSession, header.getReadOnlyProperty(), draft, toasts, scheduler);
        draft.agent().subscribe(_ -> updateAddressee());
    }

    private void updateAddressee() {
        AgentChoice chosen = draft.agent().get();
        if (page.get() instanceof WindowPage.NewSession) {
            composer.setAddressee(chosen != null && chosen.demo() ? "the demo" : "Claude");
        }
    }

    /// Shows the page of a new session.
    ///
    /// @param target receives the first prompt
    public void showNewSession(ComposerTarget target) {
        closeSession();
        page.set(new WindowPage.NewSession(draft));
        header.set(PageHeader.forNewSession());
        conversation.set(null);
        asks.attach("", _ -> false);
        composer.attach(target);
        updateAddressee();
        updateConnection();
    }

    /// Shows a session.
    ///
    /// @param info what the feed reported last about it
    /// @param held its conversation, as far as it is known
    /// @param factory creates the session, which is then started here
    public void showSession(
            SessionInfo info,
            ConversationModel held,
            Function<OpenSession.Listener, OpenSession> factory) {
        closeSession();
        page.set(new WindowPage.Conversation(info.id()));
        header.set(PageHeader.from(info));
        conversation.set(held);
        connections.openSession();
        OpenSession session =
                factory.apply(
                        new SessionEvents(
                                held,
                                composer,
                                asks,
                                toasts,
                                connections,
                                this::updateStatus,
                                now -> header.set(PageHeader.from(now)),
                                limit -> planUsage.set(planUsage.get().withEvent(limit))));
        openSession = session;
        asks.attach(info.id(), response -> sendResponse(session, held, response));
        composer.attach(session);
        composer.setAddressee(header.get().isDemo() ? "the demo" : "Claude");
        session.start(held.lastSeq());
        updateConnection();
    }

    /// Deletes the draft of a session that was deleted.
    public void deleteDraft(String sessionId) {
        composer.deleteDraft(sessionId);
        asks.deleteDrafts(sessionId);
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
            OpenSession session, ConversationModel conversation, Message response) {
        boolean sent = session.sendResponse(response);
        if (sent && response.requestId() != null) {
            conversation.onAskResolved(response.requestId());
        }
        return sent;
    }

    private void closeSession() {
        options.clear();
        if (openSession != null) {
            openSession.close();
            openSession = null;
            connections.closeSession();
        }
    }

    /// Takes over the status of the connection to the feed.
    public void updateFeedStatus(ConnectionStatus status) {
        if (openSession != null && status instanceof ConnectionStatus.Live) {
            openSession.onServerOnline();
        }
        connections.setFeed(status);
    }

    /// The window has no server, and tries none.
    ///
    /// @param cause one sentence for the user
    public void setOffline(String cause, ConnectionStatus.Reason reason) {
        connections.setOffline(new ConnectionStatus.Offline(cause, reason));
    }

    /// Takes over what the feed reports about a session, such as a new title, if it is open.
    public void updateInfo(SessionInfo info) {
        if (page.get() instanceof WindowPage.Conversation(String id) && id.equals(info.id())) {
            header.set(PageHeader.from(info));
        }
    }

    private void updateConnection() {
        composer.setOnline(connections.current() instanceof ConnectionStatus.Live);
        updateStatus();
    }

    private void updateStatus() {
        ConversationModel open = conversation.get();
        statusLine.update(connections.current(), composer.turn().get().isBusy(), open);
        contextUse.set(open == null ? ContextUse.UNKNOWN : ContextUse.from(open.facts()));
        options.answered(open == null ? null : open.facts().model());
        sessionCost.set(open == null ? 0.0 : open.facts().costUsd());
        work.set(open == null ? ConversationWork.NONE : open.work());
    }

    /// Claude's checklist and background tasks in the open session.
    public ReadOnlyObjectProperty<ConversationWork> work() {
        return work.getReadOnlyProperty();
    }

    /// Asks the agent to stop a background task of the open session.
    public CompletableFuture<?> stopTask(String taskId) {
        OpenSession open = openSession;
        return open == null
                ? CompletableFuture.completedFuture(null)
                : open.sendControl(
                        Json.object()
                                .put("subtype", ControlSubtype.STOP_TASK)
                                .put("task_id", taskId));
    }

    /// Asks the agent what a background task of the open session has printed.
    public CompletableFuture<? extends JsonNode> taskOutput(String taskId) {
        OpenSession open = openSession;
        return open == null
                ? CompletableFuture.completedFuture(Json.object())
                : open.sendControl(
                        Json.object()
                                .put("subtype", ControlSubtype.GET_TASK_OUTPUT)
                                .put("task_id", taskId));
    }

    /// The open session; null on the page of a new one.
    public @Nullable OpenSession openSession() {
        return openSession;
    }

    /// Sets what the connected server cannot do.
    public void setUnsupported(UnsupportedFeatures features) {
        unsupported.set(features);
        // It is another server, where the user may have another account.
        planUsage.set(PlanUsage.UNKNOWN);
    }

    /// What the connected server cannot do.
    public ReadOnlyObjectProperty<UnsupportedFeatures> unsupported() {
        return unsupported.getReadOnlyProperty();
    }

    /// How much of the open session's context is used.
    public ReadOnlyObjectProperty<ContextUse> contextUse() {
        return contextUse.getReadOnlyProperty();
    }

    /// What the open session has cost, US dollars.
    public ReadOnlyObjectProperty<Double> sessionCost() {
        return sessionCost.getReadOnlyProperty();
    }

    /// What is known of the user's plan; whoever asks the agent adds to it.
    public ReadOnlyObjectWrapper<PlanUsage> planUsage() {
        return planUsage;
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

    /// The open conversation; null on the page of a new session.
    public ReadOnlyObjectProperty<@Nullable ConversationModel> conversation() {
        return conversation.getReadOnlyProperty();
    }

    /// The options under the composer for the open page.
    public ComposerOptions options() {
        return options;
    }

    /// Why the user waits, one line; empty if there is nothing to wait for.
    public ReadOnlyStringProperty waitReason() {
        return statusLine.waitReason();
    }
}
