package dev.oriel.session.branch;

import dev.oriel.agent.ConversationLog;
import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Message;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/// The conversation of a session as its journal has it. A session that began as a fork has copies
/// of the messages that it shares with the other one, so nothing else is read. Thread-safe.
public final class JournalConversationLog implements ConversationLog {
    private static final int PAGE = 500;

    private final Journal journal;
    private final UUID session;
    private final Lineage lineage;

    /// @param lineage the session's; must not change while an agent uses this
    public JournalConversationLog(Journal journal, UUID session, Lineage lineage) {
        this.journal = journal;
        this.session = session;
        this.lineage = lineage;
    }

    /// @throws JournalException if the journal cannot be read
    @Override
    public void read(Consumer<Message> each) throws JournalException {
        readAfter(0, each);
    }

    /// @throws JournalException if the journal cannot be read
    @Override
    public void readRecent(Consumer<Message> each) throws JournalException {
        RecentStart start = new RecentStart();
        long before = Long.MAX_VALUE;
        while (true) {
            List<Entry> page = journal.messagesBefore(session, before, PAGE);
            if (page.isEmpty()) {
                readAfter(0, each);
                return;
            }
            for (Entry e : page.reversed()) {
                if (!lineage.isRewound(e.seq()) && start.isFound(e.message())) {
                    readAfter(e.seq() - 1, each);
                    return;
                }
            }
            before = page.getFirst().seq();
        }
    }

    private void readAfter(long start, Consumer<Message> each) throws JournalException {
        long after = start;
        while (true) {
            List<Entry> page = journal.messagesAfter(session, after, PAGE);
            if (page.isEmpty()) {
                return;
            }
            for (Entry e : page) {
                if (!lineage.isRewound(e.seq())) {
                    each.accept(e.message());
                }
            }
            after = page.getLast().seq();
        }
    }
}
