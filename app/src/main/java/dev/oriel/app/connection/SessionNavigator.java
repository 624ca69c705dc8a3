package dev.oriel.app.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.app.session.ConversationCache;
import dev.oriel.app.session.OpenSession;
import dev.oriel.app.settings.WindowState;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.shell.WindowPage;
import dev.oriel.app.sidebar.SessionList;
import dev.oriel.app.sidebar.SidebarActions;
import dev.oriel.app.sidebar.SidebarRow;
import dev.oriel.client.ClientException;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.SearchHit;
import dev.oriel.client.ServerClient;
import dev.oriel.client.SessionInfo;
import dev.oriel.message.ErrorCode;
import dev.oriel.platform.FutureFailures;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Opens, creates, renames, pins, deletes and searches the sessions of the connected server.
/// Without a server these do nothing. Belongs to the JavaFX thread.
public final class SessionNavigator implements SidebarActions {
    private static final int MAX_HITS = 30;

    private final ShellViewModel shell;
    private final SessionList sessions;
    private final PromptOutbox outbox;
    private final WindowState windowState;
    private final Executor fx;
    private final OutboxSender outboxSender;
    private final ConversationCache conversations;
    private final NewSessionTarget newSession;
    private final OpenSession.Owner owner = new SessionOwner();

    private final ExpectedServer server = new ExpectedServer();

    /// Whether the user, or the restored session, has chosen a page of this server.
    private boolean navigated;

    /// Shows the page of a new session.
    public SessionNavigator(
            ShellViewModel shell,
            SessionList sessions,
            PromptOutbox outbox,
            WindowState windowState,
            Executor fx,
            Clock clock) {
        this.shell = shell;
        this.sessions = sessions;
        this.outbox = outbox;
        this.windowState = windowState;
        this.fx = fx;
        this.outboxSender = new OutboxSender(outbox, fx);
        this.conversations =
                new ConversationCache(fx, clock, shell.retries(), shell.toasts()::error);
        this.newSession =
                new NewSessionTarget(
                        server, shell.draft(), outbox, fx, this::openCreated, this::sendTo);
        shell.showNewSession(newSession);
    }

    private void showNewSession() {
        newSession.begin();
        shell.showNewSession(newSession);
    }

    /// Turns to a server whose sessions are not known yet.
    void setClient(ServerClient client) {
        server.set(client);
    }

    /// A server is being started, or its client is being created: a prompt for a new session waits
    /// for it.
    void expectClient() {
        server.expect();
    }

    /// Forgets the server, but leaves the open session on the screen. What waits for an expected
    /// one still does.
    void leaveClient() {
        outboxSender.stopAll();
        server.leave();
    }

    /// Forgets the server, and expects none.
    ///
    /// @param why what a prompt that waits for it is returned with, a sentence for the user
    void clearClient(String why) {
        outboxSender.stopAll();
        server.clear(why);
    }

    /// Forgets all sessions and shows the page of a new one.
    void reset() {
        sessions.clear();
        conversations.clear();
        navigated = false;
        showNewSession();
        sessions.setCurrent(null);
    }

    /// Takes over the server's list of sessions. After a start it opens the session that was open
    /// last, unless the user has already turned elsewhere.
    void onSessions(List<SessionInfo> all) {
        sessions.setAll(all);
        all.forEach(session -> sendPending(session.id()));
        restoreLastSession();
    }

    void onSession(SessionInfo changed) {
        sessions.update(changed);
        shell.updateInfo(changed);
    }

    void onSessionRemoved(String id) {
        sessions.remove(id);
        conversations.remove(id);
        outbox.removeSession(id);
        if (shell.page().get() instanceof WindowPage.Conversation(String open) && open.equals(id)) {
            shell.toasts().info("The session was deleted.");
            newSession();
        }
        shell.deleteDraft(id);
    }

    /// Sends the stored prompts of a session, unless it is open and sends them itself.
    private void sendPending(String id) {
        ServerClient client = server.now();
        OpenSession open = shell.openSession();
        SessionInfo session = sessions.find(id);
        if (client != null && session != null && (open == null || !open.key().equals(id))) {
            outboxSender.send(client, session);
        }
    }

    /// Sends a prompt to a session, which may not be open.
    private CompletableFuture<Void> sendTo(String id, JsonNode content) {
        OpenSession open = shell.openSession();
        return open != null && open.key().equals(id)
                ? open.send(content)
                : NewSessionTarget.store(outbox, id, content)
                        .thenRunAsync(() -> sendPending(id), fx);
    }

