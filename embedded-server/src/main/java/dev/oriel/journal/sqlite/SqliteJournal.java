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

/// The journal in an SQLite file in write-ahead mode.
///
/// Further files are beside it: SQLite's own (`-wal`, `-shm`), the lock (`.lock`), which restricts
/// the journal to one process, the mark (`.mark`, [JournalMark]), and the search index (`.search`),
/// which can be deleted at any time and is then built again. All are created with mode 0600.
///
/// A session must be [saved][#save] before anything of it is written. Otherwise a method throws an
/// [IllegalStateException], because it is a bug of the caller.
public final class SqliteJournal implements Journal {
    /// What a commit approximately adds to the log besides its messages.
    private static final long COMMIT_BYTES = OpenedJournal.PAGE_BYTES;

    private static final Logger LOG = LoggerFactory.getLogger(SqliteJournal.class);

    private final Path file;
    private final JournalLock lock;
    private final JournalWriter writer;
    private final ReaderPool readers;
    private final Checkpointer checkpointer;
    private final JournalSearch search;
    private final SessionDeletion deletion;
    private final SqliteErrors errors;
    private final JournalFiles files;
    private final GroupSync groupSync;
    private final UUID identity;

    private SqliteJournal(Path file, JournalLock lock, Connection connection, SqliteErrors errors)
            throws SQLException, IOException {
        this.file = file;
        this.lock = lock;
        this.errors = errors;
        files = JournalFiles.open(file);
        groupSync = new GroupSync(files::forceLog);
        writer = new JournalWriter(connection, errors);
        readers = new ReaderPool(file, errors);
        identity = readers.read(reader -> UuidCodec.decode(reader.identity()));
        // Last: nothing fails after a thread has started.
        checkpointer = Checkpointer.start(writer, SqliteConnections.open(file, 64));
        search = JournalSearch.start(file.resolveSibling(file.getFileName() + ".search"), readers);
        deletion = new SessionDeletion(writer, checkpointer);
    }

    /// Loads SQLite and its driver, which takes longer than the rest of [#open]. Optional: it can
    /// run earlier, on another thread.
    public static void loadDriver() {
        SqliteConnections.loadDriver();
    }

    /// Opens a journal, and creates it if it does not exist.
    ///
    /// @param file created if necessary, with its folders, readable by their owner only
    /// @throws JournalException of kind `IN_USE` if it is open in another process or elsewhere in
    ///   this one; `UNREADABLE` if it is damaged, of a newer version or no journal (the file is not
    ///   changed); `READ_ONLY`, `FULL` or `IO`
    public static SqliteJournal open(Path file) throws JournalException {
        SqliteErrors errors = new SqliteErrors(file);
        JournalLock lock = JournalLock.acquire(file);
        OpenedJournal opened = null;
        try {
            opened = OpenedJournal.open(file);
            SqliteJournal journal = new SqliteJournal(file, lock, opened.connection(), errors);
            opened.markOpen(journal.identity);
            journal.deletion.resume(journal.readers.read(JournalReader::deletedSessionNumbers));
            return journal;
        } catch (SQLException | IOException e) {
            release(opened == null ? null : opened.connection(), lock, e);
            throw e instanceof SQLException s
                    ? errors.toJournalException(s)
                    : errors.toJournalException((IOException) e);
        }
    }

    private void markClosed() {
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

    @Override
    public void save(SessionRecord session) throws JournalException {
        files.check();
        writer.write(tables -> {
            tables.sessions().save(session);
            return session;
        });
        checkpointer.onCommitted(COMMIT_BYTES);
    }

    @Override
    public void delete(UUID session) throws JournalException {
        OptionalLong number = deletion.delete(session);
        if (number.isPresent()) {
            search.onChanged(number.getAsLong());
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
                (tables, position) -> {
                    position.advance(firstSeq, batch.size());
                    tables.messages().insert(position.number, firstSeq, batch);
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
    public void saveDeltas(UUID session, boolean replace, List<Message> events)
            throws JournalException {
        long bytes =
                writer.write(tables -> {
                    Position position = tables.sessionIndex().require(session);
                    if (replace) {
                        tables.deltas().delete(position.number);
                    }
                    if (!events.isEmpty()) {
                        tables.deltas().insert(position.number, position.lastSeq(), events);
                    }
                    return events.stream().mapToLong(m -> m.bytes().length).sum();
                });
        checkpointer.onCommitted(bytes + COMMIT_BYTES);
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
                        (tables, position) ->
                                tables.prompts().insert(position.number, prompt, user, setting));
        try {
            syncLog();
        } catch (JournalException e) {
            if (fresh) {
                removeRefused(session, prompt, e);
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
                (tables, position) -> {
                    if (!tables.prompts().markStarted(position.number, prompt)) {
                        throw new IllegalStateException("prompt " + prompt + " is not queued");
                    }
                    position.advance(seq, 1);
                    tables.messages().insert(position.number, seq, List.of(user));
                    return user;
                });
    }

    @Override
    public boolean cancelPrompt(UUID session, UUID prompt) throws JournalException {
        boolean cancelled =
                write(
                        session,
                        0,
                        (tables, position) ->
                                tables.prompts().markCancelled(position.number, prompt));
        syncLog();
        return cancelled;
    }

    private void syncLog() throws JournalException {
        try {
            files.checkNow();
            groupSync.sync();
        } catch (IOException e) {
            throw errors.toJournalException(e);
        }
    }

    /// Removes a prompt that was refused, so that it can be sent again.
    private void removeRefused(UUID session, UUID prompt, JournalException because) {
        try {
            write(
                    session,
                    0,
                    (tables, position) -> tables.prompts().delete(position.number, prompt));
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
            throw errors.toJournalException(e);
        } catch (IOException e) {
            throw errors.toJournalException(e);
        }
    }

    private <T> T write(UUID session, long bytes, Step<T> step) throws JournalException {
        files.check();
        Written<T> written =
                writer.write(tables -> {
                    Position position = tables.sessionIndex().require(session);
                    return new Written<>(position.number, step.run(tables, position));
                });
        // After the commit: before it, the index would not find the messages yet.
        search.onChanged(written.session());
        checkpointer.onCommitted(bytes + COMMIT_BYTES);
        return written.result();
    }

    private record Written<T>(long session, T result) {}

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

    /// The work on one session within a transaction.
    @FunctionalInterface
    private interface Step<T> {
        T run(JournalTables tables, Position position) throws SQLException;
    }

    /// Waits for operations that are running, then completes the file. Further calls have no
    /// effect.
    @Override
    public void close() {
        try {
            search.close();
            checkpointer.close();
            readers.close();
            markClosed(); // before the log is removed, whose absence would be a loss
            writer.close();
            files.close();
            lock.close();
        } catch (SQLException | IOException e) {
            LOG.warn("The journal could not be closed properly; nothing is lost.", e);
        }
    }
}
