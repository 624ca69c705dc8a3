package dev.oriel.journal.sqlite;

import dev.oriel.journal.database.SqliteConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves what was committed from the write-ahead log into the file, off the path of whoever
/// appends, and keeps the log small.
///
/// It is copied in rounds while others write. The log can only begin anew when all of it is copied:
/// that is done when it has grown and little is left to copy, because then writers wait for a
/// moment. Under a load that outruns the disk they wait in any case once the log has 256 MB, and so
/// nothing grows without bound.
final class Checkpointer implements AutoCloseable {
    private static final long MB = 1024L * 1024;

    /// A round begins when about so many bytes were written.
    private static final long ROUND = 8 * MB;

    /// The log begins anew when it has about so many bytes. It is also what must be read after a
    /// crash.
    private static final long RENEW = 32 * MB;

    /// So many bytes may be left to copy while writers wait.
    private static final long LITTLE = MB;

    private static final long MOST = 256 * MB;
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

    private final JournalWriter writer;
    private final Connection connection;
    private final AtomicLong written = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    Checkpointer(JournalWriter writer, Connection connection) {
        this.writer = writer;
        this.connection = connection;
        this.thread = Thread.ofPlatform().daemon().name("oriel-checkpoint").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// To be called after a commit.
    void onCommitted(long bytes) {
        long now = written.addAndGet(bytes);
        if (now >= ROUND && now - bytes < ROUND) {
            LockSupport.unpark(thread);
        }
    }

    /// Waits for a checkpoint that is running.
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
        long log = 0;
        while (!closed) {
            if (written.get() < ROUND && log < RENEW) {
                LockSupport.park(this);
                continue;
            }
            try {
                log += written.getAndSet(0);
                copy();
                if (log > MOST || (log > RENEW && written.get() < LITTLE)) {
                    writer.runExclusively(this::copy);
                    log = 0;
                }
            } catch (SQLException e) {
                // Nothing is lost: the log holds everything, and the next round tries again.
                LOG.warn("The journal's log could not be copied into its file: {}", e.getMessage());
                log = 0;
            }
        }
    }

    /// As much as readers of older states allow; waits for nobody.
    private void copy() throws SQLException {
        SqliteConnections.execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
    }
}