    /// What all sessions of the server have cost since a moment, US dollars.
    public CompletableFuture<Double> costSince(Instant from) {
        ServerClient client = server.now();
        return client == null
                ? CompletableFuture.failedFuture(
                        new ClientException(
                                ErrorCode.LINK_LOST, "There is no connection to the server."))
                : client.costSince(from);
    }

    /// Adds an MCP server to the configuration of a session's agent.
    ///
    /// @param added see [ServerClient#addMcpServer]
    public CompletableFuture<Void> addMcpServer(String id, ObjectNode added) {
        ServerClient client = server.now();
        return client == null
                ? CompletableFuture.failedFuture(
                        new ClientException(
                                ErrorCode.LINK_LOST, "There is no connection to the server."))
                : client.addMcpServer(id, added);
    }

    /// Opens a session that was created on a server, unless the window has turned to another one.
    void openCreated(ServerClient on, SessionInfo session) {
        if (on.equals(server.now())) {
            sessions.update(session);
            open(session.id());
        }
    }

    private void restoreLastSession() {
        String last = windowState.lastSession();
        SessionInfo known = navigated || last == null ? null : sessions.find(last);
        if (known != null && windowState.wasOpeningAtExit(known.id())) {
            windowState.clearSession();
            shell.toasts()
                    .error(
                            "The window ended while it opened “"
                                    + known.title()
                                    + "”, so it did not open it again. You find it in the list.");
        } else if (known != null) {
            open(known.id());
        }
        navigated = true;
    }

    @Override
    public void newSession() {
        String unsupported = shell.unsupported().get().sessions();
        if (!unsupported.isEmpty() && sessions.current().get() != null) {
            shell.toasts().info(unsupported);
            return;
        }
        navigated = true;
        windowState.clearSession();
        sessions.setCurrent(null);
        showNewSession();
    }

    @Override
    public void open(String id) {
        navigated = true;
        SessionInfo known = sessions.find(id);
        ServerClient from = server.now();
        if (known == null || from == null || id.equals(sessions.current().get())) {
            return;
        }
        outboxSender.stop(id);
        windowState.setOpeningSession(id);
        sessions.setCurrent(id);
        shell.showSession(
                known,
                conversations.get(known, from),
                events -> new OpenSession(id, from, outbox, fx, events, owner));
    }

    private final class SessionOwner implements OpenSession.Owner {
        /// No conversation in the cache is of the new journal.
        @Override
        public void onJournalReplaced(String id) {
            conversations.clear();
            if (id.equals(sessions.current().get())) {
                sessions.setCurrent(null);
                open(id);
            }
        }

        @Override
        public void onStoredAfterClose(String id) {
            sendPending(id);
        }
    }

    @Override
    public void openHit(SidebarRow.Hit hit) {
        open(hit.session());
        ConversationModel conversation = shell.conversation().get();
        if (conversation != null && hit.session().equals(sessions.current().get())) {
            conversation.goTo(new SearchTarget(hit.seq(), hit.words(), hit.text()));
        }
    }

    /// Searches the messages of all sessions.
    ///
    /// @param callback called on the JavaFX thread; never if the search fails
    public void search(String words, Consumer<List<SearchHit>> callback) {
        ServerClient client = server.now();
        if (client != null) {
            useResult(
                    client.search(words, MAX_HITS), callback, "The messages cannot be searched: ");
        }
    }

    @Override
    public void rename(String id, String title) {
        ServerClient client = server.now();
        if (client != null && !title.isBlank()) {
            useResult(
                    client.renameSession(id, title.strip()),
                    sessions::update,
                    "The session was not renamed: ");
        }
    }

    @Override
    public void pin(String id, boolean pinned) {
        ServerClient client = server.now();
        if (client != null) {
            useResult(
                    client.pinSession(id, pinned),
                    sessions::update,
                    pinned ? "The session was not pinned: " : "The session was not unpinned: ");
        }
    }

    @Override
    public void delete(String id) {
        ServerClient client = server.now();
        if (client != null) {
            useResult(client.deleteSession(id), _ -> {}, "The session was not deleted: ");
        }
    }

    private <T> void useResult(CompletableFuture<T> result, Consumer<T> use, String failed) {
        result.whenCompleteAsync(
                (value, failure) -> {
                    if (failure == null) {
                        use.accept(value);
                    } else {
                        shell.toasts().error(failed + FutureFailures.message(failure));
                    }
                },
                fx);
    }
}
