package dev.oriel.serve;

import dev.oriel.client.ServerAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Provides the token of `send`, and the rest of standard input.
final class CredentialSource {
    private static final String INPUT = "-";

    private final @Nullable String file;
    private final Map<String, String> environment;
    private final Path serversOwn;
    private final String fromInput;
    private final String rest;

    /// Reads standard input if the token or the prompt is there, until it ends.
    ///
    /// @param file null if none was given; `-` for the first line of standard input
    /// @param promptOnInput whether the prompt is on standard input
    /// @param environment has the token if no file was given
    /// @param dataFolder of a server on this computer, which has the token if nothing else has
    CredentialSource(
            @Nullable String file,
            boolean promptOnInput,
            InputStream input,
            Map<String, String> environment,
            Path dataFolder) {
        this.file = file;
        this.environment = environment;
        this.serversOwn = dataFolder.resolve("token");
        boolean tokenOnInput = INPUT.equals(file);
        List<String> lines =
                tokenOnInput || promptOnInput
                        ? new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))
                                .lines()
                                .collect(Collectors.toCollection(ArrayList::new))
                        : new ArrayList<>();
        this.fromInput = tokenOnInput && !lines.isEmpty() ? lines.removeFirst().strip() : "";
        this.rest = String.join("\n", lines);
    }

    /// Standard input without the token.
    String rest() {
        return rest;
    }

    /// The token; empty if there is none. A file is read every time, because it may have changed.
    /// The token of the server on this computer is not sent to another one.
    String token(ServerAddress server) throws IOException {
        if (INPUT.equals(file)) {
            return fromInput;
        }
        if (file != null) {
            return firstLine(Path.of(file));
        }
        String variable = environment.get("ORIEL_TOKEN");
        if (variable != null) {
            return variable.strip();
        }
        return server.isLoopback() && Files.isReadable(serversOwn) ? firstLine(serversOwn) : "";
    }

    private static String firstLine(Path path) throws IOException {
        return Files.readString(path).lines().findFirst().orElse("").strip();
    }
}
