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

/// A small file that is either the old one or the new one, never half of either.
///
/// It is written beside its place, forced to disk and moved over. Readable by its owner only, where
/// the file system knows owners: drafts and tokens are nobody else's business. Not safe for two
/// writers at once.
public record AtomicFile(Path path) {

    /// What it holds, or nothing if there is no such file.
    public Optional<byte[]> read() throws IOException {
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// Replaces what it holds; makes the folder if need be.
    public void write(byte[] content) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Path folder = path.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.deleteIfExists(fresh);
        PrivateFiles.createNew(fresh);
        Files.write(fresh, content, StandardOpenOption.TRUNCATE_EXISTING);
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        try {
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    /// Moves an unreadable file out of the way, so that what is in it is not lost when a new one is
    /// written.
    ///
    /// @return where it went
    public Path setAside() throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + ".unreadable");
        for (int n = 2; Files.exists(aside); n++) {
            aside = path.resolveSibling(path.getFileName() + ".unreadable-" + n);
        }
        return Files.move(path, aside);
    }
}
