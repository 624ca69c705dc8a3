package dev.oriel.app.connection;

import dev.oriel.app.composer.ComposerTarget;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.app.server.WindowConnection;
import dev.oriel.app.session.ConversationCache;
import dev.oriel.app.session.OpenSession;
import dev.oriel.app.settings.WindowState;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.shell.UnsupportedFeatures;
import dev.oriel.app.shell.WindowPage;
import dev.oriel.app.sidebar.SidebarActions;
import dev.oriel.app.sidebar.SidebarRow;
import dev.oriel.app.sidebar.SidebarViewModel;
import dev.oriel.client.Capability;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.ConnectionTarget;
import dev.oriel.client.FeedListener;
import dev.oriel.client.FeedSubscription;
import dev.oriel.client.FrameLog;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.SearchHit;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.TokenSource;
import dev.oriel.client.transport.TransportException;
import dev.oriel.platform.FutureFailures;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where the window and a server meet: it holds the connection, keeps the list of sessions, and
/// opens, begins, renames and deletes them. Belongs to the JavaFX thread.
public final class ServerConnection implements SidebarActions, WindowConnection {
    private static final int MAX_HITS = 30;

    /// Makes the client for a server.
    @FunctionalInterface
    public interface ClientFactory {
        /// @throws TransportException if proxy or certificates cannot be used
        ServerClient create(ConnectionTarget server, TokenSource token) throws TransportException;
    }

    private final ClientFactory remotes;
    private final ShellViewModel shell;
    private final PromptOutbox outbox;
    private final WindowState windowState;
    private final Executor fx;
    private final OutboxSender courier;
    private final ConversationCache conversations;
    private final ComposerTarget begin;

    private @Nullable SidebarViewModel sidebar;
    private @Nullable ServerClient remote;
    private @Nullable FeedSubscription feed;
    private boolean userNavigated;

    public ServerConnection(
            ClientFactory remotes,
            ShellViewModel shell,
            PromptOutbox outbox,
            WindowState memory,
            Executor fx,
            Clock clock) {
        this.remotes = remotes;
        this.shell = shell;
        this.outbox = outbox;
        this.windowState = memory;
        this.fx = fx;
        this.courier = new OutboxSender(outbox, fx);
        this.conversations =
                new ConversationCache(fx, clock, shell.retries(), shell.toasts()::error);
        this.begin =
                new NewSessionTarget(
                        () -> remote, shell.draft(), outbox, fx, this::onSessionCreated);
    }

    /// The list that shows what the feed says. Once, before anything else.
    public void attachSidebar(SidebarViewModel list) {
        sidebar = list;
        shell.showNewSession(begin);
    }

    private SidebarViewModel list() {
        if (sidebar == null) {
            throw new IllegalStateException("shownIn comes first");
        }
        return sidebar;
    }

    @Override
    public void connect(ConnectionTarget server, TokenSource token) {
        reset(server.kind());
        try {
            subscribe(remotes.create(server, token));
        } catch (TransportException e) {
            String why = String.valueOf(e.getMessage());
            shell.setOffline(why, ConnectionStatus.Reason.LOST);
            shell.toasts().error(why);
        }
    }

    @Override
    public void switchTo(ServerClient server) {
        reset(server.kind());
        subscribe(server);
    }

    @Override
    public void disconnect(String why) {
        close();
        shell.setOffline(why, ConnectionStatus.Reason.CLOSED);
    }

    private void subscribe(ServerClient to) {
        remote = to;
        feed = to.subscribeFeed(new FeedEvents(to));
    }

    /// Away from the server before, to one of this kind.
    private void reset(ServerKind kind) {
        close();
        list().clear();
        conversations.remove(null);
        userNavigated = false;
        shell.showNewSession(begin);
        list().setCurrent(null);
        // Until it says something itself, what was known of the last one must not count.
        shell.updateFeedStatus(new ConnectionStatus.Connecting());
        shell.setUnsupported(UnsupportedFeatures.from(kind));
        if (!kind.supports(Capability.MEMORY)) {
            shell.toasts().info("This server remembers nothing: each prompt stands alone.");
        }
    }

    /// The window has got the focus: a good moment to look whether the connection still stands, or
    /// can be made again.
    public void checkConnection() {
        if (remote != null) {
            remote.checkConnections();
        }
    }

    /// Closes whatever connection there is.
    public void close() {
        courier.stopAll();
        if (feed != null) {
            feed.close();
            feed = null;
        }
        if (remote != null) {
            remote.close();
            remote = null;
        }
    }

    /// Whether the server is on another computer, as far as its address tells.
    public boolean isRemote() {
        ServerClient to = remote;
        if (to == null) {
            return false;
        }
        return !to.address().isLoopback();
    }

    /// What is said with the server that is connected; null if there is none.
    public @Nullable FrameLog frameLog() {
        return remote == null ? null : remote.frameLog();
    }

    @Override
    public void reconnect() {
        if (feed != null) {
            feed.reconnect();
        }
        OpenSession session = shell.openSession();
        if (session != null) {
            session.reconnect();
        }
    }

