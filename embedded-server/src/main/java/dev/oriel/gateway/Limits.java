package dev.oriel.gateway;

import java.time.Duration;

/// What one client may use of the server.
///
/// @param maxConnections open connections at once, HTTP included
/// @param maxFrame bytes of one WebSocket message from a client; a larger one closes with 1009
/// @param maxHead bytes of a request line with its headers
/// @param maxBody bytes of an HTTP request's body
/// @param handshakeWithin how long a client may take for its request, and for its login
/// @param stuckAfter how long a client may read nothing while something waits for it
public record Limits(
        int maxConnections,
        int maxFrame,
        int maxHead,
        int maxBody,
        Duration handshakeWithin,
        Duration stuckAfter) {

    public static Limits standard() {
        return new Limits(
                512,
                32 * 1024 * 1024,
                16 * 1024,
                1024 * 1024,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
    }
}
