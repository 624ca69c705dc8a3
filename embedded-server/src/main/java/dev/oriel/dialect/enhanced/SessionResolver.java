package dev.oriel.dialect.enhanced;

import dev.oriel.session.api.PromptSettings;
import dev.oriel.dialect.Peer;
import dev.oriel.journal.JournalException;
import dev.oriel.session.Session;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionOrigin;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.api.WorkingFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds the session in which a query is to run: the connection's own, so that context is kept from
/// query to query; the one that has the conversation to be resumed; or a new one.
///
/// Reads and writes the journal, so not for a thread of the gateway.
final class SessionResolver {
    static final String ORIGIN = "enhanced";
    private static final String STANDARD_MODE = "default";

    private final Sessions sessions;
    private final Path standardFolder;
    private final SessionOrigin who;

    /// @param standardFolder of queries that name none
    /// @param subject of the client's JWT; null for one that has shown the server's token or none
    SessionResolver(Sessions sessions, Path standardFolder, @Nullable String subject) {
        this.sessions = sessions;
        this.standardFolder = standardFolder;
        this.who = new SessionOrigin(ORIGIN, subject);
    }

    /// @param before where the connection's last query ran
    /// @return `before` itself, or another that is subscribed to its session
    SessionAttachment attach(
            QueryOptions options,
            @Nullable SessionAttachment before,
            Peer peer,
            SessionAttachment.Listener listener)
            throws BadRequestException, JournalException {
        if (before != null && fits(options, before)) {
            return before;
        }
        SessionView view = known(options).orElse(null);
        if (view == null) {
            view = sessions.create(wish(options));
        }
        Session session =
                sessions.open(view.id())
                        .orElseThrow(() -> new BadRequestException("The session is gone."));
        var attachment =
                new SessionAttachment(
                        peer, session, view.record().cwd(), view.record().costUsd(), listener);
        session.subscribe(attachment, null);
        return attachment;
    }

    /// What a query runs with. Each has options of its own; without a mode it asks for permission
    /// as usual.
    ///
    /// @throws BadRequestException if it is too much to be kept
    PromptSettings settings(QueryOptions options) throws BadRequestException {
        return options.setting(defaultPermissionMode()).check();
    }

    private String defaultPermissionMode() {
        String mode = sessions.defaultPermissionMode();
        return mode == null ? STANDARD_MODE : mode;
    }

    private boolean fits(QueryOptions options, SessionAttachment before) {
        UUID resume = options.resume();
        if (resume != null) {
            return sessions.find(before.session.id()).filter(view -> has(view, resume)).isPresent();
        }
        Path cwd = options.cwd();
        return cwd == null || WorkingFolder.nameOf(cwd).equals(before.cwd);
    }

    /// The session to go on with: one of this client's own, and of nobody else.
    ///
    /// @throws BadRequestException if the conversation is another's, or could be
    private Optional<SessionView> known(QueryOptions options) throws BadRequestException {
        UUID resume = options.resume();
        if (resume == null) {
            return options.continueConversation() ? latest(folder(options)) : Optional.empty();
        }
        Optional<SessionView> found =
                sessions.list().stream().filter(view -> has(view, resume)).findFirst();
        // A conversation that Oriel does not have is the CLI's own, and with that its user's: only
        // who has the server's token may go on with it.
        if (found.map(view -> !isOwn(view)).orElse(who.subject() != null)) {
            throw new BadRequestException("There is no conversation of yours to resume.");
        }
        Path cwd = options.cwd();
        if (cwd != null
                && found.isPresent()
                && !found.get().record().cwd().equals(WorkingFolder.nameOf(cwd))) {
            throw new BadRequestException("The conversation to resume belongs to another folder.");
        }
        return found;
    }

    /// The last one of this client's in a folder.
    private Optional<SessionView> latest(Path folder) {
        return sessions.list().stream()
                .filter(view ->
                        isOwn(view)
                                && view.record().cwd().equals(WorkingFolder.nameOf(folder))
                                && view.record().conversation() != null
                                && view.record().agent().equals(sessions.defaultAgent())
                                && !view.record().ended())
                .findFirst();
    }

    private boolean isOwn(SessionView view) {
        return view.origin().equals(who);
    }

    private Path folder(QueryOptions options) {
        Path cwd = options.cwd();
        return cwd == null ? standardFolder : cwd;
    }

    private static boolean has(SessionView view, UUID conversation) {
        return conversation.equals(view.record().conversation());
    }

    private SessionSpec wish(QueryOptions options) {
        return SessionSpec.builder(who.dialect())
                .subject(who.subject())
                .cwd(folder(options))
                .resume(options.resume())
                .build();
    }
}
