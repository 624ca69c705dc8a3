package dev.oriel.gateway;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks Host and Origin of every request and upgrade: a web page that the user happens to have
/// open must not reach the server, neither by a name that resolves to this computer (DNS rebinding)
/// nor by plain requests from its own origin. Images, links and scripts of a page are requested
/// without an Origin; for these the browser reports in `Sec-Fetch-Site` where they come from.
final class RequestGuard {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /// What browsers send for a page that is not the server's own. An address that the user typed
    /// is `none`.
    private static final Set<String> FOREIGN = Set.of("cross-site", "same-site");

    private final Set<String> hosts;
    private final Set<String> origins;

    RequestGuard(String listeningHost, Set<String> allowedHosts, Set<String> allowedOrigins) {
        hosts = new HashSet<>(LOOPBACK);
        hosts.add(bracketed(listeningHost));
        allowedHosts.forEach(h -> hosts.add(bracketed(h)));
        origins = new HashSet<>();
        allowedOrigins.forEach(o -> origins.add(o.toLowerCase(Locale.ROOT)));
    }

    private static String bracketed(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.contains(":") && !lower.startsWith("[") ? "[" + lower + "]" : lower;
    }

    /// Checks a request.
    ///
    /// @param site the value of `Sec-Fetch-Site`: the relation of the requesting page to the server
    /// @return the reason if it is refused
    Optional<String> refusal(
            @Nullable String host, @Nullable String origin, @Nullable String site) {
        if (host == null || !hosts.contains(withoutPort(host))) {
            return Optional.of(
                    "The Host of this request is not allowed. To allow it, start the server with"
                            + " --allow-host and the name.");
        }
        if (origin != null && !mayCall(origin, host)) {
            return Optional.of(
                    "Web pages of this Origin are not allowed. To allow them, start the server with"
                            + " --allow-origin and the origin, such as --allow-origin"
                            + " http://localhost:5173; for a page that was opened from a file,"
                            + " --allow-origin null.");
        }
        if (origin == null && site != null && FOREIGN.contains(site.toLowerCase(Locale.ROOT))) {
            return Optional.of(
                    "Requests of other web pages without an Origin, such as for images and links,"
                            + " are not allowed. Open the address yourself, or let the page use"
                            + " fetch and start the server with --allow-origin and the page's"
                            + " origin.");
        }
        return Optional.empty();
    }

    /// A page that this server delivered may call it; other pages only if the operator allowed
    /// them.
    private boolean mayCall(String origin, String host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        if (origins.contains(lower)) {
            return true;
        }
        try {
            URI uri = new URI(lower);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getRawAuthority() != null
                    && uri.getRawAuthority().equals(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String withoutPort(String host) {
        String lower = host.strip().toLowerCase(Locale.ROOT);
        int colon = lower.lastIndexOf(':');
        return colon > lower.lastIndexOf(']') ? lower.substring(0, colon) : lower;
    }
}
