package dev.oriel.agent.cli.install;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operator's settings for the CLI.
///
/// @param executable the CLI to use; null to search for the installed one. If it is set, no other
///   one is searched
/// @param environment variables that every CLI process gets in addition to those of the computer
/// @param allowBypass whether a session may run without asking for permission at all. The CLI
///   itself refuses that to root
/// @param timeouts how long the CLI may take
public record CliSettings(
        @Nullable Path executable,
        Map<String, String> environment,
        boolean allowBypass,
        CliTimeouts timeouts) {

    public CliSettings {
        environment = Map.copyOf(environment);
    }

    public static CliSettings defaults() {
        return new CliSettings(null, Map.of(), false, CliTimeouts.defaults());
    }

    public CliSettings withExecutable(@Nullable Path path) {
        return new CliSettings(path, environment, allowBypass, timeouts);
    }

    public CliSettings withEnvironment(Map<String, String> additions) {
        return new CliSettings(executable, additions, allowBypass, timeouts);
    }

    public CliSettings withAllowBypass(boolean allow) {
        return new CliSettings(executable, environment, allow, timeouts);
    }

    public CliSettings withTimeouts(CliTimeouts other) {
        return new CliSettings(executable, environment, allowBypass, other);
    }
}
