package dev.oriel.app.composer;

import dev.oriel.app.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Text that the user has typed and not sent, per session: in memory, and in one file each.
///
/// Thread-safe. All drafts are read by [#open]; after that only the writer and [#flush] touch the
/// disk. A draft that cannot be read or written is logged.
public final class DraftStore {
    private static final Logger LOG = LoggerFactory.getLogger(DraftStore.class);
    private static final String SUFFIX = ".txt";

    private final Path folder;
    private final ScheduledExecutorService writer;
    private final Duration delay;

    /// Drafts that are not empty, by file name. Guarded by this.
    private final Map<String, String> drafts = new HashMap<>();

    /// Prompts that were sent and are not stored yet, by file name. Their texts stay in the files,
    /// before the draft. Guarded by this.
    private final Map<String, List<String>> sending = new HashMap<>();

    /// Names of files that differ from [#sending] and [#drafts]. Guarded by this.
    private final Set<String> unsaved = new LinkedHashSet<>();

    /// Whether a flush is scheduled. Guarded by this.
    private boolean scheduled;

    /// Held while files are written, so that an older text never replaces a newer one.
    private final Object writing = new Object();

    private DraftStore(Path folder, ScheduledExecutorService writer, Duration delay) {
        this.folder = folder;
        this.writer = writer;
        this.delay = delay;
    }

    /// Reads the drafts of a folder; blocks.
    ///
    /// @param delay between the first unsaved change and its writing
    public static DraftStore open(Path folder, ScheduledExecutorService writer, Duration delay) {
        DraftStore store = new DraftStore(folder, writer, delay);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            files.forEach(store::read);
        } catch (NoSuchFileException _) {
            // No draft was ever saved.
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("Cannot read the drafts in {}: {}", folder, e.toString());
        }
        return store;
    }

    private synchronized void read(Path file) {
        try {
            String name = file.getFileName().toString();
            drafts.put(name, Files.readString(file));
        } catch (IOException e) {
            LOG.warn("Cannot read the draft {}: {}", file, e.toString());
        }
    }

    /// The draft of a session or page; empty if there is none.
    ///
    /// @param key a session's id, or the name of a page
    public synchronized String get(String key) {
        return drafts.getOrDefault(fileName(key), "");
    }

    /// Replaces a draft in memory, and on disk after a moment. An empty one is deleted.
    public synchronized void save(String key, String text) {
        String name = fileName(key);
        if (text.isEmpty()) {
            drafts.remove(name);
        } else {
            drafts.put(name, text);
        }
        changed(name);
    }

    /// Keeps the text of a prompt that is being sent in the file of its draft until it is stored
    /// elsewhere, or has failed: a window that ends before that shows it as a draft again.
    ///
    /// @param stored completes on any thread
    public void keepUntil(CompletableFuture<?> stored, String key, String prompt) {
        String name = fileName(key);
        synchronized (this) {
            sending.computeIfAbsent(name, _ -> new ArrayList<>()).add(prompt);
        }
        stored.whenComplete((_, _) -> forget(name, prompt));
    }

    private synchronized void forget(String name, String prompt) {
        List<String> all = sending.getOrDefault(name, new ArrayList<>());
        all.remove(prompt);
        if (all.isEmpty()) {
            sending.remove(name);
        }
        changed(name);
    }

    private synchronized void changed(String name) {
        unsaved.add(name);
        if (!scheduled) {
            try {
                writer.schedule(this::flush, delay.toMillis(), TimeUnit.MILLISECONDS);
                scheduled = true;
            } catch (RejectedExecutionException e) {
                LOG.debug("A draft was changed after the window closed", e);
            }
        }
    }

    /// Writes all unsaved drafts; blocks. Not for the JavaFX thread.
    public void flush() {
        synchronized (writing) {
            Map<String, String> changes = new HashMap<>();
            synchronized (this) {
                scheduled = false;
                unsaved.forEach(name -> changes.put(name, content(name)));
                unsaved.clear();
            }
            changes.forEach(this::write);
        }
    }

    /// What belongs into a file. Guarded by this.
    private String content(String name) {
        List<String> texts = new ArrayList<>(sending.getOrDefault(name, List.of()));
        texts.add(drafts.getOrDefault(name, ""));
        texts.removeIf(String::isEmpty);
        return String.join("\n\n", texts);
    }

    private void write(String name, String text) {
        AtomicFile file = new AtomicFile(folder.resolve(name));
        try {
            if (text.isEmpty()) {
                file.delete();
            } else {
                file.write(text.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            LOG.warn("Cannot write the draft {}: {}", file.path(), e.toString());
            synchronized (this) {
                // With the next change, or when the window closes.
                unsaved.add(name);
            }
        }
    }

    /// Session ids hold letters, digits and dashes only; what else a key holds must not reach the
    /// file system.
    private static String fileName(String key) {
        return key.replaceAll("[^A-Za-z0-9-]", "_") + SUFFIX;
    }
}
