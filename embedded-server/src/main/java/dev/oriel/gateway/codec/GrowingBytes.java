package dev.oriel.gateway.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// A buffer for bytes as they arrive. Its capacity grows with the received bytes, never with an
/// announced length; it doubles, so that chunks of one byte are not copied each time.
final class GrowingBytes {
    private static final int FIRST = 256;

    private byte[] bytes = new byte[0];
    private int length;

    /// Appends bytes of a buffer.
    ///
    /// @param count at most what the buffer has
    /// @param expected total length: the capacity does not grow beyond it
    void append(ByteBuffer from, int count, int expected) {
        int needed = length + count;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, capacityFor(needed, expected));
        }
        from.get(bytes, length, count);
        length = needed;
    }

    /// The capacity after growing to at least `needed` bytes.
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

    /// The backing array, which may be longer than [#length()].
    byte[] array() {
        return bytes;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }
}
