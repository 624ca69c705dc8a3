package dev.oriel.app.updates;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.files.JsonFile;
import dev.oriel.app.files.StateFile;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.Executor;

/// What is remembered from one start to the next: how often the window was opened, whether it has
/// asked, when it looked last. Belongs to the JavaFX thread; written behind.
public final class UpdateHistory {
    private final StateFile remembered;
    private final ObjectNode stored;

    public UpdateHistory(JsonFile file, Executor writer) {
        this.remembered = new StateFile(file, writer);
        this.stored = remembered.content();
    }

    /// @return how many starts there were, this one included
    int recordStart() {
        int starts = Math.min(stored.path("starts").asInt(), Integer.MAX_VALUE - 1) + 1;
        stored.put("starts", starts);
        remembered.save();
        return starts;
    }

    boolean wasAsked() {
        return stored.path("asked").asBoolean();
    }

    void setAsked(boolean was) {
        stored.put("asked", was);
        remembered.save();
    }

    /// Long ago if it never looked.
    Instant lastCheck() {
        try {
            return Instant.ofEpochSecond(stored.path("looked").asLong());
        } catch (DateTimeException _) {
            return Instant.EPOCH;
        }
    }

    void setLastCheck(Instant at) {
        stored.put("looked", at.getEpochSecond());
        remembered.save();
    }

    /// The version that the person does not want to hear of again; empty if there is none.
    String skippedVersion() {
        return stored.path("left_out").asText("");
    }

    void setSkippedVersion(String version) {
        stored.put("left_out", version);
        remembered.save();
    }
}
