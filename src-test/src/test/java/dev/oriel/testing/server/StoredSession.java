package dev.oriel.testing.server;

import dev.oriel.journal.SessionRecord;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Builds a session record of a journal. Defaults are those of a new session of the demo agent that
/// was created at the epoch.
public final class StoredSession {
    private final UUID id;
    private @Nullable String title;
    private String cwd = "/tmp/project";
    private String agent = "demo";
    private double costUsd;
    private @Nullable String error;
    private String origin = "sessions";
    private @Nullable String options;
    private Instant created = Instant.EPOCH;
    private Instant updated = Instant.EPOCH;
    private long recency;

    private StoredSession(UUID id) {
        this.id = id;
    }

    public static StoredSession of(UUID id) {
        return new StoredSession(id);
    }

    public StoredSession title(@Nullable String text) {
        title = text;
        return this;
    }

    public StoredSession cwd(String folder) {
        cwd = folder;
        return this;
    }

    public StoredSession agent(String kind) {
        agent = kind;
        return this;
    }

    public StoredSession costUsd(double dollars) {
        costUsd = dollars;
        return this;
    }

    public StoredSession error(@Nullable String text) {
        error = text;
        return this;
    }

    /// @param dialect the dialect that created the session, and its client
    /// @param json the options
    public StoredSession origin(String dialect, String json) {
        origin = dialect;
        options = json;
        return this;
    }

    public StoredSession times(Instant whenCreated, Instant whenUpdated) {
        created = whenCreated;
        updated = whenUpdated;
        return this;
    }

    public StoredSession recency(long position) {
        recency = position;
        return this;
    }

    public SessionRecord record() {
        return new SessionRecord(
                id, title, cwd, agent, null, null, null, false, false, false, costUsd, error,
                origin, options, created, updated, recency, 0);
    }
}
