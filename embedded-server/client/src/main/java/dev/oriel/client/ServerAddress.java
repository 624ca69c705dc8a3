package dev.oriel.client;

import dev.oriel.client.transport.LoopbackHosts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// The address of a server. It serves both HTTP and WebSocket.
///
/// @param base `http://host:port` or `https://host:port`, optionally with a path, without a slash
///   at the end
public record ServerAddress(URI base) {

    /// Parses an address that the user typed: `http`, `https`, `ws`, `wss` or no scheme. A path is
    /// kept, because a proxy may add one.
    ///
    /// @param typed for instance `host:6743`
    /// @return the address
    /// @throws InvalidAddressException if it names no server, or contains what does not belong in
    ///   it, such as a token
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

    /// Whether the server is on this computer, as far as the name tells.
    ///
    /// @return whether it is
    public boolean isLoopback() {
        return LoopbackHosts.contains(base.getHost());
    }

    /// The address of an HTTP request.
    ///
    /// @param path begins with a slash; may contain a query
    /// @return `http` or `https`
    public URI httpUri(String path) {
        return URI.create(base + path);
    }

    /// The address of a WebSocket.
    ///
    /// @param path begins with a slash; may contain a query; or empty
    /// @return `ws` or `wss`
    public URI webSocketUri(String path) {
        return URI.create("ws" + base.toString().substring("http".length()) + path);
    }

    /// This address with a path, if it has none.
    ///
    /// @param defaultPath begins with a slash
    /// @return this address if it has a path
    public ServerAddress withDefaultPath(String defaultPath) {
        return base.getPath().isEmpty() ? new ServerAddress(URI.create(base + defaultPath)) : this;
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
