package dev.oriel.journal.sqlite;

import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.SessionRecord;
import dev.oriel.journal.database.JournalReader;
import dev.oriel.journal.database.ReaderPool;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.database.SqliteErrors;
import dev.oriel.journal.database.UuidCodec;
import dev.oriel.journal.recovery.JournalFiles;
import dev.oriel.journal.recovery.JournalLock;
import dev.oriel.journal.recovery.JournalMark;
import dev.oriel.journal.recovery.OpenedJournal;
import dev.oriel.journal.search.JournalSearch;
import dev.oriel.journal.sqlite.SessionIndex.Position;
import dev.oriel.message.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journal in an SQLite file, in write-ahead mode.
///
/// Beside the file stand SQLite's own two (`-wal`, `-shm`), the lock (`.lock`), which keeps the
/// journal to one process, the mark (`.mark`, [JournalMark]), and the search index (`.search`),
/// which can be thrown away at any time and is then built again. All of them are made with mode
/// 0600.
///
/// A session must have been [saved][#save] before anything of it is written; else that is a bug of
/// the caller, and [IllegalStateException].
public final class SqliteJournal implements Journal {
    /// About what a commit adds to the log beside its messages.
    private static final long COMMIT_BYTES = OpenedJournal.PAGE_BYTES;

    private static final Logger LOG = LoggerFactory.getLogger(SqliteJournal.class);

    private final Path file;
    private final JournalLock lock;
    private final JournalWriter writer;
    private final ReaderPool readers;
    private final Checkpointer checkpoints;
    private final JournalSearch search;
    private final SqliteErrors faults;
    private final JournalFiles files;
    private final GroupSync safety;
    private final UUID identity;

    private SqliteJournal(Path file, JournalLock lock, Connection connection, SqliteErrors faults)
            throws SQLException, IOException {
        this.file = file;
        this.lock = lock;
        this.faults = faults;
        files = JournalFiles.open(file);
        safety = new GroupSync(files::forceLog);
        writer = new JournalWriter(connection, faults);
        readers = new ReaderPool(file, faults);
        checkpoints = new Checkpointer(writer, SqliteConnections.open(file, 64));
        search = new JournalSearch(file.resolveSibling(file.getFileName() + ".search"), readers);
        identity = readers.read(reader -> UuidCodec.decode(reader.identity()));
    }

    /// Loads SQLite and its driver, which takes longer than all else in [#savedDeltas]; it may be
    /// done earlier, on another thread.
    public static void loadDriver() {
        SqliteConnections.loadDriver();
    }

    /// Opens a journal, and makes it if there is none.
    ///
    /// @param file where it stands; folders that are missing are made, for their owner alone
    /// @throws JournalException of kind `IN_USE` while another process (or another part of this
    ///   one) has it open, `UNREADABLE` if it is damaged, from a newer Oriel or no journal (it is
    ///   then left untouched), `READ_ONLY`, `FULL`, `IO`
    public static SqliteJournal open(Path file) throws JournalException {
        SqliteErrors faults = new SqliteErrors(file);
        JournalLock lock = JournalLock.acquire(file);
        OpenedJournal opening = null;
        try {
            opening = OpenedJournal.open(file);
            SqliteJournal journal = new SqliteJournal(file, lock, opening.connection(), faults);
            opening.markOpen(journal.identity);
            journal.checkpoints.start();
            journal.search.start();
            journal.finishDeletions();
            return journal;
        } catch (SQLException | IOException e) {
            release(opening == null ? null : opening.connection(), lock, e);
            throw e instanceof SQLException s
                    ? faults.toJournalException(s)
                    : faults.toJournalException((IOException) e);
        }
    }

    private void unmark() {
        try {
            new JournalMark(identity, false).write(file, false);
        } catch (IOException e) {
            LOG.warn("The journal could not be marked as closed: {}", e.getMessage());
        }
    }

    @Override
    public UUID identity() {
        return identity;
    }

