package dev.oriel.session.turn;

import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.Message;
import java.util.List;

/// Whether the server ended while the agent was answering: then the journal ends in the middle of a
/// turn.
final class UnfinishedTurn {
    private static final int LOOK_BACK = 50;

    private UnfinishedTurn() {}

    static boolean isOpen(Journal journal, SessionRecord record) throws JournalException {
        if (record.lastSeq() == 0) {
            return false;
        }
        List<Entry> last = journal.messagesBefore(record.id(), Long.MAX_VALUE, LOOK_BACK);
        for (Entry e : last.reversed()) {
            Message m = e.message();
            if (m.is("result") || m.is("system", "oriel_agent_exited")) {
                return false;
            }
            if (m.is("user") || m.is("assistant")) {
                return true;
            }
        }
        return false;
    }
}
