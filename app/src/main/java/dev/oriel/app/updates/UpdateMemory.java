package dev.oriel.app.updates;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.files.JsonFile;
import dev.oriel.app.files.Remembered;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.Executor;

/// What is remembered from one start to the next: how often the window was opened, whether it has
/// asked, when it looked last. Belongs to the JavaFX thread; written behind.
public final class UpdateMemory {
    private final Remembered remembered;
    private final ObjectNode stored;

    public UpdateMemory(JsonFile file, Executor writer) {
        this.remembered = new Remembered(file, writer);
        this.stored = remembered.stored();
    }

    /// @return how many starts there were, this one included
    int started() {
        int starts = Math.min(stored.path("starts").asInt(), Integer.MAX_VALUE - 1) + 1;
        stored.put("starts", starts);
        remembered.write();
        return starts;
    }

    boolean asked() {
        return stored.path("asked").asBoolean();
    }

    void asked(boolean was) {
        stored.put("asked", was);
        remembered.write();
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
        remembered.write();
    }

    /// The version that the person does not want to hear of again; empty if there is none.
    String leftOut() {
        return stored.path("left_out").asText("");
    }

    void leftOut(String version) {
        stored.put("left_out", version);
        remembered.write();
    }
}
