package dev.oriel.gateway;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Host and Origin of every request and upgrade: a web page that the person happens to have open
/// must not reach the server, neither by a name that resolves to this machine (DNS rebinding) nor
/// by plain requests from its own origin.
final class Guard {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> hosts;
    private final Set<String> origins;

    Guard(String listeningHost, Set<String> allowedHosts, Set<String> allowedOrigins) {
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

    /// Why a request is refused, if it is.
    Optional<String> refusal(@Nullable String host, @Nullable String origin) {
        if (host == null || !hosts.contains(withoutPort(host))) {
            return Optional.of("This server does not answer to that Host.");
        }
        if (origin != null && !mayCall(origin, host)) {
            return Optional.of("This server does not answer to that Origin.");
        }
        return Optional.empty();
    }

    /// A page that this very server delivered may call it; others only if the operator said so.
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
