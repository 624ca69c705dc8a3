package dev.oriel.agent.api.tool;

import java.io.IOException;
import java.nio.file.Path;

/// Is told of changes of files, so that a prompt's changes can be undone. Thread-safe.
public interface FileChangeListener {
    /// Keeps nothing.
    FileChangeListener NONE = _ -> {};

    /// Called before a file is created, replaced or deleted.
    ///
    /// @param file absolute
    /// @throws IOException if its content cannot be kept; the change must not be made
    void beforeChange(Path file) throws IOException;

    /// Called after a file was written.
    ///
    /// @param file absolute
    /// @param sha256 digest of its new content, in hexadecimal
    default void afterChange(Path file, String sha256) {}
}
