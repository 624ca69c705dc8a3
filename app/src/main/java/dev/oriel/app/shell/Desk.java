package dev.oriel.app.shell;

import dev.oriel.app.composer.ComposerTarget;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.paging.Place;
import dev.oriel.app.server.WindowConnection;
import dev.oriel.app.sidebar.SidebarActions;
import dev.oriel.app.sidebar.SidebarRow;
import dev.oriel.app.sidebar.SidebarViewModel;
import dev.oriel.client.Capability;
import dev.oriel.client.FeedLink;
import dev.oriel.client.FeedListener;
import dev.oriel.client.FrameLog;
import dev.oriel.client.Kind;
import dev.oriel.client.LinkState;
import dev.oriel.client.Outbox;
import dev.oriel.client.Remote;
import dev.oriel.client.SearchHit;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.Target;
import dev.oriel.client.TokenSource;
import dev.oriel.client.TransportException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where the window and a server meet: it holds the connection, keeps the list of sessions, and
/// opens, begins, renames and deletes them. Belongs to the JavaFX thread.
public final class Desk implements SidebarActions, WindowConnection {
    private static final int HITS = 30;

    /// Makes the client for a server.
    @FunctionalInterface
    public interface Clients {
        /// @throws TransportException if proxy or certificates cannot be used
        Remote to(Target server, TokenSource token) throws TransportException;
    }

    private final Clients remotes;
    private final ShellViewModel shell;
    private final Outbox outbox;
    private final Memory memory;
    private final Executor fx;
    private final Courier courier;
    private final Conversations conversations;
    private final ComposerTarget begin;

    private @Nullable SidebarViewModel sidebar;
    private @Nullable Remote remote;
    private @Nullable FeedLink feed;
    private boolean touched;

    public Desk(
            Clients remotes,
            ShellViewModel shell,
            Outbox outbox,
            Memory memory,
            Executor fx,
            Clock clock) {
        this.remotes = remotes;
        this.shell = shell;
        this.outbox = outbox;
        this.memory = memory;
        this.fx = fx;
        this.courier = new Courier(outbox, fx);
        this.conversations = new Conversations(fx, clock, shell.notices()::trouble);
        this.begin = new Beginning(() -> remote, shell.draft(), outbox, fx, this::begun);
    }

    /// The list that shows what the feed says. Once, before anything else.
    public void shownIn(SidebarViewModel list) {
        sidebar = list;
        shell.showBegin(begin);
    }

    private SidebarViewModel list() {
        if (sidebar == null) {
            throw new IllegalStateException("shownIn comes first");
        }
        return sidebar;
    }

    @Override
    public void connect(Target server, TokenSource token) {
        turn(server.kind());
        try {
            listen(remotes.to(server, token));
        } catch (TransportException e) {
            String why = String.valueOf(e.getMessage());
            shell.offline(why, LinkState.Reason.LOST);
            shell.notices().trouble(why);
        }
    }

    @Override
    public void adopt(Remote server) {
        turn(server.kind());
        listen(server);
    }

    @Override
    public void leave(String why) {
        disconnect();
        shell.offline(why, LinkState.Reason.CLOSED);
    }

    private void listen(Remote to) {
        remote = to;
        feed = to.feed(new Ears(to));
    }

    /// Away from the server before, to one of this kind.
    private void turn(Kind kind) {
        disconnect();
        list().forget();
        conversations.forget(null);
        touched = false;
        shell.showBegin(begin);
        list().current(null);
        // Until it says something itself, what was known of the last one must not count.
        shell.feed(new LinkState.Connecting());
        shell.lacks(Lacks.of(kind));
        if (!kind.can(Capability.MEMORY)) {
            shell.notices().word("This server remembers nothing: each prompt stands alone.");
        }
    }

    /// The window has got the focus: a good moment to look whether the connection still stands, or
    /// can be made again.
    public void checkNow() {
        if (remote != null) {
            remote.checkNow();
        }
    }

