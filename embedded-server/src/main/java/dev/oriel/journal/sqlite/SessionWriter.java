package dev.oriel.journal.sqlite;

import dev.oriel.journal.JournalException;
import dev.oriel.journal.database.SqliteErrors;
import dev.oriel.journal.recovery.JournalFiles;
import dev.oriel.journal.recovery.OpenedJournal;
import dev.oriel.journal.sqlite.SessionIndex.Position;
import java.io.IOException;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.LongConsumer;

/// Changes a session in a transaction. Beforehand it checks that the journal's files still exist;
/// after the commit it notifies the search index and the [Checkpointer]. Any thread.
final class SessionWriter {
    /// What a commit approximately adds to the log besides its messages.
    private static final long COMMIT_BYTES = OpenedJournal.PAGE_BYTES;

    private final JournalFiles files;
    private final JournalWriter writer;
    private final Checkpointer checkpointer;
    private final LongConsumer onChanged;
    private final SqliteErrors errors;
    private final GroupSync groupSync;

    /// @param onChanged called with the number of each session whose messages may have changed,
    ///   after the commit: before it, the search index would not find the messages yet
    SessionWriter(
            JournalFiles files,
            JournalWriter writer,
            Checkpointer checkpointer,
            LongConsumer onChanged,
            SqliteErrors errors) {
        this.files = files;
        this.writer = writer;
        this.checkpointer = checkpointer;
        this.onChanged = onChanged;
        this.errors = errors;
        this.groupSync = new GroupSync(files::forceLog);
    }

    /// Changes the messages or prompts of a session.
    ///
    /// @param bytes size of what the step writes
    /// @throws IllegalStateException if the session does not exist
    <T> T write(UUID session, long bytes, Step<T> step) throws JournalException {
        files.check();
        Written<T> written =
                writer.write(tables -> {
                    Position position = tables.sessionIndex().require(session);
                    return new Written<>(position.number, step.run(tables, position));
                });
        onChanged.accept(written.session());
        checkpointer.onCommitted(bytes + COMMIT_BYTES);
        return written.result();
    }

    /// Changes what the search index does not contain.
    ///
    /// @param bytes size of what the work writes
    <T> T writeUnindexed(long bytes, JournalWriter.Work<T> work) throws JournalException {
        files.check();
        T result = writer.write(work);
        checkpointer.onCommitted(bytes + COMMIT_BYTES);
        return result;
    }

    /// Returns when everything that was committed before the call survives a power cut.
    void sync() throws JournalException {
        try {
            files.checkNow();
            groupSync.sync();
        } catch (IOException e) {
            throw errors.toJournalException(e);
        }
    }

    private record Written<T>(long session, T result) {}

    /// The work on one session within a transaction.
    @FunctionalInterface
    interface Step<T> {
        T run(JournalTables tables, Position position) throws SQLException;
    }
}
