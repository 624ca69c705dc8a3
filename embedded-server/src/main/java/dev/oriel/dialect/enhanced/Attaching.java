package dev.oriel.dialect.enhanced;

import dev.oriel.dialect.Peer;
import dev.oriel.journal.JournalException;
import dev.oriel.session.BadRequestException;
import dev.oriel.session.NewSession;
import dev.oriel.session.Session;
import dev.oriel.session.SessionView;
import dev.oriel.session.Sessions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds the session in which a query is to run: the connection's own, so that context is kept from
/// query to query; the one that has the conversation to be resumed; or a new one.
///
/// Reads and writes the journal, so not for a thread of the gateway.
final class Attaching {
    static final String ORIGIN = "enhanced";
    private static final String STANDARD_MODE = "default";

    private final Sessions sessions;
    private final Path standardFolder;

    /// @param standardFolder of queries that name none
    Attaching(Sessions sessions, Path standardFolder) {
        this.sessions = sessions;
        this.standardFolder = standardFolder;
    }

    /// @param before where the connection's last query ran
    /// @return `before` itself, or another that is subscribed to its session
    Attachment attach(
            QueryOptions options,
            @Nullable Attachment before,
            Peer peer,
            Attachment.Listener listener)
            throws BadRequestException, JournalException {
        Session.Setting setting = options.setting(standardMode());
        if (before != null && fits(options, before)) {
            before.session.adjust(setting);
            return before;
        }
        SessionView view = known(options).orElse(null);
        boolean isNew = view == null;
        if (view == null) {
            view = sessions.create(wish(options, setting));
        }
        Session session =
                sessions.open(view.id())
                        .orElseThrow(() -> new BadRequestException("The session is gone."));
        var attachment =
                new Attachment(
                        peer, session, view.record().cwd(), view.record().costUsd(), listener);
        session.subscribe(attachment, null);
        if (!isNew) {
            session.adjust(setting);
        }
        return attachment;
    }

    /// Each query has options of its own; without a mode it asks for permission as usual.
    private String standardMode() {
        String mode = sessions.standardMode();
        return mode == null ? STANDARD_MODE : mode;
    }

    private boolean fits(QueryOptions options, Attachment before) {
        UUID resume = options.resume();
        if (resume != null) {
            return sessions.find(before.session.id()).filter(view -> has(view, resume)).isPresent();
        }
        Path cwd = options.cwd();
        return cwd == null || cwd.equals(before.cwd);
    }

    /// Two agents on one conversation would not know of each other: where Oriel has it already, the
    /// query joins in.
    private Optional<SessionView> known(QueryOptions options) throws BadRequestException {
        UUID resume = options.resume();
        if (resume == null) {
            return options.continueConversation() ? latest(folder(options)) : Optional.empty();
        }
        Optional<SessionView> found =
                sessions.list().stream().filter(view -> has(view, resume)).findFirst();
        Path cwd = options.cwd();
        if (cwd != null && found.isPresent() && !found.get().record().cwd().equals(cwd)) {
            throw new BadRequestException("The conversation to resume belongs to another folder.");
        }
        return found;
    }

    /// The last one that Oriel has of a folder. Where it has none, the agent looks for one by
    /// itself.
    private Optional<SessionView> latest(Path folder) {
        return sessions.list().stream()
                .filter(view ->
                        view.record().cwd().equals(folder)
                                && view.record().conversation() != null
                                && view.record().agent().equals(sessions.defaultAgent())
                                && !view.record().ended())
                .findFirst();
    }

    private Path folder(QueryOptions options) {
        Path cwd = options.cwd();
        return cwd == null ? standardFolder : cwd;
    }

    private static boolean has(SessionView view, UUID conversation) {
        return conversation.equals(view.record().conversation());
    }

    private NewSession wish(QueryOptions options, Session.Setting setting) {
        return NewSession.by(ORIGIN)
                .cwd(folder(options))
                .model(setting.model())
                .permissionMode(setting.permissionMode())
                .resume(options.resume())
                .options(setting.options().withContinueLatest(options.continueConversation()))
                .done();
    }
}
