package dev.oriel.gateway.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/// A socket that takes as many bytes as a test allows.
final class NarrowChannel implements WritableByteChannel {
    int room = Integer.MAX_VALUE;
    int largest; // bytes of the largest write
    @Nullable IOException failure;
    private int written;

    @Override
    public int write(ByteBuffer from) throws IOException {
        if (failure != null) {
            throw failure;
        }
        int count = Math.min(room, from.remaining());
        from.position(from.position() + count);
        room -= count;
        written += count;
        largest = Math.max(largest, count);
        return count;
    }

    int written() {
        return written;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
