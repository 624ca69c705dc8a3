package dev.oriel.client.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Selects the proxy for a server. Servers on this computer are reached without one.
final class ProxyRules extends ProxySelector {
    private static final List<Proxy> NONE = List.of(Proxy.NO_PROXY);

    private interface Rule {
        List<Proxy> to(URI server);
    }

    private final Rule rule;

    private ProxyRules(Rule rule) {
        this.rule = rule;
    }

    /// One proxy for all servers.
    static ProxySelector fixed(String host, int port) {
        List<Proxy> only = List.of(proxy(host, port));
        return new ProxyRules(_ -> only);
    }

    /// The proxies of the environment (`https_proxy`, `http_proxy`, `no_proxy`); without them those
    /// of the system, as far as Java knows them.
    static ProxySelector fromSystem() {
        return fromEnvironment(System.getenv(), ProxySelector.getDefault());
    }

    static ProxySelector fromEnvironment(
            Map<String, String> environment, @Nullable ProxySelector otherwise) {
        @Nullable Proxy http = proxyIn(environment, "http_proxy");
        @Nullable Proxy https = proxyIn(environment, "https_proxy");
        List<String> without = new ArrayList<>();
        for (String name : variable(environment, "no_proxy").split(",")) {
            if (!name.isBlank()) {
                without.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return new ProxyRules(server -> {
            boolean secure = List.of("https", "wss").contains(server.getScheme());
            Proxy of = secure ? https : http;
            if (of != null) {
                return isExcepted(without, server.getHost()) ? NONE : List.of(of);
            }
            return otherwise == null ? NONE : otherwise.select(asHttp(server, secure));
        });
    }

    /// The system's settings do not know the schemes of WebSockets.
    private static URI asHttp(URI server, boolean secure) {
        try {
            return new URI(
                    secure ? "https" : "http",
                    null,
                    server.getHost(),
                    server.getPort(),
                    "/",
                    null,
                    null);
        } catch (URISyntaxException _) {
            return server;
        }
    }

    private static boolean isExcepted(List<String> names, @Nullable String host) {
        String wanted = String.valueOf(host).toLowerCase(Locale.ROOT);
        return names.stream()
                .anyMatch(n -> {
                    String end = n.startsWith("*") ? n.substring(1) : n;
                    String dotted = end.startsWith(".") ? end : "." + end;
                    return n.equals("*") || wanted.equals(n) || wanted.endsWith(dotted);
                });
    }

    private static @Nullable Proxy proxyIn(Map<String, String> environment, String name) {
        String text = variable(environment, name);
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            return text.isBlank() || uri.getHost() == null
                    ? null
                    : proxy(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
        } catch (URISyntaxException _) {
            // Ignored, as if it were not set.
            return null;
        }
    }

    private static String variable(Map<String, String> environment, String name) {
        String lowerCase = environment.get(name);
        return lowerCase != null
                ? lowerCase
                : Objects.toString(environment.get(name.toUpperCase(Locale.ROOT)), "");
    }

    private static Proxy proxy(String host, int port) {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }

    @Override
    public List<Proxy> select(URI server) {
        return LoopbackHosts.contains(server.getHost()) ? NONE : rule.to(server);
    }

    @Override
    public void connectFailed(URI server, SocketAddress proxy, IOException failure) {
        // The failed connection reports it.
    }
}
