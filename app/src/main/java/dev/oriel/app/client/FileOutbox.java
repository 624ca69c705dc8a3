package dev.oriel.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.files.JsonFile;
import dev.oriel.client.PromptOutbox;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An outbox in a file, so that neither a lost connection nor the end of the window loses a prompt.
/// Sending a prompt twice is harmless: the server recognises it by its `uuid`.
///
/// The file is `{"prompts": [{"session": ID, "prompt": MESSAGE}, …]}`, in the order of sending.
///
/// Thread-safe. Every method returns at once; the writer forces each change to disk. Changes that
/// are made while a write is under way are written together.
public final class FileOutbox implements PromptOutbox {
    private static final Logger LOG = LoggerFactory.getLogger(FileOutbox.class);

    private final JsonFile file;
    private final Executor writer;

    /// Prompts that are in the file, by `uuid`. Guarded by this.
    private final Map<String, Entry> stored = new LinkedHashMap<>();

    /// Prompts that the next write adds. Guarded by this.
    private final List<Addition> additions = new ArrayList<>();

    /// Whether a write is queued that has not begun. Guarded by this.
    private boolean writeQueued;

    private record Entry(String sessionId, Message prompt) {}

    private record Addition(Entry entry, CompletableFuture<Void> written) {}

    /// Reads the file; blocks.
    ///
    /// @param writer runs one task at a time, in the order of submission
    public FileOutbox(JsonFile file, Executor writer) {
        this.file = file;
        this.writer = writer;
        for (JsonNode entry : file.read().path("prompts")) {
            try {
                if (entry.path("prompt") instanceof ObjectNode user) {
                    Message prompt = UserMessages.check(user);
                    put(new Entry(entry.path("session").asText(), prompt));
                }
            } catch (MalformedMessageException e) {
                LOG.warn("Skipped a malformed prompt in {}: {}", file.path(), e.getMessage());
            }
        }
    }

    private synchronized void put(Entry entry) {
        stored.put(String.valueOf(entry.prompt().uuid()), entry);
    }

    @Override
    public CompletableFuture<Void> add(String sessionId, Message prompt) {
        Addition addition = new Addition(new Entry(sessionId, prompt), new CompletableFuture<>());
        synchronized (this) {
            additions.add(addition);
        }
        queueWrite();
        return addition.written();
    }

    @Override
    public boolean remove(String uuid) {
        synchronized (this) {
            if (stored.remove(uuid) == null) {
                return false;
            }
        }
        queueWrite();
        return true;
    }

    @Override
    public void removeSession(String sessionId) {
        synchronized (this) {
            if (!stored.values().removeIf(e -> e.sessionId().equals(sessionId))) {
                return;
            }
        }
        queueWrite();
    }

    @Override
    public synchronized List<Message> pending(String sessionId) {
        return stored.values().stream()
                .filter(e -> e.sessionId().equals(sessionId))
                .map(Entry::prompt)
                .toList();
    }

    @Override
    public synchronized List<String> sessions() {
        return stored.values().stream().map(Entry::sessionId).distinct().toList();
    }

    private void queueWrite() {
        synchronized (this) {
            if (writeQueued) {
                return;
            }
            writeQueued = true;
        }
        try {
            writer.execute(this::write);
        } catch (RejectedExecutionException e) {
            fail(takeAdditions(), new IOException("Oriel is closing.", e));
        }
    }

    private synchronized List<Addition> takeAdditions() {
        writeQueued = false;
        List<Addition> taken = List.copyOf(additions);
        additions.clear();
        return taken;
    }

    /// Runs on the writer.
    private void write() {
        List<Addition> added;
        ObjectNode content = Json.object();
        synchronized (this) {
            added = takeAdditions();
            ArrayNode prompts = content.putArray("prompts");
            stored.values().forEach(entry -> append(prompts, entry));
            added.forEach(addition -> append(prompts, addition.entry()));
        }
        try {
            file.write(content);
        } catch (IOException e) {
            // A prompt that stays in the file although it was removed is sent again after the next
            // start, and the server recognises it.
            LOG.warn("Cannot write {}: {}", file.path(), e.toString());
            fail(added, e);
            return;
        }
        added.forEach(addition -> put(addition.entry()));
        added.forEach(addition -> addition.written().complete(null));
    }

    private static void append(ArrayNode prompts, Entry entry) {
        prompts.addObject().put("session", entry.sessionId()).set("prompt", entry.prompt().tree());
    }

    private static void fail(List<Addition> additions, IOException cause) {
        additions.forEach(addition -> addition.written().completeExceptionally(cause));
    }
}
