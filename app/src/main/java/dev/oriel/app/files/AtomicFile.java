package dev.oriel.app.files;

import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A small file that is replaced atomically: after a crash it has either the old or the new
/// content.
///
/// New content is written to a temporary file next to the file, forced to disk and moved into
/// place. On POSIX file systems only the owner can read the file, because files of this class
/// contain drafts and tokens. Not safe for concurrent writers.
public record AtomicFile(Path path) {

    /// Reads the content; empty if the file does not exist.
    public Optional<byte[]> read() throws IOException {
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// Replaces the content. Creates the folder if it does not exist.
    public void write(byte[] content) throws IOException {
        Path temp = path.resolveSibling(path.getFileName() + ".new");
        Path folder = path.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.deleteIfExists(temp);
        PrivateFiles.createNew(temp);
        Files.write(temp, content, StandardOpenOption.TRUNCATE_EXISTING);
        try (FileChannel channel = FileChannel.open(temp, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        try {
            Files.move(temp, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(temp, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    /// Renames an unreadable file, so that its content is not lost when a new one is written.
    ///
    /// @return the new path
    public Path setAside() throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + ".unreadable");
        for (int n = 2; Files.exists(aside); n++) {
            aside = path.resolveSibling(path.getFileName() + ".unreadable-" + n);
        }
        return Files.move(path, aside);
    }
}
