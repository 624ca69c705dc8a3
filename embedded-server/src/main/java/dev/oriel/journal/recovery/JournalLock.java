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

/// Restricts a journal to one process by a lock on a separate file. The operating system releases
/// it when the process ends, in whatever way. The empty file remains: if it were deleted and
/// created again, two processes could hold a lock on it.
public final class JournalLock implements AutoCloseable {
    private final FileChannel channel;

    private JournalLock(FileChannel channel) {
        this.channel = channel;
    }

    public static JournalLock acquire(Path journal) throws JournalException {
        SqliteErrors errors = new SqliteErrors(journal);
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
            throw errors.toJournalException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
