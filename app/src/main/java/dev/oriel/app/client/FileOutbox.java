package dev.oriel.app.client;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Prompts that were sent by a person and not yet confirmed by the server: kept on disk, in order,
/// so that neither a lost connection nor an ended window loses one. Sending one twice is harmless,
/// the server knows it by its `uuid`.
///
/// Safe for any thread; [#add] writes to disk before it returns.
public final class FileOutbox implements PromptOutbox {
    private static final Logger LOG = LoggerFactory.getLogger(FileOutbox.class);

    private final JsonFile file;

    // Guarded by this.
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(String sessionId, Message prompt) {}

    public FileOutbox(JsonFile file) {
        this.file = file;
        for (JsonNode e : file.read().path("prompts")) {
            try {
                if (e.path("prompt") instanceof ObjectNode user) {
                    Message prompt = UserMessages.check(user);
                    entries.put(
                            String.valueOf(prompt.uuid()),
                            new Entry(e.path("session").asText(), prompt));
                }
            } catch (MalformedMessageException bad) {
                LOG.warn("A prompt in {} is not one: {}", file.path(), bad.getMessage());
            }
        }
    }

    @Override
    public synchronized void add(String sessionId, Message prompt) throws IOException {
        String uuid = String.valueOf(prompt.uuid());
        entries.put(uuid, new Entry(sessionId, prompt));
        try {
            write();
        } catch (IOException e) {
            entries.remove(uuid);
            throw e;
        }
    }

    @Override
    public synchronized boolean remove(String uuid) {
        if (entries.remove(uuid) == null) {
            return false;
        }
        writeOrLog();
        return true;
    }

    @Override
    public synchronized void removeSession(String sessionId) {
        if (entries.values().removeIf(e -> e.sessionId().equals(sessionId))) {
            writeOrLog();
        }
    }

    @Override
    public synchronized List<Message> pending(String sessionId) {
        List<Message> prompts = new ArrayList<>();
        for (Entry e : entries.values()) {
            if (e.sessionId().equals(sessionId)) {
                prompts.add(e.prompt());
            }
        }
        return prompts;
    }

    @Override
    public synchronized List<String> sessions() {
        return entries.values().stream().map(Entry::sessionId).distinct().toList();
    }

    private void writeOrLog() {
        try {
            write();
        } catch (IOException e) {
            // The worst of it: it is sent once more after a restart, and the server knows it
            // already.
            LOG.warn("{} cannot be written: {}", file.path(), e.toString());
        }
    }

    private void write() throws IOException {
        ObjectNode all = Json.object();
        var list = all.putArray("prompts");
        for (Entry e : entries.values()) {
            list.addObject().put("session", e.sessionId()).set("prompt", e.prompt().tree());
        }
        file.write(all);
    }
}
