package dev.oriel.journal.database;

import dev.oriel.journal.JournalException;
import dev.oriel.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/// Turns what SQLite and the file system report into what a person can act on.
///
/// @param file the journal; only looked at to find out why something failed
public record SqliteErrors(Path file) {
    /// Below this SQLite cannot even grow its own bookkeeping, and reports that as a plain I/O
    /// error.
    private static final long NO_SPACE = 256 * 1024;

    public JournalException toJournalException(SQLException e) {
        return switch (primaryCode(e)) {
            case 13 -> full(e);
            case 8 -> readOnly(e);
            case 5, 6 -> inUse(e);
            case 11, 26 -> damaged(e);
            case 14 -> canBeWritten() ? io(e) : readOnly(e);
            case 10 -> isFull() ? full(e) : io(e);
            default -> io(e);
        };
    }

    /// Whether the file's content is the fault, and not the disk.
    public static boolean isDamage(SQLException e) {
        int code = primaryCode(e);
        return code == 11 || code == 26;
    }

    public JournalException toJournalException(IOException e) {
        if (e instanceof JournalException j) {
            return j;
        }
        if (e instanceof AccessDeniedException || !canBeWritten()) {
            return readOnly(e);
        }
        return isFull() ? full(e) : io(e);
    }

    public static JournalException inUse(@Nullable Throwable cause) {
        return new JournalException(
                Kind.IN_USE,
                "Another Oriel is using this data folder. Close it, or choose another folder.",
                cause);
    }

    static JournalException newer() {
        return new JournalException(
                Kind.UNREADABLE,
                "The journal was written by a newer Oriel. Update this one; nothing was changed.",
                null);
    }

    static JournalException foreign() {
        return new JournalException(
                Kind.UNREADABLE,
                "The file in the journal's place is not a journal of Oriel. Move it away, or choose"
                        + " another data folder.",
                null);
    }

    private static JournalException damaged(Throwable cause) {
        return new JournalException(
                Kind.UNREADABLE,
                "The journal is damaged or not a journal. Move it away and start again; its file is"
                        + " left as it is.",
                cause);
    }

    private static JournalException full(Throwable cause) {
        return new JournalException(
                Kind.FULL, "The disk is full. Free some space, then try again.", cause);
    }

    private static JournalException readOnly(Throwable cause) {
        return new JournalException(
                Kind.READ_ONLY,
                "The data folder cannot be written. Check who owns it and whether it is read-only.",
                cause);
    }

    private static JournalException io(Throwable cause) {
        return new JournalException(
                Kind.IO,
                "The journal could not be read or written: the disk reports an error.",
                cause);
    }

    /// The low byte of SQLite's result code, whatever extended code stands above it.
    private static int primaryCode(SQLException e) {
        return (e instanceof SQLiteException s ? s.getResultCode().code : e.getErrorCode()) & 0xff;
    }

    private boolean isFull() {
        try {
            return Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace()
                    < NO_SPACE;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean canBeWritten() {
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        return folder != null
                && Files.isWritable(folder)
                && (!Files.exists(file) || Files.isWritable(file));
    }
}
