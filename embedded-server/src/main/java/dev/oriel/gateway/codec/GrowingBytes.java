package dev.oriel.gateway.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Bytes as they arrive. The room grows with what has arrived and never with what was announced; it
/// doubles, so that pieces of one byte are not copied at each byte.
final class GrowingBytes {
    private static final int FIRST = 256;

    private byte[] bytes = new byte[0];
    private int length;

    /// Takes so many bytes of a buffer that has them.
    ///
    /// @param expected how many there will be in all: the room does not grow beyond it
    void append(ByteBuffer from, int count, int expected) {
        int needed = length + count;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, capacityFor(needed, expected));
        }
        from.get(bytes, length, count);
        length = needed;
    }

    /// The room that there would be for so many bytes.
    int capacityFor(int needed, int expected) {
        if (needed <= bytes.length) {
            return bytes.length;
        }
        long doubled = Math.max(FIRST, 2L * bytes.length);
        return (int) Math.max(needed, Math.min(doubled, expected));
    }

    int length() {
        return length;
    }

    int capacity() {
        return bytes.length;
    }

    /// The bytes themselves, from the first on; there may be room behind the last.
    byte[] array() {
        return bytes;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }
}
