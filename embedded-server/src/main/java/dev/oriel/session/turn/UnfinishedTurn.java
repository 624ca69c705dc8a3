package dev.oriel.session.turn;

import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.session.event.SessionEvent.AgentExited;
import java.util.List;
import java.util.Optional;

/// Detects that the server exited while the agent was answering: the journal then ends in the
/// middle of a turn.
public final class UnfinishedTurn {
    private static final int LOOK_BACK = 50;

    private UnfinishedTurn() {}

    /// The event that ends such a turn.
    public static Optional<AgentExited> find(Journal journal, SessionRecord record)
            throws JournalException {
        return isOpen(journal, record)
                ? Optional.of(
                        new AgentExited(ExitCause.CRASHED, null, ExitMessages.CUT_SHORT, List.of()))
                : Optional.empty();
    }

    private static boolean isOpen(Journal journal, SessionRecord record) throws JournalException {
        if (record.lastSeq() == 0) {
            return false;
        }
        List<Entry> last = journal.messagesBefore(record.id(), Long.MAX_VALUE, LOOK_BACK);
        for (Entry e : last.reversed()) {
            Message m = e.message();
            if (m.is(MessageType.RESULT)
                    || m.is(MessageType.SYSTEM, SystemSubtype.ORIEL_FORKED)
                    || m.is(MessageType.SYSTEM, SystemSubtype.ORIEL_AGENT_EXITED)) {
                return false;
            }
            if (isOfTurn(m)) {
                return true;
            }
        }
        return false;
    }

    /// False for messages of a subagent, which may continue in the background after the `result`.
    private static boolean isOfTurn(Message m) {
        return (m.is(MessageType.USER) || m.is(MessageType.ASSISTANT))
                && m.parentToolUseId() == null;
    }
}
