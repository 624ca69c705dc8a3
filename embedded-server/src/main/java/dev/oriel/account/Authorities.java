package dev.oriel.account;

import dev.oriel.client.transport.MoreAuthorities;
import dev.oriel.client.transport.TransportException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// Authorities that servers of accounts, MCP servers and web pages are trusted by, besides those of
/// Java: companies have their own.
public final class Authorities {
    private static final String VARIABLE = "NODE_EXTRA_CA_CERTS";

    private Authorities() {}

    /// Trusts those of a file, or of the variable that the `claude` CLI reads too. For the whole
    /// process.
    ///
    /// @param file null for the variable
    /// @throws TransportException if the file has none; one of the variable is only warned about
    public static void trust(@Nullable Path file, Map<String, String> environment)
            throws TransportException {
        if (file != null) {
            MoreAuthorities.trust(file);
            return;
        }
        String named = environment.getOrDefault(VARIABLE, "").strip();
        if (named.isEmpty()) {
            return;
        }
        try {
            MoreAuthorities.trust(Path.of(named));
        } catch (TransportException | InvalidPathException _) {
            LoggerFactory.getLogger(Authorities.class)
                    .warn("The file of {} contains no certificates of authorities.", VARIABLE);
        }
    }
}