    /// Asks the server once more what agents it has.
    public void loadAgents() {
        if (remote != null) {
            then(
                    remote.agents(),
                    shell.draft()::updateAgents,
                    "The server's agents are not known: ");
        }
    }

    private final class FeedEvents implements FeedListener {
        private final ServerClient of;

        FeedEvents(ServerClient of) {
            this.of = of;
        }

        private void post(Runnable what) {
            fx.execute(() -> {
                if (of.equals(remote)) {
                    what.run();
                }
            });
        }

        @Override
        public void onStatus(ConnectionStatus state) {
            post(() -> {
                shell.updateFeedStatus(state);
                if (state instanceof ConnectionStatus.Live) {
                    loadAgents();
                }
            });
        }

        @Override
        public void onSessions(List<SessionInfo> all) {
            post(() -> {
                list().setSessions(all);
                all.forEach(s -> sendPending(of, s));
                restoreLastSession();
            });
        }

        @Override
        public void onSession(SessionInfo changed) {
            post(() -> {
                list().updateSession(changed);
                shell.updateInfo(changed);
            });
        }

        @Override
        public void onSessionRemoved(String id) {
            post(() -> {
                list().removeSession(id);
                conversations.remove(id);
                outbox.removeSession(id);
                if (shell.page().get() instanceof WindowPage.Conversation(String open)
                        && open.equals(id)) {
                    shell.toasts().info("The session was deleted.");
                    newSession();
                }
            });
        }
    }

    private void sendPending(ServerClient to, SessionInfo session) {
        OpenSession open = shell.openSession();
        if (open == null || !open.key().equals(session.id())) {
            courier.send(to, session);
        }
    }

    private void onSessionCreated(ServerClient on, SessionInfo session) {
        list().updateSession(session);
        if (on.equals(remote)) {
            open(session.id());
        }
    }

    /// After the start: the session that was open last, unless the person has already turned
    /// elsewhere.
    private void restoreLastSession() {
        String last = windowState.lastSession();
        SessionInfo known = userNavigated || last == null ? null : list().find(last);
        if (known != null && windowState.wasOpeningAtExit(known.id())) {
            windowState.setOpeningSession(null);
            windowState.setLastSession(null);
            shell.toasts()
                    .error(
                            "The window ended while it opened “"
                                    + known.title()
                                    + "”, so it did not open it again. You find it in the list.");
        } else if (known != null) {
            open(known.id());
        }
        userNavigated = true;
    }

    @Override
    public void newSession() {
        String lack = shell.unsupported().get().sessions();
        if (!lack.isEmpty() && list().current().get() != null) {
            shell.toasts().info(lack);
            return;
        }
        userNavigated = true;
        windowState.setLastSession(null);
        windowState.setOpeningSession(null);
        list().setCurrent(null);
        shell.showNewSession(begin);
    }

    @Override
    public void open(String id) {
        userNavigated = true;
        SessionInfo known = list().find(id);
        ServerClient from = remote;
        if (known == null || from == null || id.equals(list().current().get())) {
            return;
        }
        courier.stop(id);
        windowState.setOpeningSession(id);
        windowState.setLastSession(id);
        list().setCurrent(id);
        shell.showSession(
                known,
                conversations.get(known, from),
                ears -> new OpenSession(id, from, outbox, fx, ears, () -> reload(id)));
    }

    /// The server's journal is another one: what is held of any conversation is not of it.
    private void reload(String id) {
        conversations.remove(null);
        if (id.equals(list().current().get())) {
            list().setCurrent(null);
            open(id);
        }
    }

    @Override
    public void openHit(SidebarRow.Hit hit) {
        open(hit.session());
        ConversationModel talk = shell.conversation().get();
        if (talk != null && hit.session().equals(list().current().get())) {
            talk.goTo(new SearchTarget(hit.seq(), hit.words(), hit.text()));
        }
    }

    /// Looks for words in what was said, in all sessions of the server.
    public void search(String words, Consumer<List<SearchHit>> answer) {
        if (remote != null) {
            then(remote.search(words, MAX_HITS), answer, "What was said cannot be searched: ");
        }
    }

    @Override
    public void rename(String id, String title) {
        if (remote != null && !title.isBlank()) {
            then(
                    remote.renameSession(id, title.strip()),
                    list()::updateSession,
                    "It keeps its name: ");
        }
    }

    @Override
    public void pin(String id, boolean pinned) {
        if (remote != null) {
            then(remote.pinSession(id, pinned), list()::updateSession, "It stays where it is: ");
        }
    }

    @Override
    public void delete(String id) {
        if (remote != null) {
            then(remote.deleteSession(id), _ -> {}, "It could not be deleted: ");
        }
    }

    private <T> void then(CompletableFuture<T> answer, Consumer<T> use, String otherwise) {
        answer.whenCompleteAsync(
                (value, failure) -> {
                    if (failure == null) {
                        use.accept(value);
                    } else {
                        shell.toasts()
                                .error(otherwise + FutureFailures.unwrap(failure).getMessage());
                    }
                },
                fx);
    }

    /// For the page on which a session begins: what a person has chosen there by the kind's name.
    public void chooseAgent(String kind) {
        shell.draft().chooseAgent(kind);
    }
}
