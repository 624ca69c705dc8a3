package dev.oriel.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.platform.FileRights;
import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A JSON object in a file that only its owner can read. Not thread-safe; blocks.
public final class PrivateJsonFile {
    private static final int MAX_BYTES = 4 << 20;

    private final Path file;
    private final String contents;

    /// @param contents what it contains, in plural, for messages
    public PrivateJsonFile(Path file, String contents) {
        this.file = file;
        this.contents = contents;
    }

    /// @return an empty object if the file does not exist
    /// @throws IOException if it cannot be read, or others can change it; the message is for the
    ///   user
    public ObjectNode read() throws IOException {
        if (!Files.exists(file)) {
            return Json.object();
        }
        try {
            if (FileRights.of(file).writableByOthers() || Files.size(file) > MAX_BYTES) {
                throw new IOException();
            }
            return Json.parseObject(Files.readAllBytes(file));
        } catch (IOException e) {
            // Without the cause: the parser's message could contain a part of the file.
            throw new IOException(
                    "The %s cannot be read from %s. Repair or remove the file, and see that only you"
                                    .formatted(contents, file.getFileName())
                            + " can change it.");
        }
    }

    /// Replaces the file in one step.
    ///
    /// @throws IOException if it cannot be written; the message is for the user
    public void write(ObjectNode json) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                PrivateFiles.createFolders(folder);
            }
            Files.deleteIfExists(next);
            PrivateFiles.createNew(next);
            try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(Json.encode(json));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(
                    next,
                    file,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(next);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw new IOException("The %s cannot be stored.".formatted(contents), e);
        }
    }
}
