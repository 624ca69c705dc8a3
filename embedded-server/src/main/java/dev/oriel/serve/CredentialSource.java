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

/// Where `send` has its token from, and with it what else stands on standard input.
final class CredentialSource {
    private final @Nullable String file;
    private final String fromInput;
    private final String rest;

    private CredentialSource(@Nullable String file, String fromInput, String rest) {
        this.file = file;
        this.fromInput = fromInput;
        this.rest = rest;
    }

    /// @param file null if none was named; `-` for the first line of standard input
    /// @param promptToo whether the prompt stands there as well
    static CredentialSource of(@Nullable String file, boolean promptToo) {
        boolean token = "-".equals(file);
        if (!token && !promptToo) {
            return new CredentialSource(file, "", "");
        }
        List<String> lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                        .lines()
                        .collect(Collectors.toList());
        String first = token && !lines.isEmpty() ? lines.removeFirst().strip() : "";
        return new CredentialSource(file, first, String.join("\n", lines));
    }

    /// What stands on standard input, without the token.
    String rest() {
        return rest;
    }

    /// Read anew each time: it may have changed.
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
        Path own = DataFolder.defaultPath().resolve("token");
        return server.isLoopback() && Files.isReadable(own) ? firstLine(own) : "";
    }

    private static String firstLine(Path path) throws IOException {
        return Files.readString(path).lines().findFirst().orElse("").strip();
    }
}
