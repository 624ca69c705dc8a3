package dev.oriel.gateway.codec;

import java.nio.ByteBuffer;

/// What a client sent, whole.
public sealed interface DecodedFrame {
    /// @param bytes how many it had on the wire
    /// @param charged what it took of the [ReceiveBudget]; whoever handles it gives that back
    record Text(String text, int bytes, long charged) implements DecodedFrame {}

    /// Its content is of no use to anybody.
    record Binary(int bytes) implements DecodedFrame {}

    record Ping(ByteBuffer payload) implements DecodedFrame {}

    record Pong() implements DecodedFrame {}

    /// @param code [#NO_CODE] if there was none
    record Close(int code, String reason) implements DecodedFrame {
        static final int NO_CODE = 1005;
    }
}
