package dev.oriel.gateway.socket;

import java.nio.ByteBuffer;

/// What a client sent, whole.
sealed interface Incoming {
    /// @param bytes how many it had on the wire
    /// @param charged what it took of the [ReceiveBudget]; whoever handles it gives that back
    record Text(String text, int bytes, long charged) implements Incoming {}

    /// Its content is of no use to anybody.
    record Binary(int bytes) implements Incoming {}

    record Ping(ByteBuffer payload) implements Incoming {}

    record Pong() implements Incoming {}

    /// @param code [#NO_CODE] if there was none
    record Close(int code, String reason) implements Incoming {
        static final int NO_CODE = 1005;
    }
}
