package dev.oriel.journal.recovery;

import dev.oriel.journal.JournalException;
import dev.oriel.journal.database.SqliteErrors;
import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps a journal to one process: a lock on a file of its own, which the operating system drops
/// when the process dies, however it dies. The empty file stays; a lock on a file that comes and
/// goes could be held twice.
public final class JournalLock implements AutoCloseable {
    private final FileChannel channel;

    private JournalLock(FileChannel channel) {
        this.channel = channel;
    }

    public static JournalLock acquire(Path journal) throws JournalException {
        SqliteErrors faults = new SqliteErrors(journal);
        try {
            FileChannel channel =
                    FileChannel.open(
                            PrivateFiles.createIfMissing(
                                    journal.resolveSibling(journal.getFileName() + ".lock")),
                            StandardOpenOption.WRITE);
            FileLock lock = null;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                throw SqliteErrors.inUse(e);
            } finally {
                if (lock == null) {
                    channel.close();
                }
            }
            if (lock == null) {
                throw SqliteErrors.inUse(null);
            }
            return new JournalLock(channel);
        } catch (IOException e) {
            throw faults.toJournalException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
