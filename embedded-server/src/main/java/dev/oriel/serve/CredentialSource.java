package dev.oriel.serve;

import dev.oriel.client.ServerAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Provides the token of `send`, and the rest of standard input.
final class CredentialSource {
    private final @Nullable String file;
    private final String fromInput;
    private final String rest;

    private CredentialSource(@Nullable String file, String fromInput, String rest) {
        this.file = file;
        this.fromInput = fromInput;
        this.rest = rest;
    }

    /// Reads standard input if the token or the prompt is there.
    ///
    /// @param file null if none was given; `-` for the first line of standard input
    /// @param promptOnInput whether the prompt is on standard input
    static CredentialSource of(@Nullable String file, boolean promptOnInput) {
        boolean token = "-".equals(file);
        if (!token && !promptOnInput) {
            return new CredentialSource(file, "", "");
        }
        List<String> lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                        .lines()
                        .collect(Collectors.toList());
        String first = token && !lines.isEmpty() ? lines.removeFirst().strip() : "";
        return new CredentialSource(file, first, String.join("\n", lines));
    }

    /// Standard input without the token.
    String rest() {
        return rest;
    }

    /// The token; a file is read every time, because it may have changed.
    String token(ServerAddress server) throws IOException {
        if ("-".equals(file)) {
            return fromInput;
        }
        if (file != null) {
            return firstLine(Path.of(file));
        }
        String environment = System.getenv("ORIEL_TOKEN");
        if (environment != null) {
            return environment.strip();
        }
        Path serversOwn = DataFolder.defaultPath().resolve("token");
        return server.isLoopback() && Files.isReadable(serversOwn) ? firstLine(serversOwn) : "";
    }

    private static String firstLine(Path path) throws IOException {
        return Files.readString(path).lines().findFirst().orElse("").strip();
    }
}
