package dev.oriel.app.composer;

import dev.oriel.app.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a person has typed and not sent, per session, on disk. A change is written a moment after
/// the last one, on a thread of its own; [#flush] writes at once. Safe for any thread.
public final class DraftStore {
    private static final Logger LOG = LoggerFactory.getLogger(DraftStore.class);

    private final Path folder;
    private final ScheduledExecutorService writer;
    private final Duration pause;

    // Guarded by this.
    private final Map<String, String> unwritten = new HashMap<>();
    private boolean scheduled;

    /// @param pause between a change and its writing
    public DraftStore(Path folder, ScheduledExecutorService writer, Duration pause) {
        this.folder = folder;
        this.writer = writer;
        this.pause = pause;
    }

    /// @param key a session's id, or the name of a page; letters, digits and dashes
    public String load(String key) {
        synchronized (this) {
            String fresh = unwritten.get(key);
            if (fresh != null) {
                return fresh;
            }
        }
        try {
            return file(key)
                    .read()
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("");
        } catch (IOException e) {
            LOG.warn("A draft cannot be read: {}", e.toString());
            return "";
        }
    }

    /// Keeps a draft; an empty one is forgotten.
    public synchronized void save(String key, String text) {
        unwritten.put(key, text);
        if (!scheduled) {
            try {
                writer.schedule(this::flush, pause.toMillis(), TimeUnit.MILLISECONDS);
                scheduled = true;
            } catch (RejectedExecutionException _) {
                flush();
            }
        }
    }

    /// Writes what is not written yet.
    public synchronized void flush() {
        scheduled = false;
        for (Map.Entry<String, String> draft : unwritten.entrySet()) {
            try {
                if (draft.getValue().isEmpty()) {
                    file(draft.getKey()).delete();
                } else {
                    file(draft.getKey()).write(draft.getValue().getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                LOG.warn("A draft cannot be kept on disk: {}", e.toString());
            }
        }
        unwritten.clear();
    }

    private AtomicFile file(String key) {
        return new AtomicFile(folder.resolve(key.replaceAll("[^A-Za-z0-9-]", "_") + ".txt"));
    }
}
