package dev.oriel.client;

import dev.oriel.client.transport.LoopbackHosts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// Where a server is. One address serves both HTTP and WebSocket.
///
/// @param base `http://host:port` or `https://host:port`, perhaps with a path, without a slash at
///   the end
public record ServerAddress(URI base) {

    /// Reads what a person typed: `http`, `https`, `ws` or `wss`, or no scheme at all; a path is
    /// kept (a proxy may add one).
    ///
    /// @throws InvalidAddressException if it names no server, or holds what must not stand in a URL
    public static ServerAddress parse(String typed) throws InvalidAddressException {
        String text = typed.strip();
        if (text.isEmpty()) {
            throw new InvalidAddressException("Type the server's address, like http://host:6743.");
        }
        URI uri = uri(text.contains("://") ? text : "http://" + text);
        String scheme =
                switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
                    case "http", "ws" -> "http";
                    case "https", "wss" -> "https";
                    default ->
                            throw new InvalidAddressException(
                                    "The address must begin with http, https, ws or wss.");
                };
        if (uri.getHost() == null) {
            throw new InvalidAddressException("The address names no computer.");
        }
        if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new InvalidAddressException(
                    "Put the token into its own field; the address may only name the server.");
        }
        String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("/+$", "");
        return new ServerAddress(uri(scheme + "://" + bracketed(uri.getHost()) + port(uri) + path));
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private static String port(URI uri) {
        return uri.getPort() < 0 ? "" : ":" + uri.getPort();
    }

    private static URI uri(String text) throws InvalidAddressException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new InvalidAddressException("This is not an address.", e);
        }
    }

    /// Whether it is on this computer, as far as its name tells.
    public boolean isLoopback() {
        return LoopbackHosts.contains(base.getHost());
    }

    /// @param path begins with a slash; may carry a query
    public URI httpUri(String path) {
        return URI.create(base + path);
    }

    /// @param path begins with a slash; may carry a query
    public URI webSocketUri(String path) {
        return URI.create("ws" + base.toString().substring("http".length()) + path);
    }

    /// This address if it names a path, else the same server at this one.
    public ServerAddress withDefaultPath(String usualPath) {
        return base.getPath().isEmpty() ? new ServerAddress(URI.create(base + usualPath)) : this;
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
