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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
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
    /// Page cache of the connection that copies the log, KiB: it reads no pages of the database.
    private static final int CHECKPOINT_CACHE = 64;

    private static final Logger LOG = LoggerFactory.getLogger(SqliteJournal.class);

    private final Path file;
    private final UUID identity;
    private final JournalLock lock;
    private final JournalFiles files;
    private final JournalWriter writer;
    private final ReaderPool readers;
    private final SqliteErrors errors;
    private final Checkpointer checkpointer;
    private final JournalSearch search;
    private final SessionWriter sessions;
    private final PromptStore prompts;
    private final SessionDeletion deletion;
    private final PromptListing listing;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SqliteJournal(JournalLock lock, OpenedJournal opened, SqliteErrors errors)
            throws SQLException, IOException {
        this.file = opened.file();
        this.lock = lock;
        this.errors = errors;
        files = JournalFiles.open(file);
        writer = new JournalWriter(opened.connection(), errors);
        readers = new ReaderPool(file, errors);
        identity = readers.read(reader -> UuidCodec.decode(reader.identity()));
        List<Long> deleted = readers.read(JournalReader::deletedSessionNumbers);
        boolean unlisted = readers.read(r -> UnlistedPrompts.isAny(r.connection()));
        Connection checkpoints = SqliteConnections.open(file, CHECKPOINT_CACHE);
        opened.markOpen(identity);
        // From here on there are other threads, and nothing fails.
        checkpointer = Checkpointer.start(writer, checkpoints);
        search = JournalSearch.start(file.resolveSibling(file.getFileName() + ".search"), readers);
        sessions = new SessionWriter(files, writer, checkpointer, search::onChanged, errors);
        prompts = new PromptStore(sessions, readers);
        deletion = new SessionDeletion(writer, checkpointer);
        deletion.resume(deleted);
        listing = PromptListing.start(sessions, readers, unlisted);
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
            return new SqliteJournal(lock, opened, errors);
        } catch (SQLException | IOException e) {
            release(opened == null ? null : opened.connection(), lock, e);
            throw e instanceof SQLException s
                    ? errors.toJournalException(s)
                    : errors.toJournalException((IOException) e);
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
        sessions.writeUnindexed(
                0,
                tables -> {
                    tables.sessions().save(session);
                    return session;
                });
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
        sessions.write(
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
        sessions.writeUnindexed(
                events.stream().mapToLong(event -> event.bytes().length).sum(),
                tables -> {
                    Position position = tables.sessionIndex().require(session);
                    if (replace) {
                        tables.deltas().delete(position.number);
                    }
                    if (!events.isEmpty()) {
                        tables.deltas().insert(position.number, position.lastSeq(), events);
                    }
                    return events;
                });
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
        return prompts.enqueue(session, prompt, user, setting);
    }

    @Override
    public List<QueuedPrompt> queuedPrompts(UUID session) throws JournalException {
        return prompts.prompts(session);
    }

    @Override
    public void startPrompt(UUID session, UUID prompt, long seq, Message user)
            throws JournalException {
        prompts.start(session, prompt, seq, user);
    }

    @Override
    public List<PastPrompt> pastPrompts(@Nullable String cwd, long before, int limit)
            throws JournalException {
        return prompts.past(cwd, before, limit);
    }

    @Override
    public void reorderPrompts(UUID session, List<UUID> order) throws JournalException {
        prompts.reorder(session, order);
    }

    @Override
    public boolean cancelPrompt(UUID session, UUID prompt) throws JournalException {
        return prompts.cancel(session, prompt);
    }

    @Override
    public boolean isPromptCancelled(UUID session, UUID prompt) throws JournalException {
        return prompts.isCancelled(session, prompt);
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

    @Override
    public double costSince(Instant from) throws JournalException {
        return readers.read(reader -> reader.costSince(from));
    }

    /// Waits for operations that are running, then completes the file. Further calls have no
    /// effect. If a part cannot be closed, the others are.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        for (AutoCloseable part :
                List.<AutoCloseable>of(
                        search,
                        listing,
                        checkpointer,
                        readers,
                        this::markClosed, // before the log is removed, whose absence would be a
                        // loss
                        writer,
                        files,
                        lock)) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("The journal could not be closed properly; nothing is lost.", e);
            }
        }
    }

    private void markClosed() {
        try {
            new JournalMark(identity, false).write(file, false);
        } catch (IOException e) {
            LOG.warn("The journal could not be marked as closed: {}", e.getMessage());
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
}
