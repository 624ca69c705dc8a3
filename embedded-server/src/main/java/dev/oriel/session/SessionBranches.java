package dev.oriel.session;

import dev.oriel.journal.JournalException;
import dev.oriel.journal.SessionRecord;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionBusyException;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.branch.BranchPoint;
import dev.oriel.session.branch.BranchPointFinder;
import dev.oriel.session.branch.Lineage;
import dev.oriel.session.turn.SessionContext;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Forks and rewinds conversations. Any thread; blocks.
public final class SessionBranches {
    private final Sessions sessions;
    private final SessionContext context;
    private final SessionForker forker;

    SessionBranches(Sessions sessions, SessionContext context) {
        this.sessions = sessions;
        this.context = context;
        this.forker = new SessionForker(context);
    }

    /// Creates a session that continues another one from a point on. The other one stays as it is.
    ///
    /// @param before seq of the prompt before which the copy ends; null to copy everything
    /// @param title null for the other session's title, with a note
    /// @return empty if there is no session of that id
    /// @throws BadRequestException if the agent cannot return to that point
    public Optional<SessionView> fork(UUID id, @Nullable Long before, @Nullable String title)
            throws BadRequestException, JournalException, InterruptedException {
        Optional<Session> session = sessions.open(id);
        Optional<SessionRecord> record = context.journal().findSession(id);
        if (session.isEmpty() || record.isEmpty()) {
            return Optional.empty();
        }
        requireCli(record.get());
        try {
            Lineage lineage = await(session.get().lineage());
            long lastSeq = session.get().lastSeq();
            var finder = new BranchPointFinder(context.journal(), id, lineage);
            BranchPoint point =
                    before == null ? finder.atEnd(lastSeq) : finder.beforePrompt(before);
            long last = before == null ? lastSeq : before - 1;
            return Optional.of(forker.fork(record.get(), lineage, last, point, title));
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /// Removes a prompt and what came after it from a conversation.
    ///
    /// @param before seq of the prompt
    /// @return the session afterwards; empty if there is none of that id
    /// @throws BadRequestException if the agent cannot return to that point
    /// @throws SessionBusyException if a turn runs
    public Optional<SessionView> rewind(UUID id, long before)
            throws BadRequestException,
                    SessionBusyException,
                    JournalException,
                    InterruptedException {
        Optional<Session> session = sessions.open(id);
        Optional<SessionRecord> record = context.journal().findSession(id);
        if (session.isEmpty() || record.isEmpty()) {
            return Optional.empty();
        }
        requireCli(record.get());
        try {
            Lineage lineage = await(session.get().lineage());
            BranchPoint point =
                    new BranchPointFinder(context.journal(), id, lineage).beforePrompt(before);
            return Optional.of(await(session.get().rewind(before, point, lineage)));
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof SessionBusyException busy) {
                throw busy;
            }
            if (cause instanceof JournalException journal) {
                throw journal;
            }
            throw new IllegalStateException(cause);
        }
    }

    /// Only the CLI keeps conversations that an agent can return to.
    private static void requireCli(SessionRecord record) throws BadRequestException {
        if (!record.agent().equals("cli")) {
            throw new BadRequestException("This agent cannot return to an earlier point.");
        }
    }

    private static <T> T await(CompletableFuture<T> future)
            throws ExecutionException, InterruptedException {
        return future.get();
    }
}