    @Override
    public List<SessionRecord> sessions() throws JournalException {
        return readers.sessions();
    }

    @Override
    public Optional<SessionRecord> findSession(UUID id) throws JournalException {
        return readers.read(reader -> reader.findSession(id));
    }

    /// [SessionRecord#lastSeq] is not written: it follows from the messages.
    @Override
    public void save(SessionRecord session) throws JournalException {
        files.check();
        writer.write(tables -> {
            tables.sessions().save(session);
            return session;
        });
        checkpoints.onCommitted(COMMIT_BYTES);
    }

    @Override
    public void delete(UUID session) throws JournalException {
        OptionalLong gone = writer.write(tables -> takeOut(tables, session));
        if (gone.isPresent()) {
            removeMessages(gone.getAsLong());
            search.onChanged(gone.getAsLong());
        }
    }

    @Override
    public void append(UUID session, long firstSeq, List<Message> batch) throws JournalException {
        long bytes = 0;
        for (Message message : batch) {
            bytes += message.bytes().length;
        }
        write(
                session,
                bytes,
                (tables, place) -> {
                    place.advance(firstSeq, batch.size());
                    tables.messages().insert(place.number, firstSeq, batch);
                    return batch;
                });
    }

    @Override
    public List<Entry> messagesAfter(UUID session, long after, int limit) throws JournalException {
        files.check();
        OptionalLong number = readers.read(reader -> reader.findSessionNumber(session));
        return number.isEmpty()
                ? List.of()
                : readers.messagesAfter(number.getAsLong(), after, limit);
    }

    @Override
    public List<Entry> messagesBefore(UUID session, long before, int limit)
            throws JournalException {
        files.check();
        OptionalLong number = readers.read(reader -> reader.findSessionNumber(session));
        return number.isEmpty()
                ? List.of()
                : readers.messagesBefore(number.getAsLong(), before, limit);
    }

    @Override
    public void saveDeltas(UUID session, boolean anew, List<Message> events)
            throws JournalException {
        long bytes =
                writer.write(tables -> {
                    Position place = tables.sessionIndex().require(session);
                    if (anew) {
                        tables.deltas().delete(place.number);
                    }
                    if (!events.isEmpty()) {
                        tables.deltas().insert(place.number, place.lastSeq(), events);
                    }
                    return events.stream().mapToLong(m -> m.bytes().length).sum();
                });
        checkpoints.onCommitted(bytes + COMMIT_BYTES);
    }

    @Override
    public SavedDeltas savedDeltas(UUID session) throws JournalException {
        return readers.read(reader -> {
            OptionalLong number = reader.findSessionNumber(session);
            return number.isEmpty()
                    ? new SavedDeltas(0, List.of())
                    : DeltaTable.read(reader.connection(), number.getAsLong());
        });
    }

    @Override
    public boolean enqueue(UUID session, UUID prompt, Message user, @Nullable String setting)
            throws JournalException {
        boolean fresh =
                write(
                        session,
                        user.bytes().length,
                        (tables, place) ->
                                tables.prompts().insert(place.number, prompt, user, setting));
        try {
            makeSafe();
        } catch (JournalException e) {
            if (fresh) {
                takeBack(session, prompt, e);
            }
            throw e;
        }
        return fresh;
    }

    @Override
    public List<QueuedPrompt> queuedPrompts(UUID session) throws JournalException {
        return readers.read(reader -> {
            OptionalLong number = reader.findSessionNumber(session);
            return number.isEmpty()
                    ? List.of()
                    : PromptTable.readQueue(reader.connection(), number.getAsLong());
        });
    }

    @Override
    public void startPrompt(UUID session, UUID prompt, long seq, Message user)
            throws JournalException {
        write(
                session,
                user.bytes().length,
                (tables, place) -> {
                    if (!tables.prompts().markStarted(place.number, prompt)) {
                        throw new IllegalStateException("prompt " + prompt + " does not wait");
                    }
                    place.advance(seq, 1);
                    tables.messages().insert(place.number, seq, List.of(user));
                    return user;
                });
    }

