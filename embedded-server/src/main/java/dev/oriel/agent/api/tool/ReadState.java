package dev.oriel.agent.api.tool;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The versions of files that the model has seen. Holds no content. Thread-safe.
public final class ReadState {
    private final Map<Path, Version> versions = new ConcurrentHashMap<>();

    /// Notes that the model has seen a version of a file.
    ///
    /// @param file its real path
    public void seen(Path file, Version version) {
        versions.put(file, version);
    }

    /// The version that the model has seen last; null if it has seen none.
    public @Nullable Version version(Path file) {
        return versions.get(file);
    }

    public void forget(Path file) {
        versions.remove(file);
    }

    /// A version of a file.
    ///
    /// @param modified time of modification in nanoseconds since 1970
    /// @param size bytes
    /// @param sha256 digest of the content, in hexadecimal
    /// @param isComplete whether the model has seen all of it
    public record Version(long modified, long size, String sha256, boolean isComplete) {}
}
