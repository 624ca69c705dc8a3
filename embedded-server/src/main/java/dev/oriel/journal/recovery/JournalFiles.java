package dev.oriel.journal.recovery;

import dev.oriel.journal.JournalException;
import dev.oriel.journal.JournalException.Kind;
import dev.oriel.journal.database.SqliteErrors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The files of an open journal. Another program can delete, replace or empty them; SQLite does not
/// notice, and continues to write to a file without a name.
///
/// Any thread.
public final class JournalFiles implements AutoCloseable {
    /// Reading two entries of a folder takes a few microseconds, so [#check] does it at most once
    /// in this period.
    private static final long CHECK_PERIOD = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path file;
    private final Path log;

    /// What identifies the file, even under another name; null if the file system has no such key.
    private final @Nullable Object fileKey;

    /// The journal never shrinks, because deleted pages are reused.
    private final long leastSize;

    private @Nullable Object logKey; // guarded by this: as fileKey; null until the log exists
    private @Nullable FileChannel logChannel; // guarded by this
    private final LongSupplier nanoTime;
    private volatile long checkedAt;

    private JournalFiles(Path file, BasicFileAttributes now, LongSupplier nanoTime) {
        this.file = file;
        this.log = file.resolveSibling(file.getFileName() + "-wal");
        this.fileKey = now.fileKey();
        this.leastSize = now.size();
        this.nanoTime = nanoTime;
        this.checkedAt = nanoTime.getAsLong() - CHECK_PERIOD;
    }

    /// Must be called after the database was opened and has its tables.
    public static JournalFiles open(Path file) throws IOException {
        return open(file, System::nanoTime);
    }

    /// @param nanoTime a clock as [System#nanoTime]
    static JournalFiles open(Path file, LongSupplier nanoTime) throws IOException {
        JournalFiles files = new JournalFiles(file, read(file), nanoTime);
        forceEntries(file);
        return files;
    }

    /// Fails if the files are not those that were opened. Has no effect if they were checked
    /// recently.
    public void check() throws JournalException {
        long now = nanoTime.getAsLong();
        if (now - checkedAt >= CHECK_PERIOD) {
            checkNow();
            checkedAt = now;
        }
    }

    /// Fails if the files are not those that were opened.
    public void checkNow() throws JournalException {
        try {
            BasicFileAttributes now = read(file);
            if (!same(fileKey, now.fileKey()) || now.size() < leastSize || !isSameLog()) {
                throw lost(null);
            }
        } catch (NoSuchFileException e) {
            throw lost(e);
        } catch (JournalException e) {
            throw e;
        } catch (IOException e) {
            throw new SqliteErrors(file).toJournalException(e);
        }
    }

    private synchronized boolean isSameLog() throws IOException {
        if (!Files.exists(log)) {
            // SQLite creates it when it is first used.
            return logKey == null;
        }
        Object now = read(log).fileKey();
        if (logKey == null) {
            logKey = now;
        }
        return same(logKey, now);
    }

    /// Forces the write-ahead log to the disk.
    public void forceLog() throws IOException {
        channel().force(false);
    }

    private synchronized FileChannel channel() throws IOException {
        FileChannel open = logChannel;
        if (open == null) {
            // Closing a file releases the process's locks on it; SQLite has no lock on its log.
            open = FileChannel.open(log, StandardOpenOption.WRITE);
            logChannel = open;
        }
        return open;
    }

    @Override
    public synchronized void close() throws IOException {
        if (logChannel != null) {
            logChannel.close();
        }
    }

    /// After a power cut, a new file is found only if its folder was written too.
    private static void forceEntries(Path file) {
        try (FileChannel folder =
                FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // Some systems cannot open folders; they persist entries by themselves.
        }
    }

    private static boolean same(@Nullable Object before, @Nullable Object now) {
        return before == null || before.equals(now);
    }

    private static BasicFileAttributes read(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    private static JournalException lost(@Nullable Throwable cause) {
        return new JournalException(
                Kind.LOST,
                "The journal's files were deleted, emptied or replaced while Oriel was running."
                        + " Nothing can be kept until they are back; or start Oriel again, and it"
                        + " begins a new journal.",
                cause);
    }
}
