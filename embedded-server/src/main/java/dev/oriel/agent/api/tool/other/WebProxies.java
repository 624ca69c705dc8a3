package dev.oriel.agent.api.tool.other;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the proxy for a page: that of the environment (`https_proxy`, `no_proxy`), or else that of
/// the system, as far as Java knows it. Immutable.
final class WebProxies {
    private static final int USUAL_PORT = 80;

    private final Map<String, String> environment;
    private final @Nullable ProxySelector system;

    WebProxies(Map<String, String> environment, @Nullable ProxySelector system) {
        this.environment = Map.copyOf(environment);
        this.system = system;
    }

    static WebProxies ofThisComputer() {
        return new WebProxies(System.getenv(), ProxySelector.getDefault());
    }

    /// @param page with the scheme `https`
    /// @return not resolved; null if the page is loaded without a proxy
    /// @throws IOException if the proxy is of a kind that cannot be used; the message is for the
    ///   model
    @Nullable InetSocketAddress proxyFor(URI page) throws IOException {
        String given = variable("https_proxy");
        if (!given.isBlank()) {
            return isExcepted(page.getHost()) ? null : address(given);
        }
        List<Proxy> found = system == null ? List.of() : system.select(page);
        Proxy first = found.isEmpty() ? Proxy.NO_PROXY : found.getFirst();
        if (first.type() == Proxy.Type.DIRECT) {
            return null;
        }
        if (first.type() == Proxy.Type.HTTP && first.address() instanceof InetSocketAddress at) {
            return InetSocketAddress.createUnresolved(at.getHostString(), at.getPort());
        }
        throw new IOException("Pages cannot be loaded through the proxy of this computer.");
    }

    private boolean isExcepted(String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        for (String each : variable("no_proxy").split(",")) {
            String name = each.strip().toLowerCase(Locale.ROOT);
            String end = name.startsWith("*") ? name.substring(1) : name;
            String dotted = end.startsWith(".") ? end : "." + end;
            if (name.equals("*")
                    || (!name.isEmpty() && (wanted.equals(name) || wanted.endsWith(dotted)))) {
                return true;
            }
        }
        return false;
    }

    private static InetSocketAddress address(String text) throws IOException {
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            if (uri.getHost() != null && "http".equalsIgnoreCase(uri.getScheme())) {
                int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
                return InetSocketAddress.createUnresolved(uri.getHost(), port);
            }
        } catch (URISyntaxException e) {
            throw new IOException("The variable https_proxy contains no valid address.", e);
        }
        throw new IOException("Only proxies with http:// can be used (variable https_proxy).");
    }

    private String variable(String name) {
        String lowerCase = environment.get(name);
        return lowerCase != null
                ? lowerCase
                : environment.getOrDefault(name.toUpperCase(Locale.ROOT), "");
    }
}
