package dev.oriel.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps a journal to one process: a lock on a file of its own, which the operating system drops
/// when the process dies, however it dies. The empty file stays; a lock on a file that comes and
/// goes could be held twice.
final class JournalLock implements AutoCloseable {
    private final FileChannel channel;

    private JournalLock(FileChannel channel) {
        this.channel = channel;
    }

    static JournalLock take(Path journal) throws JournalException {
        Faults faults = new Faults(journal);
        try {
            FileChannel channel =
                    FileChannel.open(
                            PrivateFiles.create(
                                    journal.resolveSibling(journal.getFileName() + ".lock")),
                            StandardOpenOption.WRITE);
            FileLock lock = null;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                throw Faults.inUse(e);
            } finally {
                if (lock == null) {
                    channel.close();
                }
            }
            if (lock == null) {
                throw Faults.inUse(null);
            }
            return new JournalLock(channel);
        } catch (IOException e) {
            throw faults.of(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
