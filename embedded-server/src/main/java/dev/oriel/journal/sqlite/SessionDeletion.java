package dev.oriel.journal.sqlite;

import dev.oriel.journal.JournalException;
import dev.oriel.journal.sqlite.SessionIndex.Position;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes sessions: their rows at once, their messages in batches, so that others can write in
/// between. If the process ends meanwhile, the next one continues. Any thread.
final class SessionDeletion {
    private static final Logger LOG = LoggerFactory.getLogger(SessionDeletion.class);

    private final JournalWriter writer;
    private final Checkpointer checkpointer;

    SessionDeletion(JournalWriter writer, Checkpointer checkpointer) {
        this.writer = writer;
        this.checkpointer = checkpointer;
    }

    /// Deletes a session. Blocks until its messages are deleted.
    ///
    /// @return the session's number, if the session existed
    OptionalLong delete(UUID session) throws JournalException {
        OptionalLong number = writer.write(tables -> deleteRows(tables, session));
        if (number.isPresent()) {
            deleteMessages(number.getAsLong());
        }
        return number;
    }

    /// Continues deletions that an earlier process did not complete, on threads of their own.
    ///
    /// @param sessions numbers of deleted sessions
    void resume(List<Long> sessions) {
        for (long session : sessions) {
            Thread.ofVirtual()
                    .name("oriel-journal-deletion")
                    .start(() -> {
                        try {
                            deleteMessages(session);
                        } catch (JournalException e) {
                            LOG.info(
                                    "A deletion is postponed to the next start: {}",
                                    e.getMessage());
                        }
                    });
        }
    }

    private static OptionalLong deleteRows(JournalTables tables, UUID session) throws SQLException {
        Position position = tables.sessionIndex().find(session);
        if (position == null) {
            return OptionalLong.empty();
        }
        tables.sessionIndex().remove(session);
        tables.sessions().delete(position.number);
        tables.deltas().delete(position.number);
        return OptionalLong.of(position.number);
    }

    private void deleteMessages(long number) throws JournalException {
        while (writer.write(tables -> tables.messages().deleteBatch(number))) {
            checkpointer.onCommitted(MessageTable.BATCH_BYTES);
        }
    }
}
