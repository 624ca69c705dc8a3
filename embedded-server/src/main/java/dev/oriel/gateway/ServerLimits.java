package dev.oriel.gateway;

import dev.oriel.dialect.SendBudget;
import dev.oriel.gateway.codec.SocketLimits;
import dev.oriel.gateway.socket.ConnectionSlots;
import java.time.Duration;

/// Limits for the clients of a server.
///
/// @param maxConnections open authenticated connections, on all ports, HTTP included
/// @param maxUnauthenticated open unauthenticated connections, on all ports; beyond this the
///   address with the most loses its oldest
/// @param maxFrame bytes of one WebSocket message from a client; a larger one closes with 1009
/// @param maxHead bytes of a request line with its headers
/// @param maxBody bytes of an HTTP request's body
/// @param maxUnread bytes that may wait to be read by all clients together
/// @param handshakeWithin how long a client may take for its request, and for its login; a request
///   waits as long while too many bytes wait to be read
/// @param stuckAfter how long a client may read nothing while bytes wait for it
public record ServerLimits(
        int maxConnections,
        int maxUnauthenticated,
        int maxFrame,
        int maxHead,
        int maxBody,
        long maxUnread,
        Duration handshakeWithin,
        Duration stuckAfter) {

    private static final long LEAST_FRAME = 1024 * 1024;
    private static final long LARGEST_FRAME = 32 * 1024 * 1024;

    /// A message exists in about ten forms at once on its way into the journal and out to the
    /// subscribers, twice as large if it contains a character that Latin-1 lacks.
    private static final int FRAME_SHARE_OF_HEAP = 32;

    public static ServerLimits defaults() {
        return new ServerLimits(
                512,
                256,
                maxFrame(Runtime.getRuntime().maxMemory()),
                16 * 1024,
                1024 * 1024,
                SendBudget.defaultSize(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
    }

    /// @param heap maximum size of the heap in bytes
    static int maxFrame(long heap) {
        return (int) Math.clamp(heap / FRAME_SHARE_OF_HEAP, LEAST_FRAME, LARGEST_FRAME);
    }

    ConnectionSlots connectionSlots() {
        return new ConnectionSlots(maxConnections, maxUnauthenticated);
    }

    SocketLimits socketLimits() {
        return new SocketLimits(maxHead, maxBody, maxFrame, handshakeWithin, stuckAfter);
    }
}
