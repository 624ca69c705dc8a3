package dev.oriel.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The journal could not be read or written. The message says what is so and what to do, for a
/// person, without a path.
public final class JournalException extends IOException {
    private final String what;
    private final Kind kind;

    /// @param cause what the disk or the database said, or null where Oriel found out by itself
    public JournalException(Kind kind, String what, @Nullable Throwable cause) {
        super(what, cause);
        this.what = what;
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return what;
    }

    /// What went wrong, as far as it decides what to do next.
    public enum Kind {
        /// No space left: trying again later may help.
        FULL,
        /// The folder or file cannot be written.
        READ_ONLY,
        /// Another process holds it.
        IN_USE,
        /// The file is not a journal, is damaged, or comes from a newer Oriel.
        UNREADABLE,
        /// Its files were deleted, emptied or replaced while it was open.
        LOST,
        /// Anything else of the disk.
        IO
    }
}
