package dev.oriel.app.media;

import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes images and documents into files: those that the user saves, and private copies of those
/// that another program shall show. The copies are deleted when Oriel starts.
///
/// Every method returns at once; the writer touches the disk.
public final class MediaFiles {
    private static final Logger LOG = LoggerFactory.getLogger(MediaFiles.class);
    private static final int LONGEST_NAME = 80;

    private final Path copies;
    private final Executor writer;

    /// @param copies folder of the private copies
    public MediaFiles(Path copies, Executor writer) {
        this.copies = copies;
        this.writer = writer;
        writer.execute(this::deleteCopies);
    }

    private void deleteCopies() {
        if (!Files.isDirectory(copies)) {
            return;
        }
        try (DirectoryStream<Path> old = Files.newDirectoryStream(copies)) {
            for (Path file : old) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.info("Cannot delete copies in {}: {}", copies, e.toString());
        }
    }

    /// Saves a file where the user wants it, and replaces one that is there.
    ///
    /// @return fails with an [IOException] if it cannot be written
    public CompletableFuture<Void> save(Path file, byte[] content) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        Files.write(file, content);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                writer);
    }

    /// Saves a private copy for another program.
    ///
    /// @param name of the document, as the sender wrote it
    /// @param format determines the end of the file's name
    /// @return the file; fails with an [IOException] if it cannot be written
    public CompletableFuture<Path> saveCopy(String name, MediaFormat format, byte[] content) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        PrivateFiles.createFolders(copies);
                        String stem = stem(name);
                        Path file = copies.resolve(stem + "." + format.extension());
                        for (int n = 2; Files.exists(file); n++) {
                            file = copies.resolve(stem + "-" + n + "." + format.extension());
                        }
                        PrivateFiles.createNew(file);
                        return Files.write(file, content);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                writer);
    }

    /// A file's name without its end, of letters, digits, dashes and underscores only.
    static String stem(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        int dot = last.lastIndexOf('.');
        String stem =
                (dot > 0 ? last.substring(0, dot) : last).replaceAll("[^\\p{L}\\p{N}_-]+", "_");
        String cut = stem.substring(0, Math.min(LONGEST_NAME, stem.length()));
        return cut.isBlank() || cut.equals("_") ? "document" : cut;
    }
}
