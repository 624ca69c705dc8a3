package dev.oriel.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The journal cannot be read or written. The message says what is wrong and what the user can do.
/// It contains no path.
public final class JournalException extends IOException {
    private final String description;
    private final Kind kind;

    /// @param cause the error of the disk or the database; null if Oriel detected the problem
    ///   itself
    public JournalException(Kind kind, String description, @Nullable Throwable cause) {
        super(description, cause);
        this.description = description;
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return description;
    }

    /// The kinds of failures that callers distinguish.
    public enum Kind {
        /// No space is left. Retrying later can succeed.
        FULL,
        /// The folder or the file cannot be written.
        READ_ONLY,
        /// Another process has opened the journal.
        IN_USE,
        /// The file is not a journal, is damaged, or was written by a newer version.
        UNREADABLE,
        /// The files were deleted, emptied or replaced while the journal was open.
        LOST,
        /// Any other failure of the disk.
        IO
    }
}
