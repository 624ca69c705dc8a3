package dev.oriel.session.branch;

import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.session.api.BadRequestException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds where a branch of a session's conversation begins. Reads the journal; not for a lane.
public final class BranchPointFinder {
    private static final int PAGE = 200;

    private final Journal journal;
    private final UUID session;
    private final Lineage lineage;
    private final boolean forgets;

    /// @param forgets whether the agent loses what comes before a compaction
    public BranchPointFinder(Journal journal, UUID session, Lineage lineage, boolean forgets) {
        this.journal = journal;
        this.session = session;
        this.lineage = lineage;
        this.forgets = forgets;
    }

    /// Finds the point before a prompt.
    ///
    /// @param prompt seq of a prompt of the user
    /// @throws BadRequestException if the agent cannot return to that point; the message is for the
    ///   user
    public BranchPoint beforePrompt(long prompt) throws BadRequestException, JournalException {
        List<Entry> at = prompt < 1 ? List.of() : journal.messagesAfter(session, prompt - 1, 1);
        if (at.isEmpty() || at.getFirst().seq() != prompt || !isPrompt(at.getFirst().message())) {
            throw new BadRequestException("before must be the seq of a prompt");
        }
        if (lineage.isRewound(prompt)) {
            throw new BadRequestException("This prompt was rewound.");
        }
        if (forgets && isCompactedAfter(prompt)) {
            throw new BadRequestException(
                    "The conversation was compacted after this prompt, so Claude no longer has what"
                            + " came before it.");
        }
        return lastMessageBefore(prompt);
    }

    /// Finds the point after the last message.
    ///
    /// @param lastSeq seq of the session's last message
    public BranchPoint atEnd(long lastSeq) throws JournalException {
        return lastMessageBefore(lastSeq + 1);
    }

    private BranchPoint lastMessageBefore(long seq) throws JournalException {
        long before = seq;
        while (true) {
            List<Entry> page = journal.messagesBefore(session, before, PAGE);
            for (Entry e : page.reversed()) {
                Optional<BranchPoint> found =
                        lineage.isRewound(e.seq()) ? Optional.empty() : own(e.message());
                if (found.isPresent()) {
                    return found.get();
                }
            }
            if (page.isEmpty() || page.getFirst().seq() <= 1) {
                return new BranchPoint.Start();
            }
            before = page.getFirst().seq();
        }
    }

    private boolean isCompactedAfter(long prompt) throws JournalException {
        long after = prompt;
        while (true) {
            List<Entry> page = journal.messagesAfter(session, after, PAGE);
            if (page.isEmpty()) {
                return false;
            }
            for (Entry e : page) {
                if (e.message().is(MessageType.SYSTEM, SystemSubtype.COMPACT_BOUNDARY)
                        && !lineage.isRewound(e.seq())) {
                    return true;
                }
            }
            after = page.getLast().seq();
        }
    }

    /// A message of the agent itself, not of a subagent, with the ids by which the agent finds it:
    /// an answer, the result of a tool, a summary, or the note that the user interrupted. What
    /// Oriel saved of an answer that was cut off is unknown to the agent.
    private static Optional<BranchPoint> own(Message message) {
        boolean known =
                (message.is(MessageType.ASSISTANT) || message.is(MessageType.USER))
                        && message.parentToolUseId() == null
                        && !message.tree().path("oriel_interrupted").asBoolean();
        UUID conversation = known ? uuid(message.agentSessionId()) : null;
        UUID own = known ? uuid(message.tree().path("uuid").textValue()) : null;
        return conversation == null || own == null
                ? Optional.empty()
                : Optional.of(new BranchPoint.After(conversation, own));
    }

    private static boolean isPrompt(Message message) {
        return message.is(MessageType.USER)
                && message.parentToolUseId() == null
                && !message.tree().path("message").path("content").path(0).has("tool_use_id");
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
