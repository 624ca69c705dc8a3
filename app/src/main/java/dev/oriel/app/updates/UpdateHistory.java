package dev.oriel.app.updates;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.files.JsonFile;
import dev.oriel.app.files.StateFile;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.Executor;

/// The state of the update check between starts: the number of starts, whether the user was asked,
/// the time of the last check. Confined to the JavaFX thread; saved asynchronously.
public final class UpdateHistory {
    private final StateFile state;
    private final ObjectNode stored;

    public UpdateHistory(JsonFile file, Executor writer) {
        this.state = new StateFile(file, writer);
        this.stored = state.content();
    }

    /// @return the number of starts, including this one
    int recordStart() {
        int starts = Math.min(stored.path("starts").asInt(), Integer.MAX_VALUE - 1) + 1;
        stored.put("starts", starts);
        state.save();
        return starts;
    }

    boolean wasAsked() {
        return stored.path("asked").asBoolean();
    }

    void setAsked(boolean asked) {
        stored.put("asked", asked);
        state.save();
    }

    /// The time of the last check; [Instant#EPOCH] if there was none.
    Instant lastCheck() {
        try {
            return Instant.ofEpochSecond(stored.path("looked").asLong());
        } catch (DateTimeException _) {
            return Instant.EPOCH;
        }
    }

    void setLastCheck(Instant time) {
        stored.put("looked", time.getEpochSecond());
        state.save();
    }

    /// The version that the user skipped; empty if there is none.
    String skippedVersion() {
        return stored.path("left_out").asText("");
    }

    void setSkippedVersion(String version) {
        stored.put("left_out", version);
        state.save();
    }
}
