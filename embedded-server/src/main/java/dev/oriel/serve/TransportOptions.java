package dev.oriel.serve;

import dev.oriel.client.transport.Transport;
import dev.oriel.client.transport.TransportException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options for the way to a server.
final class TransportOptions {
    @Option(
            names = "--proxy",
            paramLabel = "HOST:PORT",
            defaultValue = "",
            description =
                    "An HTTP proxy, or `none`. Default: that of the environment or the system."
                            + " This computer is reached without a proxy.")
    private String proxy = "";

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description =
                    "The certificate authorities to trust for wss and https, instead of the"
                            + " system's (PEM).")
    private @Nullable Path authorities;

    @Option(
            names = "--client-certificate",
            paramLabel = "FILE",
            description = "A client certificate with its key (PKCS#12).")
    private @Nullable Path identity;

    @Option(
            names = "--client-certificate-password-file",
            paramLabel = "FILE",
            description = "A file whose first line is the password of the client certificate.")
    private @Nullable Path identityPassword;

    Transport transport() throws TransportException {
        return Transport.of(new Transport.Settings(proxy, authorities, identity, identityPassword));
    }
}
