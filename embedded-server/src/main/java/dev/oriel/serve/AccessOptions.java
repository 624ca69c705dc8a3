package dev.oriel.serve;

import dev.oriel.gateway.AccessSettings;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that decide who may use the server.
final class AccessOptions {
    @Option(
            names = "--auth",
            paramLabel = "token|none",
            defaultValue = "token",
            description =
                    "Whether clients need the token; none is possible on loopback only"
                            + " (${DEFAULT-VALUE}).")
    private Auth auth = Auth.token;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The file with the token; created if it is missing (DATA/token).")
    private @Nullable Path tokenFile;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            split = ",",
            description = "An additional host name of the server. Repeatable.")
    private Set<String> allowedHosts = Set.of();

    @Option(
            names = {"--allow-origin", "--cors-origin"},
            paramLabel = "ORIGIN",
            split = ",",
            converter = OriginConverter.class,
            description = "A web origin whose pages may use the server. Repeatable.")
    private Set<String> allowedOrigins = Set.of();

    // The constants are the values on the command line.
    enum Auth {
        token,
        none
    }

    boolean needsToken() {
        return auth == Auth.token;
    }

    /// @param dataFolder has the file with the token, unless an option names another
    AccessSettings settings(Path dataFolder) {
        return new AccessSettings(
                tokenFile == null ? dataFolder.resolve("token") : tokenFile.toAbsolutePath(),
                needsToken(),
                allowedHosts,
                allowedOrigins);
    }
}
