package dev.oriel.agent.api.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.checkpoint.CheckpointStore.Entry;
import dev.oriel.agent.api.tool.FileChangeListener;
import dev.oriel.agent.api.tool.file.PatchHunks;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps files as they were before each prompt's turn, and restores them for `rewind_files`. What
/// commands change is not covered. Thread-safe; all methods block on the disk.
public final class Checkpoints implements FileChangeListener {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final long MAX_BYTES = 1L << 30;
    private static final long MAX_FILE = 50L << 20;

    private final CheckpointStore store;
    private final Set<Path> kept = new HashSet<>(); // of the present prompt; guarded by this

    /// @param folder of the session; delete it with the session
    public Checkpoints(Path folder) {
        this(folder, MAX_BYTES);
    }

    Checkpoints(Path folder, long maxBytes) {
        this.store = new CheckpointStore(folder, maxBytes);
    }

    /// A prompt's turn begins: its changes can be undone from now on.
    ///
    /// @param prompt the id of the prompt's message
    public synchronized void begin(String prompt) {
        kept.clear();
        try {
            store.add(new Entry.Prompt(prompt));
        } catch (IOException e) {
            LOG.warn("The begin of a prompt cannot be noted: its changes cannot be undone", e);
        }
    }

    @Override
    public synchronized void beforeChange(Path file) throws IOException {
        if (kept.contains(file)) {
            return;
        }
        if (Files.exists(file) && Files.size(file) > MAX_FILE) {
            throw new IOException("the file is too large to be kept");
        }
        store.add(file);
        kept.add(file);
    }

    @Override
    public synchronized void afterChange(Path file, String sha256) {
        try {
            store.add(new Entry.Written(file, sha256));
        } catch (IOException e) {
            LOG.warn("A change cannot be noted: it will not be undone", e);
        }
    }

    /// Answers `rewind_files`: restores the files as they were before a prompt.
    ///
    /// @param dryRun whether to tell only what would change
    /// @return `{canRewind, filesChanged, insertions, deletions, conflicts?}`, or `{canRewind:
    ///   false, error}`. Files that others have changed since are conflicts, and stay
    public synchronized ObjectNode rewind(String prompt, boolean dryRun) {
        try {
            Map<Path, Entry.State> states = statesBefore(prompt);
            return states == null
                    ? failure("No file checkpoint found for this message.")
                    : rewind(states, dryRun);
        } catch (IOException e) {
            LOG.warn("Files cannot be restored", e);
            return failure("The files cannot be restored: not all could be read or written.");
        }
    }

    private static ObjectNode failure(String text) {
        return Json.object().put("canRewind", false).put("error", text);
    }

    /// @return null if nothing is known of the prompt
    private @Nullable Map<Path, Entry.State> statesBefore(String prompt) throws IOException {
        List<Entry> entries = store.entries();
        int start = entries.indexOf(new Entry.Prompt(prompt));
        if (start < 0) {
            return null;
        }
        Map<Path, Entry.State> states = new LinkedHashMap<>();
        for (Entry entry : entries.subList(start, entries.size())) {
            if (entry instanceof Entry.State state) {
                states.putIfAbsent(state.file(), state);
            }
        }
        return states;
    }

    private ObjectNode rewind(Map<Path, Entry.State> states, boolean dryRun) throws IOException {
        ObjectNode reply = Json.object().put("canRewind", true);
        ArrayNode changed = reply.putArray("filesChanged");
        int insertions = 0;
        int deletions = 0;
        for (Entry.State state : states.values()) {
            byte[] now = read(state.file());
            byte[] then = state.isAbsent() ? null : store.content(state);
            if (isSame(now, then) && (then != null || state.isAbsent())) {
                continue;
            }
            if ((then == null && !state.isAbsent()) || isOfOthers(state.file(), now)) {
                reply.withArray("conflicts").add(state.file().toString());
                continue;
            }
            changed.add(state.file().toString());
            for (JsonNode hunk : PatchHunks.of(text(now), text(then))) {
                for (JsonNode line : hunk.path("lines")) {
                    insertions += line.asText().startsWith("+") ? 1 : 0;
                    deletions += line.asText().startsWith("-") ? 1 : 0;
                }
            }
            if (!dryRun) {
                restore(state, then);
                afterChange(state.file(), then == null ? "" : state.sha256());
            }
        }
        return reply.put("insertions", insertions).put("deletions", deletions);
    }

    private static boolean isSame(byte @Nullable [] a, byte @Nullable [] b) {
        return a == null ? b == null : b != null && Arrays.equals(a, b);
    }

    /// Whether the content is not what the agent has written last, in this process or an earlier
    /// one.
    private boolean isOfOthers(Path file, byte @Nullable [] now) throws IOException {
        return now != null && !CheckpointStore.digest(now).equals(store.lastWritten(file));
    }

    private static byte @Nullable [] read(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("not a regular file");
        }
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static String text(byte @Nullable [] content) {
        return content == null
                ? ""
                : new String(content, StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private static void restore(Entry.State state, byte @Nullable [] content) throws IOException {
        Path file = state.file();
        Path folder = file.getParent();
        if (content == null || folder == null) {
            Files.deleteIfExists(file);
            return;
        }
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, ".restored", ".tmp");
        try {
            Files.write(temporary, content);
            if (!state.mode().isEmpty()) {
                Files.setPosixFilePermissions(
                        temporary, PosixFilePermissions.fromString(state.mode()));
            }
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
