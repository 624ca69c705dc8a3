package dev.oriel.journal.database;

import dev.oriel.journal.JournalException;
import dev.oriel.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Converts errors of SQLite and of the file system to errors that say what the user can do.
///
/// @param file the journal; only examined to find out why an operation failed
public record SqliteErrors(Path file) {
    /// With less free space than this, SQLite fails to extend its own files and reports a plain I/O
    /// error.
    private static final long MIN_FREE_BYTES = 256 * 1024;

    public JournalException toJournalException(SQLException e) {
        return switch (primaryCode(e)) {
            case SQLITE_FULL -> full(e);
            case SQLITE_READONLY -> readOnly(e);
            case SQLITE_BUSY, SQLITE_LOCKED -> inUse(e);
            case SQLITE_CORRUPT, SQLITE_NOTADB -> damaged(e);
            case SQLITE_CANTOPEN -> canBeWritten() ? io(e) : readOnly(e);
            case SQLITE_IOERR -> isFull() ? full(e) : io(e);
            default -> io(e);
        };
    }

    /// Whether the file's content is damaged, in contrast to a failure of the disk.
    public static boolean isDamage(SQLException e) {
        return switch (primaryCode(e)) {
            case SQLITE_CORRUPT, SQLITE_NOTADB -> true;
            default -> false;
        };
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

    /// The primary result code: the low byte of an extended code.
    private static SQLiteErrorCode primaryCode(SQLException e) {
        int code = e instanceof SQLiteException s ? s.getResultCode().code : e.getErrorCode();
        return SQLiteErrorCode.getErrorCode(code & 0xff);
    }

    private boolean isFull() {
        try {
            return Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace()
                    < MIN_FREE_BYTES;
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
