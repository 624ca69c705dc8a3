package dev.oriel.dialect;

import dev.oriel.agent.AgentSecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The folder that a server works in, and the keys that its `.env` file gives to agents.
///
/// Read once. Only keys are taken from the file: a `.env` that came with somebody's repository must
/// not be able to send the person's own login elsewhere, as a base URL would. What the server's
/// environment says already, the file does not change.
///
/// @param path absolute
/// @param keys environment variables for agents, by name
public record WorkFolder(Path path, Map<String, String> keys) {
    private static final Set<String> KEYS = Set.of("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN");

    public WorkFolder {
        keys = Map.copyOf(keys);
    }

    /// The person's home folder, without a `.env`.
    public static WorkFolder home() {
        return new WorkFolder(Path.of(System.getProperty("user.home")), Map.of());
    }

    /// A folder with the `.env` that may be in it.
    public static WorkFolder of(Path folder, Map<String, String> environment) {
        Path absolute = real(folder);
        Map<String, String> keys = new TreeMap<>();
        EnvFile.load(absolute)
                .forEach((name, value) -> {
                    if (KEYS.contains(name)
                            && !value.isBlank()
                            && environment.getOrDefault(name, "").isEmpty()) {
                        keys.put(name, value);
                    }
                });
        return new WorkFolder(absolute, keys);
    }

    /// As the operating system resolves it, so that the `.env` is that of the folder agents run in.
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath();
        }
    }

    /// The keys, for a session.
    public AgentSecrets secrets() {
        return new AgentSecrets(keys);
    }

    /// Names only.
    @Override
    public String toString() {
        return "WorkFolder[" + path + ", " + keys.keySet() + "]";
    }
}
