package dev.oriel.session;

import dev.oriel.agent.AgentOptions;
import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.branch.BranchPoint;
import dev.oriel.session.branch.BranchSource;
import dev.oriel.session.branch.Lineage;
import dev.oriel.session.control.SavedControlRequests;
import dev.oriel.session.turn.SessionContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Creates a session with a copy of the first messages of another one. Blocks; not for a lane.
final class SessionForker {
    private static final int PAGE = 500;

    /// The origin of a session while its messages are copied.
    private static final String UNFINISHED = "unfinished-fork";

    private final SessionContext context;

    SessionForker(SessionContext context) {
        this.context = context;
    }

    /// @param from the other session, which stays as it is
    /// @param last seq of the last message to copy; 0 for none
    /// @param point where the agent's branch begins
    /// @param title null for the other session's title, with a note
    SessionView fork(BranchSource from, long last, BranchPoint point, @Nullable String title)
            throws JournalException {
        SessionRecord source = from.record();
        UUID id = UUID.randomUUID();
        SessionRecord created =
                record(source, from.lineage().until(last, point.conversation(id)), id, title);
        Journal journal = context.journal();
        // In several transactions: if the server dies meanwhile, the next one removes the copy.
        journal.save(unfinished(created));
        long copied;
        try {
            copied = copyMessages(source.id(), id, last);
            journal.append(id, copied + 1, List.of(marker(source)));
            journal.save(created.withLastSeq(copied + 1));
        } catch (JournalException | RuntimeException e) {
            try {
                journal.delete(id);
            } catch (JournalException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
        var view =
                new SessionView(
                        created.withLastSeq(copied + 1),
                        new SessionState.Idle(),
                        created.model(),
                        SavedControlRequests.fromOptions(created.options()).thinking(),
                        0,
                        AgentOptions.accountOf(created.options()));
        context.directory().update(view);
        return view;
    }

    /// The sessions of a journal. Removes copies that were not completed.
    static List<SessionRecord> completeSessions(Journal journal) throws JournalException {
        List<SessionRecord> complete = new ArrayList<>();
        for (SessionRecord session : journal.sessions()) {
            if (session.origin().equals(UNFINISHED)) {
                journal.delete(session.id());
            } else {
                complete.add(session);
            }
        }
        return complete;
    }

    static SessionRecord unfinished(SessionRecord copy) {
        return copy.withOrigin(UNFINISHED);
    }

    private long copyMessages(UUID from, UUID to, long last) throws JournalException {
        long copied = 0;
        while (copied < last) {
            List<Entry> page =
                    context.journal()
                            .messagesAfter(from, copied, (int) Math.min(PAGE, last - copied));
            if (page.isEmpty()) {
                return copied;
            }
            context.journal().append(to, copied + 1, page.stream().map(Entry::message).toList());
            copied += page.size();
        }
        return copied;
    }

    private SessionRecord record(
            SessionRecord source, Lineage lineage, UUID id, @Nullable String title) {
        Instant now = context.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        String named = source.title() == null ? null : source.title() + " (fork)";
        return new SessionRecord(
                id,
                title == null ? named : title,
                source.cwd(),
                source.agent(),
                null,
                source.model(),
                source.permissionMode(),
                false,
                false,
                false,
                0,
                null,
                source.origin(),
                lineage.addTo(Lineage.removeFrom(source.options())),
                now,
                now,
                context.directory().nextRecency(),
                0);
    }

    private static Message marker(SessionRecord source) {
        var message =
                Json.object()
                        .put("type", MessageType.SYSTEM)
                        .put("subtype", SystemSubtype.ORIEL_FORKED);
        var from = message.putObject("from").put("session_id", source.id().toString());
        if (source.title() != null) {
            from.put("title", source.title());
        }
        return Message.of(message);
    }
}
