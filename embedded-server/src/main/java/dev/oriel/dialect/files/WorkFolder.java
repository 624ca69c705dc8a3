package dev.oriel.dialect.files;

import dev.oriel.agent.AgentSecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The server's working folder, and the API keys in its `.env` file, which are passed to agents.
///
/// The file is read once. Only keys are read from it: other variables, for example a base URL,
/// could make a file from an untrusted repository redirect the user's own credentials. Variables of
/// the server's environment have priority over the file.
///
/// @param path absolute
/// @param keys environment variables for agents, by name
public record WorkFolder(Path path, Map<String, String> keys) {
    private static final Set<String> KEYS = Set.of("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN");

    public WorkFolder {
        keys = Map.copyOf(keys);
    }

    /// The user's home folder, without a `.env` file.
    public static WorkFolder home() {
        return new WorkFolder(Path.of(System.getProperty("user.home")), Map.of());
    }

    /// A folder and the keys in its `.env` file, if it exists.
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

    /// Resolves links, so that the `.env` file is read from the folder in which agents run.
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath();
        }
    }

    /// The keys as secrets of a session.
    public AgentSecrets secrets() {
        return new AgentSecrets(keys);
    }

    /// Contains the names of the keys only.
    @Override
    public String toString() {
        return "WorkFolder[" + path + ", " + keys.keySet() + "]";
    }
}
