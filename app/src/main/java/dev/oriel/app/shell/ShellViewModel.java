package dev.oriel.app.shell;

import dev.oriel.app.asks.Ask;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.Delay;
import dev.oriel.app.composer.ComposerTarget;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.app.composer.Turn;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.client.LinkState;
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
    private final Notices notices;

    private final ReadOnlyObjectWrapper<Page> page;
    private final ReadOnlyObjectWrapper<@Nullable ConversationModel> conversation =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Header> header =
            new ReadOnlyObjectWrapper<>(Header.begin());
    private final Standing standing;
    private final ReadOnlyObjectWrapper<Lacks> lacks = new ReadOnlyObjectWrapper<>(Lacks.NOTHING);
    private final DraftPage draft = new DraftPage();
    private final Choices choices;

    private @Nullable OpenSession open;
    private LinkState feedLink = new LinkState.Connecting();
    private LinkState sessionLink = new LinkState.Connecting();
    private boolean caughtUp;
    private Set<String> askedAgain = new HashSet<>();

    public ShellViewModel(
            ComposerViewModel composer,
            AsksViewModel asks,
            Notices notices,
            Delay delay,
            Clock clock) {
        this.composer = composer;
        this.asks = asks;
        this.notices = notices;
        this.page = new ReadOnlyObjectWrapper<>(new Page.Begin(draft));
        this.standing = new Standing(delay, clock, this::tell);
        this.choices = new Choices(() -> open, header.getReadOnlyProperty(), draft, notices, delay);
        draft.agent().subscribe(_ -> addressBeginning());
    }

    private void addressBeginning() {
        AgentChoice chosen = draft.agent().get();
        if (page.get() instanceof Page.Begin) {
            composer.addressee(chosen != null && chosen.demo() ? "the demo" : "Claude");
        }
    }

    /// Shows the page on which a session begins.
    void showBegin(ComposerTarget begin) {
        leave();
        page.set(new Page.Begin(draft));
        header.set(Header.begin());
        conversation.set(null);
        asks.attach("", _ -> false);
        composer.attach(begin);
        addressBeginning();
        linkChanged();
    }

    /// Shows a session.
    ///
    /// @param known what the feed said of it last
    void show(
            SessionInfo known,
            ConversationModel held,
            Function<OpenSession.Listener, OpenSession> opening) {
        leave();
        page.set(new Page.Talk(known.id()));
        header.set(Header.of(known));
        conversation.set(held);
        sessionLink = new LinkState.Connecting();
        caughtUp = false;
        OpenSession session = opening.apply(new Ears());
        open = session;
        asks.attach(known.id(), response -> answered(session, held, response));
        held.onRetry(retries());
        composer.attach(session);
        composer.addressee(header.get().demo() ? "the demo" : "Claude");
        session.start(held.lastSeq());
        linkChanged();
    }

    private ConversationModel.Retries retries() {
        return new ConversationModel.Retries() {
            @Override
            public void unsent() {
                choices.runQueue();
            }

            @Override
            public void prompt(String text) {
                composer.sendAgain(text);
            }
        };
    }

    private static boolean answered(OpenSession session, ConversationModel talk, Message response) {
        boolean sent = session.answer(response);
        if (sent && response.requestId() != null) {
            talk.answered(response.requestId());
        }
        return sent;
    }

    private void leave() {
        choices.forget();
        if (open != null) {
            open.close();
            open = null;
        }
    }

    private final class Ears implements OpenSession.Listener {
        @Override
        public void link(LinkState state) {
            if (state instanceof LinkState.Offline(_, LinkState.Reason reason)
                    && reason == LinkState.Reason.CLOSED) {
                // Closed from here: whoever did so says why.
                return;
            }
            boolean left =
                    sessionLink instanceof LinkState.Offline(_, LinkState.Reason said)
                            && said == LinkState.Reason.CLOSED;
            if (left && !(state instanceof LinkState.Live)) {
                // Of the connection that was closed from here; it was on its way.
                return;
            }
            if (state instanceof LinkState.Live) {
                askedAgain = new HashSet<>();
            }
            sessionLink = state;
            linkChanged();
        }

        @Override
        public void opened(dev.oriel.client.Page page) {
            if (conversation.get() != null) {
                conversation.get().open(page.messages(), page.more());
            }
        }

        @Override
        public void messages(List<Message> batch) {
            try {
                if (conversation.get() != null) {
                    conversation.get().accept(batch);
                }
            } finally {
                // A message that cannot be shown costs no ask and no state.
                batch.forEach(ShellViewModel.this::heard);
                tell();
            }
        }

        @Override
        public void queue(List<QueuedPrompt> queued, boolean held) {
            // What is on its way to a quiet session is not worth a card: it becomes a turn at once.
            boolean passing =
                    !held && sessionLink instanceof LinkState.Live && !composer.turn().get().busy();
            composer.queued(
                    passing ? queued.stream().filter(QueuedPrompt::sent).toList() : queued, held);
        }
    }

    private void heard(Message message) {
        asks.accept(message, composer.turn().get() instanceof Turn.Stopping);
        switch (message.type()) {
            case "control_request" -> {
                if (message.requestId() != null) {
                    askedAgain.add(message.requestId());
                }
            }
            case "result" -> {
                if (caughtUp) {
                    composer.busy(false);
                }
            }
            case "system" -> system(message);
            case "error" ->
                    notices.trouble(
                            message.tree()
                                    .path("error")
                                    .path("message")
                                    .asText("The server refused a message."));
            default -> {
                // Only matters to the conversation.
            }
        }
    }

    private void system(Message message) {
        switch (message.subtype()) {
            case "oriel_session" -> {
                SessionInfo now = SessionInfo.in(message);
                if (now != null) {
                    said(now);
                }
            }
            case "oriel_agent_exited" -> {
                if (caughtUp) {
                    composer.busy(false);
                }
            }
            case null, default -> {
                // Only matters to others.
            }
        }
    }

    private void said(SessionInfo now) {
        caughtUp = true;
        header.set(Header.of(now));
        composer.busy(now.activity().busy());
        if (!now.activity().asks()) {
            asks.keepOnly(askedAgain);
        }
    }

    void feed(LinkState state) {
        feedLink = state;
        if (open != null && state instanceof LinkState.Live) {
            open.serverIsBack();
        }
        linkChanged();
    }

    /// There is no server any more, and none will be tried.
    void offline(String why, LinkState.Reason reason) {
        LinkState state = new LinkState.Offline(why, reason);
        feedLink = state;
        sessionLink = state;
        linkChanged();
    }

    /// What the feed says of the open session: a new title, say.
    void known(SessionInfo info) {
        if (page.get() instanceof Page.Talk(String id) && id.equals(info.id())) {
            header.set(Header.of(info));
        }
    }

    private LinkState linkState() {
        return page.get() instanceof Page.Talk ? sessionLink : feedLink;
    }

    private void linkChanged() {
        LinkState now = linkState();
        composer.online(now instanceof LinkState.Live);
        tell();
    }

    private void tell() {
        standing.tell(linkState(), composer.turn().get().busy(), conversation.get());
    }

    @Nullable OpenSession open() {
        return open;
    }

    void lacks(Lacks now) {
        lacks.set(now);
    }

    /// What cannot be done on the server that is connected, and why.
    public ReadOnlyObjectProperty<Lacks> lacks() {
        return lacks.getReadOnlyProperty();
    }

    public Notices notices() {
        return notices;
    }

    public ReadOnlyObjectProperty<@Nullable Ask> ask() {
        return asks.shown();
    }

    public DraftPage draft() {
        return draft;
    }

    public ReadOnlyObjectProperty<Page> page() {
        return page.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Header> header() {
        return header.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<LinkWords> link() {
        return standing.link();
    }

    /// The conversation that is open, or null on the page where one begins.
    public ReadOnlyObjectProperty<@Nullable ConversationModel> conversation() {
        return conversation.getReadOnlyProperty();
    }

    /// What can be chosen for the page that is open.
    public Choices choices() {
        return choices;
    }

    /// Why it is waiting, one line; empty if it is not.
    public ReadOnlyStringProperty why() {
        return standing.why();
    }
}
