package dev.oriel.gateway.codec;

import java.nio.ByteBuffer;

/// A complete message or control frame of a client.
public sealed interface DecodedFrame {
    /// @param bytes size on the wire
    /// @param charged bytes reserved in the [ReceiveBudget], to be released after the message has
    ///   been handled
    record Text(String text, int bytes, long charged) implements DecodedFrame {}

    /// A binary message, whose content no dialect uses.
    record Binary(int bytes) implements DecodedFrame {}

    record Ping(ByteBuffer payload) implements DecodedFrame {}

    record Pong() implements DecodedFrame {}

    /// @param code [#NO_CODE] if there was none
    record Close(int code, String reason) implements DecodedFrame {
        static final int NO_CODE = 1005;
    }
}
