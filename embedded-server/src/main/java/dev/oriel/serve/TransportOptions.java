package dev.oriel.serve;

import dev.oriel.client.transport.Transport;
import dev.oriel.client.transport.TransportException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a client gets to its server.
final class TransportOptions {
    @Option(
            names = "--proxy",
            paramLabel = "HOST:PORT",
            defaultValue = "",
            description =
                    "An HTTP proxy on the way, or none; without it what the environment and the"
                            + " system say. This computer is reached without one.")
    private String proxy = "";

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description =
                    "The authorities to trust on wss and https, in the place of the usual ones"
                            + " (PEM).")
    private @Nullable Path authorities;

    @Option(
            names = "--client-certificate",
            paramLabel = "FILE",
            description = "A certificate and its key to show to the server (PKCS#12).")
    private @Nullable Path identity;

    @Option(
            names = "--client-certificate-password-file",
            paramLabel = "FILE",
            description = "A file whose first line is the password of that file.")
    private @Nullable Path identityPassword;

    Transport transport() throws TransportException {
        return Transport.of(new Transport.Settings(proxy, authorities, identity, identityPassword));
    }
}
