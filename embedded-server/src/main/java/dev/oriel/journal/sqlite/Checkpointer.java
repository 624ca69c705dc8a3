package dev.oriel.journal.sqlite;

import dev.oriel.journal.database.SqliteConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies committed pages from the write-ahead log to the database file on a thread of its own, so
/// that the log stays small and appending does not wait.
///
/// Pages are copied in rounds while others write. The log can restart from its beginning only after
/// all of it has been copied. Writers must wait for that, so it is done when the log has grown and
/// little is left to copy. If the disk is too slow for the load, writers wait anyway when the log
/// has 256 MiB, so that the log is bounded.
final class Checkpointer implements AutoCloseable {
    private static final long MB = 1024L * 1024;

    /// A round starts after about this many bytes.
    private static final long ROUND_BYTES = 8 * MB;

    /// The log is restarted when it has about this size. After a crash this much must be read.
    private static final long RESTART_BYTES = 32 * MB;

    /// At most this much is left to copy while writers wait.
    private static final long MAX_BYTES_LEFT = MB;

    private static final long MAX_LOG_BYTES = 256 * MB;
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

    private final JournalWriter writer;
    private final Connection connection;

    /// Bytes that were committed since the last round began.
    private final AtomicLong written = new AtomicLong();

    private final Thread thread;

    /// Approximate size of the log; used by the thread.
    private long log;

    private volatile boolean closed;

    /// @param connection for checkpoints only; closed by [#close]
    Checkpointer(JournalWriter writer, Connection connection) {
        this.writer = writer;
        this.connection = connection;
        this.thread = Thread.ofPlatform().daemon().name("oriel-checkpoint").unstarted(this::run);
    }

    /// Starts the thread that copies the log. It runs until [#close].
    ///
    /// @param connection for checkpoints only; closed by [#close]
    static Checkpointer start(JournalWriter writer, Connection connection) {
        var checkpointer = new Checkpointer(writer, connection);
        checkpointer.thread.start();
        return checkpointer;
    }

    /// Must be called after each commit.
    void onCommitted(long bytes) {
        long now = written.addAndGet(bytes);
        if (now >= ROUND_BYTES && now - bytes < ROUND_BYTES) {
            LockSupport.unpark(thread);
        }
    }

    /// Waits for the current checkpoint.
    @Override
    public void close() throws SQLException {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    private void run() {
        while (!closed) {
            if (isDue()) {
                runRound();
            } else {
                LockSupport.park(this);
            }
        }
    }

    /// Whether enough was written for a round, or the log is to be restarted.
    boolean isDue() {
        return written.get() >= ROUND_BYTES || log >= RESTART_BYTES;
    }

    /// Copies what is in the log, and restarts the log if it has grown.
    void runRound() {
        try {
            log += written.getAndSet(0);
            copy();
            if (log > MAX_LOG_BYTES || (log >= RESTART_BYTES && written.get() < MAX_BYTES_LEFT)) {
                writer.runExclusively(this::copy);
                log = 0;
            }
        } catch (SQLException e) {
            // Nothing is lost: the log contains everything, and a later round copies it.
            LOG.warn(
                    "The journal's write-ahead log could not be copied to its file: {}",
                    e.getMessage());
            log = 0;
        }
    }

    /// Copies as much as readers of older states permit, without waiting.
    private void copy() throws SQLException {
        SqliteConnections.execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
    }
}
