package dev.oriel.gateway.codec;

import java.time.Duration;

/// Limits of one connection. Before login the narrower of these and of the constants apply.
///
/// @param maxHead bytes of a request line with its headers
/// @param maxBody bytes of an HTTP request's body
/// @param maxMessage bytes of one WebSocket message
/// @param handshakeWithin how long a client may take for its request
/// @param stuckAfter how long a client may read nothing while bytes wait for it
public record SocketLimits(
        int maxHead, int maxBody, int maxMessage, Duration handshakeWithin, Duration stuckAfter) {

    /// Bytes of a WebSocket message before login: a login frame is much shorter.
    public static final int MESSAGE_BEFORE_LOGIN = 8 * 1024;

    /// Bytes of an HTTP request's body without the token. Every route that accepts more needs it.
    static final int BODY_BEFORE_LOGIN = 64 * 1024;

    private static final int FRAGMENTS_BEFORE_LOGIN = 64;

    /// Enough for the largest message in fragments of half a kilobyte.
    private static final int FRAGMENTS = 64 * 1024;

    public int maxBody(boolean admitted) {
        return admitted ? maxBody : Math.min(maxBody, BODY_BEFORE_LOGIN);
    }

    int maxMessage(boolean admitted) {
        return admitted ? maxMessage : Math.min(maxMessage, MESSAGE_BEFORE_LOGIN);
    }

    /// The number of frames of one message: an empty one costs the sender six bytes, so that a
    /// limit of bytes is not enough.
    int maxFragments(boolean admitted) {
        return admitted ? FRAGMENTS : FRAGMENTS_BEFORE_LOGIN;
    }
}
