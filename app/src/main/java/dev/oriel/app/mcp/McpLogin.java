package dev.oriel.app.mcp;

import dev.oriel.app.mcp.McpLogin.Visit.Safety;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How far a login to an MCP server is.
public sealed interface McpLogin {
    /// Nobody logs in.
    record None() implements McpLogin {}

    /// The agent looks for the page where the user logs in.
    record Starting(String server) implements McpLogin {}

    /// The user logs in on a page.
    ///
    /// @param address as the MCP server's login service named it
    /// @param host the host of the address; empty if it has none
    /// @param returns whether the browser returns to the agent, so that the login can also be
    ///   finished with the address to which it returned
    /// @param problem why the last attempt to finish failed; may be empty
    record Visit(
            String server,
            String address,
            String host,
            Safety safety,
            boolean returns,
            String problem)
            implements McpLogin {
        /// Whether a browser may be opened at the address.
        public enum Safety {
            /// Encrypted, or on this computer.
            SAFE,
            /// A web page that others on the network could read or replace.
            UNENCRYPTED,
            /// No web page.
            NO_PAGE
        }

        Visit withProblem(String why) {
            return new Visit(server, address, host, safety, returns, why);
        }
    }

    /// The agent finishes the login.
    record Finishing(Visit visit) implements McpLogin {}

    /// @param returns whether the browser returns to the agent
    static Visit visit(String server, String address, boolean returns) {
        URI page = page(address);
        String host = page == null ? "" : page.getHost();
        Safety safety =
                page == null
                        ? Safety.NO_PAGE
                        : isSecure(page) || isThisComputer(host) ? Safety.SAFE : Safety.UNENCRYPTED;
        return new Visit(server, address, host, safety, returns, "");
    }

    private static @Nullable URI page(String address) {
        try {
            URI uri = new URI(address);
            boolean web = isSecure(uri) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static boolean isSecure(URI page) {
        return "https".equalsIgnoreCase(page.getScheme());
    }

    /// By its literal name: a name that is looked up can lead anywhere.
    private static boolean isThisComputer(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return Set.of("localhost", "[::1]").contains(name)
                || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}