    /// Closes whatever connection there is.
    public void disconnect() {
        courier.endAll();
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
    boolean elsewhere() {
        Remote to = remote;
        if (to == null) {
            return false;
        }
        return !to.address().onThisComputer();
    }

    /// What is said with the server that is connected; null if there is none.
    public @Nullable FrameLog frames() {
        return remote == null ? null : remote.frames();
    }

    @Override
    public void reconnect() {
        if (feed != null) {
            feed.reconnect();
        }
        OpenSession session = shell.open();
        if (session != null) {
            session.reconnect();
        }
    }

    /// Asks the server once more what agents it has.
    public void lookForAgents() {
        if (remote != null) {
            then(remote.agents(), shell.draft()::agents, "The server's agents are not known: ");
        }
    }

    private final class Ears implements FeedListener {
        private final Remote of;

        Ears(Remote of) {
            this.of = of;
        }

        private void hear(Runnable what) {
            fx.execute(() -> {
                if (of.equals(remote)) {
                    what.run();
                }
            });
        }

        @Override
        public void link(LinkState state) {
            hear(() -> {
                shell.feed(state);
                if (state instanceof LinkState.Live) {
                    lookForAgents();
                }
            });
        }

        @Override
        public void sessions(List<SessionInfo> all) {
            hear(() -> {
                list().sessions(all);
                all.forEach(s -> deliver(of, s));
                reopen();
            });
        }

        @Override
        public void session(SessionInfo changed) {
            hear(() -> {
                list().session(changed);
                shell.known(changed);
            });
        }

        @Override
        public void gone(String id) {
            hear(() -> {
                list().gone(id);
                conversations.forget(id);
                outbox.removeAll(id);
                if (shell.page().get() instanceof Page.Talk(String open) && open.equals(id)) {
                    shell.notices().word("The session was deleted.");
                    begin();
                }
            });
        }
    }

    private void deliver(Remote to, SessionInfo session) {
        OpenSession open = shell.open();
        if (open == null || !open.key().equals(session.id())) {
            courier.deliver(to, session);
        }
    }

    private void begun(Remote on, SessionInfo session) {
        list().session(session);
        if (on.equals(remote)) {
            open(session.id());
        }
    }

    /// After the start: the session that was open last, unless the person has already turned
    /// elsewhere.
    private void reopen() {
        String last = memory.lastSession();
        SessionInfo known = touched || last == null ? null : list().known(last);
        if (known != null && memory.endedBy(known.id())) {
            memory.opening(null);
            memory.lastSession(null);
            shell.notices()
                    .trouble(
                            "The window ended while it opened “"
                                    + known.title()
                                    + "”, so it did not open it again. You find it in the list.");
        } else if (known != null) {
            open(known.id());
        }
        touched = true;
    }

    @Override
    public void begin() {
        String lack = shell.lacks().get().sessions();
        if (!lack.isEmpty() && list().current().get() != null) {
            shell.notices().word(lack);
            return;
        }
        touched = true;
        memory.lastSession(null);
        memory.opening(null);
        list().current(null);
        shell.showBegin(begin);
    }

    @Override
    public void open(String id) {
        touched = true;
        SessionInfo known = list().known(id);
        Remote from = remote;
        if (known == null || from == null || id.equals(list().current().get())) {
            return;
        }
        courier.end(id);
        memory.opening(id);
        memory.lastSession(id);
        list().current(id);
        shell.show(
                known,
                conversations.of(known, from),
                ears -> new OpenSession(id, from, outbox, fx, ears, () -> openAnew(id)));
    }

    /// The server's journal is another one: what is held of any conversation is not of it.
    private void openAnew(String id) {
        conversations.forget(null);
        if (id.equals(list().current().get())) {
            list().current(null);
            open(id);
        }
    }

    @Override
    public void openAt(SidebarRow.Hit hit) {
        open(hit.session());
        ConversationModel talk = shell.conversation().get();
        if (talk != null && hit.session().equals(list().current().get())) {
            talk.goTo(new Place(hit.seq(), hit.words(), hit.text()));
        }
    }

    /// Looks for words in what was said, in all sessions of the server.
    public void search(String words, Consumer<List<SearchHit>> answer) {
        if (remote != null) {
            then(remote.search(words, HITS), answer, "What was said cannot be searched: ");
        }
    }

    @Override
    public void rename(String id, String title) {
        if (remote != null && !title.isBlank()) {
            then(remote.rename(id, title.strip()), list()::session, "It keeps its name: ");
        }
    }

    @Override
    public void pin(String id, boolean pinned) {
        if (remote != null) {
            then(remote.pin(id, pinned), list()::session, "It stays where it is: ");
        }
    }

    @Override
    public void delete(String id) {
        if (remote != null) {
            then(remote.delete(id), _ -> {}, "It could not be deleted: ");
        }
    }

    private <T> void then(CompletableFuture<T> answer, Consumer<T> use, String otherwise) {
        answer.whenCompleteAsync(
                (value, failure) -> {
                    if (failure == null) {
                        use.accept(value);
                    } else {
                        shell.notices().trouble(otherwise + cause(failure).getMessage());
                    }
                },
                fx);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    /// For the page on which a session begins: what a person has chosen there by the kind's name.
    public void chooseAgent(String kind) {
        shell.draft().choose(kind);
    }
}
