package dev.oriel.testing.manual;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.TextFrames;
import dev.oriel.message.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A peer without a socket that records what it receives. Its queue is full while the test says so.
public final class RecordingPeer implements Peer {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private volatile boolean full;
    private volatile @Nullable Runnable pending;

    /// The texts of all frames so far.
    public List<String> texts() {
        return texts;
    }

    /// All frames so far, which must be JSON.
    public List<JsonNode> frames() {
        return texts.stream().map(RecordingPeer::parse).toList();
    }

    /// The `type` of all frames so far.
    public List<String> types() {
        return frames().stream().map(f -> f.path("type").asText()).toList();
    }

    /// Calls other than sending: `admitted`, and `closed CODE REASON`.
    public List<String> events() {
        return events;
    }

    private static JsonNode parse(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// From now on nothing has room.
    public void fill() {
        full = true;
    }

    /// From now on everything has room; runs the task that waits for it.
    public void drain() {
        full = false;
        Runnable task = pending;
        pending = null;
        if (task != null) {
            task.run();
        }
    }

    @Override
    public void send(TextFrames frames) {
        frames.texts().forEach(text -> texts.add(new String(text, StandardCharsets.UTF_8)));
    }

    @Override
    public long queuedBytes() {
        return full ? queueLimit() : 0;
    }

    @Override
    public boolean awaitBelow(long bytes, Duration timeout) {
        return !full;
    }

    @Override
    public void whenBelow(long bytes, Runnable task) {
        if (full) {
            pending = task;
        } else {
            task.run();
        }
    }

    @Override
    public void close(int code, String reason) {
        events.add("closed " + code + " " + reason);
    }

    @Override
    public void admit() {
        events.add("admitted");
    }

    @Override
    public String address() {
        return "203.0.113.7";
    }

    @Override
    public void describe(String description) {
        // The list of clients shows it; nothing depends on it.
    }
}
