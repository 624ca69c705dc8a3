package dev.oriel.app.updates;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.files.JsonFile;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is remembered from one start to the next: how often the window was opened, whether it has
/// asked, when it looked last. Belongs to the JavaFX thread; written behind.
public final class UpdateMemory {
    private static final Logger LOG = LoggerFactory.getLogger(UpdateMemory.class);

    private final JsonFile file;
    private final Executor writer;
    private final ObjectNode stored;

    public UpdateMemory(JsonFile file, Executor writer) {
        this.file = file;
        this.writer = writer;
        this.stored = file.read();
    }

    /// @return how many starts there were, this one included
    int started() {
        int starts = Math.min(stored.path("starts").asInt(), Integer.MAX_VALUE - 1) + 1;
        stored.put("starts", starts);
        write();
        return starts;
    }

    boolean asked() {
        return stored.path("asked").asBoolean();
    }

    void asked(boolean was) {
        stored.put("asked", was);
        write();
    }

    /// Long ago if it never looked.
    Instant looked() {
        try {
            return Instant.ofEpochSecond(stored.path("looked").asLong());
        } catch (DateTimeException _) {
            return Instant.EPOCH;
        }
    }

    void looked(Instant at) {
        stored.put("looked", at.getEpochSecond());
        write();
    }

    /// The version that the person does not want to hear of again; empty if there is none.
    String leftOut() {
        return stored.path("left_out").asText("");
    }

    void leftOut(String version) {
        stored.put("left_out", version);
        write();
    }

    private void write() {
        ObjectNode snapshot = stored.deepCopy();
        writer.execute(() -> {
            try {
                file.write(snapshot);
            } catch (IOException e) {
                LOG.warn("{} cannot be written: {}", file.path(), e.toString());
            }
        });
    }
}
