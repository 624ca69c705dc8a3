package dev.oriel.dialect.enhanced;

import dev.oriel.dialect.Peer;
import dev.oriel.journal.JournalException;
import dev.oriel.session.Session;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.PromptSettings;
import dev.oriel.session.api.SessionOrigin;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.api.WorkingFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Selects the session in which a query runs: the connection's current one, so that queries share
/// their context; the one with the conversation to resume; or a new one.
///
/// Blocks for the journal, so it must not be called on a thread of the gateway.
final class SessionResolver {
    static final String ORIGIN = "enhanced";
    private static final String DEFAULT_MODE = "default";

    private final Sessions sessions;
    private final Path defaultFolder;
    private final SessionOrigin origin;

    /// @param defaultFolder of queries that name none
    /// @param subject of the client's JWT; null if it has shown the server's token or none
    SessionResolver(Sessions sessions, Path defaultFolder, @Nullable String subject) {
        this.sessions = sessions;
        this.defaultFolder = defaultFolder;
        this.origin = new SessionOrigin(ORIGIN, subject);
    }

    /// @param before attachment of the connection's last query
    /// @return `before` itself, or a new one that is subscribed to its session
    SessionAttachment attach(
            QueryOptions options,
            @Nullable SessionAttachment before,
            Peer peer,
            SessionAttachment.Listener listener)
            throws BadRequestException, JournalException {
        if (before != null && isSuitable(options, before)) {
            return before;
        }
        SessionView view = findSession(options).orElse(null);
        if (view == null) {
            view = sessions.create(newSession(options));
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

    /// The settings of a query. Each query has its own; without a mode it asks for permission as
    /// usual.
    ///
    /// @throws BadRequestException if they are too large to be stored
    PromptSettings settings(QueryOptions options) throws BadRequestException {
        return options.settings(defaultPermissionMode()).check();
    }

    private String defaultPermissionMode() {
        String mode = sessions.defaultPermissionMode();
        return mode == null ? DEFAULT_MODE : mode;
    }

    private boolean isSuitable(QueryOptions options, SessionAttachment before) {
        UUID resume = options.resume();
        if (resume != null) {
            return sessions.find(before.session.id())
                    .filter(view -> hasConversation(view, resume))
                    .isPresent();
        }
        Path cwd = options.cwd();
        return cwd == null || WorkingFolder.nameOf(cwd).equals(before.cwd);
    }

    /// The session to continue: one of this client only.
    ///
    /// @throws BadRequestException if the conversation belongs to another client, or could
    private Optional<SessionView> findSession(QueryOptions options) throws BadRequestException {
        UUID resume = options.resume();
        if (resume == null) {
            return options.continueConversation() ? latest(folder(options)) : Optional.empty();
        }
        Optional<SessionView> found =
                sessions.list().stream().filter(view -> hasConversation(view, resume)).findFirst();
        // A conversation that Oriel does not have is the CLI's own and thereby its user's: it needs
        // the server's token.
        if (found.map(view -> !isOwn(view)).orElse(origin.subject() != null)) {
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

    /// The client's most recent session in a folder.
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
        return view.origin().equals(origin);
    }

    private Path folder(QueryOptions options) {
        Path cwd = options.cwd();
        return cwd == null ? defaultFolder : cwd;
    }

    private static boolean hasConversation(SessionView view, UUID conversation) {
        return conversation.equals(view.record().conversation());
    }

    private SessionSpec newSession(QueryOptions options) {
        return SessionSpec.builder(origin).cwd(folder(options)).resume(options.resume()).build();
    }
}
