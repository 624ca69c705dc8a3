package dev.oriel.client.link;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Opens WebSockets: the JDK's, or those of a test.
@FunctionalInterface
public interface WebSocketOpener {
    /// Opens a socket.
    ///
    /// @param credential sent as a bearer token in the header; empty for none
    /// @param timeout of the connection and the upgrade
    CompletableFuture<WebSocket> open(
            URI address, String credential, Duration timeout, WebSocket.Listener listener);

    /// Sockets of an HTTP client.
    static WebSocketOpener of(HttpClient http) {
        return (address, credential, timeout, listener) -> {
            WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(timeout);
            if (!credential.isEmpty()) {
                builder.header("Authorization", "Bearer " + credential);
            }
            return builder.buildAsync(address, listener);
        };
    }
}
