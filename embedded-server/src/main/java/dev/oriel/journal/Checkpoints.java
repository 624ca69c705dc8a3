package dev.oriel.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves what was committed from the write-ahead log into the file, off the path of whoever
/// appends, and keeps the log small.
///
/// Most of it is copied while others write. The log can only begin anew when all of it is copied,
/// so at the end, with little left, writers wait for a moment.
final class Checkpoints implements AutoCloseable {
    /// The log is copied when about so many bytes were written.
    private static final long ENOUGH = 16L * 1024 * 1024;

    /// So many bytes may be left for the moment when writers wait.
    private static final long LITTLE = 1024 * 1024;

    private static final int ROUNDS = 4;
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private final Writer writer;
    private final Connection connection;
    private final PreparedStatement checkpoint;
    private final AtomicLong written = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    Checkpoints(Writer writer, Connection connection) throws SQLException {
        this.writer = writer;
        this.connection = connection;
        this.checkpoint = connection.prepareStatement("PRAGMA wal_checkpoint(PASSIVE)");
        this.thread = Thread.ofPlatform().daemon().name("oriel-checkpoint").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// To be called after a commit.
    void wrote(long bytes) {
        if (written.addAndGet(bytes) - bytes < ENOUGH && written.get() >= ENOUGH) {
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
        while (!closed) {
            if (written.get() < ENOUGH) {
                LockSupport.park(this);
                continue;
            }
            try {
                for (int i = 0; i < ROUNDS && written.getAndSet(0) > LITTLE; i++) {
                    copy();
                }
                writer.alone(this::copy);
            } catch (SQLException e) {
                // Nothing is lost: the log holds everything, and the next round tries again.
                LOG.warn("The journal's log could not be copied into its file: {}", e.getMessage());
            }
        }
    }

    /// As much as readers of older states allow; waits for nobody.
    private void copy() throws SQLException {
        checkpoint.execute();
    }
}