    @Override
    public boolean cancelPrompt(UUID session, UUID prompt) throws JournalException {
        boolean cancelled =
                write(
                        session,
                        0,
                        (tables, place) -> tables.prompts().markCancelled(place.number, prompt));
        makeSafe();
        return cancelled;
    }

    private void makeSafe() throws JournalException {
        try {
            files.checkNow();
            safety.sync();
        } catch (IOException e) {
            throw faults.toJournalException(e);
        }
    }

    /// A prompt that is refused can be sent again.
    private void takeBack(UUID session, UUID prompt, JournalException because) {
        try {
            write(session, 0, (tables, place) -> tables.prompts().delete(place.number, prompt));
        } catch (JournalException e) {
            because.addSuppressed(e);
        }
    }

    @Override
    public boolean isPromptCancelled(UUID session, UUID prompt) throws JournalException {
        return readers.read(reader -> {
            OptionalLong number = reader.findSessionNumber(session);
            return number.isPresent()
                    && PromptTable.isCancelled(reader.connection(), number.getAsLong(), prompt);
        });
    }

    @Override
    public List<SearchHit> search(String query, @Nullable UUID session, int limit)
            throws JournalException {
        try {
            return search.search(query, session, limit);
        } catch (SQLException e) {
            throw faults.toJournalException(e);
        } catch (IOException e) {
            throw faults.toJournalException(e);
        }
    }

    private <T> T write(UUID session, long bytes, Step<T> step) throws JournalException {
        files.check();
        Written<T> written =
                writer.write(tables -> {
                    Position place = tables.sessionIndex().require(session);
                    return new Written<>(place.number, step.run(tables, place));
                });
        // Not before the commit: the index would look, and find nothing yet.
        search.onChanged(written.session());
        checkpoints.onCommitted(bytes + COMMIT_BYTES);
        return written.result();
    }

    private record Written<T>(long session, T result) {}

    /// What a process that died had begun to remove.
    private void finishDeletions() throws JournalException {
        for (long session : readers.read(JournalReader::deletedSessionNumbers)) {
            Thread.ofVirtual()
                    .name("oriel-journal-removal")
                    .start(() -> {
                        try {
                            removeMessages(session);
                        } catch (JournalException e) {
                            LOG.info("A removal waits for the next start: {}", e.getMessage());
                        }
                    });
        }
    }

    /// @return the number of the session, if it was there
    private static OptionalLong takeOut(JournalTables tables, UUID session) throws SQLException {
        Position place = tables.sessionIndex().find(session);
        if (place == null) {
            return OptionalLong.empty();
        }
        tables.sessionIndex().remove(session);
        tables.sessions().delete(place.number);
        tables.deltas().delete(place.number);
        return OptionalLong.of(place.number);
    }

    /// In parts, so that others may write in between. Where the process dies on the way, the next
    /// one goes on.
    private void removeMessages(long number) throws JournalException {
        while (writer.write(tables -> tables.messages().deleteBatch(number))) {
            checkpoints.onCommitted(MessageTable.SLICE_BYTES);
        }
    }

    private static void release(
            @Nullable Connection connection, JournalLock lock, Exception because) {
        try {
            if (connection != null) {
                connection.close();
            }
            lock.close();
        } catch (SQLException | IOException e) {
            because.addSuppressed(e);
        }
    }

    /// What is done with a session in a transaction.
    @FunctionalInterface
    private interface Step<T> {
        T run(JournalTables tables, Position place) throws SQLException;
    }

    /// Waits for what is running, then leaves the file complete in itself. Closing twice is
    /// harmless.
    @Override
    public void close() {
        try {
            search.close();
            checkpoints.close();
            readers.close();
            unmark(); // before the log goes, which would be missed else
            writer.close();
            files.close();
            lock.close();
        } catch (SQLException | IOException e) {
            LOG.warn("The journal was not closed in good order; nothing is lost.", e);
        }
    }
}
