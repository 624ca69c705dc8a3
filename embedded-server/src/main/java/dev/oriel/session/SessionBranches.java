package dev.oriel.session;

import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionBusyException;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.branch.BranchPoint;
import dev.oriel.session.branch.BranchPointFinder;
import dev.oriel.session.branch.BranchSource;
import dev.oriel.session.branch.Lineage;
import dev.oriel.session.turn.SessionContext;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Forks and rewinds conversations. Any thread; blocks.
public final class SessionBranches {
    /// Kinds of agents that can return to an earlier point.
    private static final Set<String> BRANCHING = Set.of("cli", "api");

    private final Sessions sessions;
    private final Journal journal;
    private final SessionForker forker;

    SessionBranches(Sessions sessions, SessionContext context) {
        this.sessions = sessions;
        this.journal = context.journal();
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
        if (session.isEmpty()) {
            return Optional.empty();
        }
        try {
            BranchSource source = branchSource(session.get());
            long lastSeq = source.record().lastSeq();
            BranchPointFinder finder = finder(id, source, source.lineage());
            BranchPoint point =
                    before == null ? finder.atEnd(lastSeq) : finder.beforePrompt(before);
            long last = before == null ? lastSeq : before - 1;
            return Optional.of(forker.fork(source, last, point, title));
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
        if (session.isEmpty()) {
            return Optional.empty();
        }
        try {
            BranchSource source = branchSource(session.get());
            Lineage lineage = source.lineage();
            BranchPoint point = finder(id, source, lineage).beforePrompt(before);
            return Optional.of(session.get().rewind(before, point, lineage).get());
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

    /// The agent of the Messages API reads the conversation from the journal, which has everything.
    private BranchPointFinder finder(UUID id, BranchSource source, Lineage lineage) {
        boolean forgets = source.record().agent().equals("cli");
        return new BranchPointFinder(journal, id, lineage, forgets);
    }

    /// @throws BadRequestException if the agent keeps no conversations that it can return to
    private static BranchSource branchSource(Session session)
            throws BadRequestException, ExecutionException, InterruptedException {
        BranchSource source = session.branchSource().get();
        if (!BRANCHING.contains(source.record().agent())) {
            throw new BadRequestException("This agent cannot return to an earlier point.");
        }
        return source;
    }
}
