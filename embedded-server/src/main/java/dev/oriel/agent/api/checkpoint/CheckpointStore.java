package dev.oriel.agent.api.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The copies of one session, in a folder that only the owner can read: contents under their
/// SHA-256, and an index of lines. Not thread-safe.
final class CheckpointStore {
    private static final String INDEX = "index.jsonl";

    private final Path folder;
    private final long maxBytes;
    private @Nullable List<Entry> entries;

    /// A line of the index: the begin of a prompt's turn, the state of a file in that turn before
    /// its first change, or what the agent has made of a file.
    sealed interface Entry {
        /// @param id the prompt's message
        record Prompt(String id) implements Entry {}

        /// @param sha256 of the content; empty if the file did not exist
        /// @param mode as `rw-r--r--`; empty if it is not known
        record State(Path file, String sha256, String mode) implements Entry {
            boolean isAbsent() {
                return sha256.isEmpty();
            }
        }

        /// @param sha256 of the new content; empty if the file was deleted
        record Written(Path file, String sha256) implements Entry {}
    }

    /// @param maxBytes of all contents; the oldest are deleted when there are more
    CheckpointStore(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /// The index, oldest first.
    List<Entry> entries() throws IOException {
        if (entries == null) {
            entries = read();
        }
        return entries;
    }

    private List<Entry> read() throws IOException {
        List<Entry> read = new ArrayList<>();
        try (Stream<String> lines = Files.lines(folder.resolve(INDEX))) {
            lines.forEach(line -> {
                Entry entry = entry(line);
                if (entry != null) {
                    read.add(entry);
                }
            });
        } catch (NoSuchFileException e) {
            return read;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return read;
    }

    /// @return null for a line that was cut when the computer stopped
    private static @Nullable Entry entry(String line) {
        ObjectNode json;
        try {
            json = Json.parseStored(line);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (json.has("prompt")) {
            return new Entry.Prompt(json.path("prompt").asText());
        }
        if (json.has("written")) {
            return new Entry.Written(
                    Path.of(json.path("written").asText()), json.path("sha256").asText());
        }
        return new Entry.State(
                Path.of(json.path("path").asText()),
                json.path("sha256").asText(),
                json.path("mode").asText());
    }

    void add(Entry.Prompt prompt) throws IOException {
        add(prompt, Json.object().put("prompt", prompt.id()));
    }

    void add(Entry.Written written) throws IOException {
        add(
                written,
                Json.object()
                        .put("written", written.file().toString())
                        .put("sha256", written.sha256()));
    }

    /// Digest of what the agent has written last into a file, empty if it has deleted it; null if
    /// that is not known.
    @Nullable String lastWritten(Path file) throws IOException {
        List<Entry> known = entries();
        for (int i = known.size() - 1; i >= 0; i--) {
            if (known.get(i) instanceof Entry.Written(Path written, String sha256)
                    && written.equals(file)) {
                return sha256;
            }
        }
        return null;
    }

    /// Keeps the present state of a file.
    void add(Path file) throws IOException {
        Entry.State state = keep(file);
        add(
                state,
                Json.object()
                        .put("path", file.toString())
                        .put("sha256", state.sha256())
                        .put("mode", state.mode()));
    }

    private void add(Entry entry, ObjectNode json) throws IOException {
        List<Entry> known = entries();
        PrivateFiles.createFolders(folder);
        Path index = PrivateFiles.createIfMissing(folder.resolve(INDEX));
        Files.writeString(index, json + "\n", StandardOpenOption.APPEND);
        known.add(entry);
    }

    private Entry.State keep(Path file) throws IOException {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new Entry.State(file, "", "");
        }
        String sha256 = digest(content);
        PrivateFiles.createFolders(folder);
        Path copy = folder.resolve(sha256);
        if (!Files.exists(copy)) {
            makeRoom(content.length);
            Path temporary = folder.resolve(sha256 + ".tmp");
            Files.deleteIfExists(temporary);
            Files.write(PrivateFiles.createNew(temporary), content);
            Files.move(temporary, copy, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Entry.State(file, sha256, mode(file));
    }

    private static String mode(Path file) throws IOException {
        try {
            return PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
        } catch (UnsupportedOperationException e) {
            return "";
        }
    }

    private void makeRoom(long bytes) throws IOException {
        long total = bytes;
        for (Entry entry : entries()) {
            if (entry instanceof Entry.State state && !state.isAbsent()) {
                Path copy = folder.resolve(state.sha256());
                total += Files.exists(copy) ? Files.size(copy) : 0;
            }
        }
        for (Entry entry : entries()) {
            if (total <= maxBytes) {
                return;
            }
            if (entry instanceof Entry.State state && !state.isAbsent()) {
                Path copy = folder.resolve(state.sha256());
                total -= Files.exists(copy) ? Files.size(copy) : 0;
                Files.deleteIfExists(copy);
            }
        }
    }

    /// @return null if the copy was deleted or damaged
    byte @Nullable [] content(Entry.State state) throws IOException {
        try {
            byte[] content = Files.readAllBytes(folder.resolve(state.sha256()));
            return digest(content).equals(state.sha256()) ? content : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }
}
