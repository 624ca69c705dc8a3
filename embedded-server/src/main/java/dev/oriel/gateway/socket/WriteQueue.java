package dev.oriel.gateway.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The buffers that wait to be written to one socket, with a count of their bytes.
///
/// For one thread at a time.
final class WriteQueue {
    /// A larger write would be copied for nothing: the socket takes about this much at once.
    static final int MAX_WRITE = 128 * 1024;

    private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
    private long bytes;
    private long enqueued; // bytes since the beginning
    private long lastPongEnd; // of `enqueued`, including the last pong
    private long pongBytes;

    boolean isEmpty() {
        return buffers.isEmpty();
    }

    /// Bytes that wait.
    long bytes() {
        return bytes;
    }

    /// @param more not changed by the caller afterwards
    void enqueue(List<ByteBuffer> more) {
        for (ByteBuffer b : more) {
            buffers.add(b.duplicate());
            bytes += b.remaining();
            enqueued += b.remaining();
        }
    }

    void enqueuePong(ByteBuffer frame) {
        if (!hasPongs()) {
            pongBytes = 0;
        }
        pongBytes += frame.remaining();
        enqueue(List.of(frame));
        lastPongEnd = enqueued;
    }

    /// Bytes of pongs, counted until the last of them has been written.
    long pongBytes() {
        return hasPongs() ? pongBytes : 0;
    }

    private boolean hasPongs() {
        return enqueued - bytes < lastPongEnd;
    }

    /// Writes as much as the socket takes.
    ///
    /// @return whether it took anything
    boolean writeTo(WritableByteChannel socket) throws IOException {
        long before = bytes;
        ByteBuffer next;
        while ((next = buffers.peek()) != null) {
            int limit = next.limit();
            next.limit(Math.min(limit, next.position() + MAX_WRITE));
            int written;
            try {
                written = socket.write(next);
            } finally {
                next.limit(limit);
            }
            bytes -= written;
            if (!next.hasRemaining()) {
                buffers.poll();
            } else if (written < MAX_WRITE) {
                break; // the socket is full
            }
        }
        return bytes < before;
    }

    void clear() {
        buffers.clear();
        bytes = 0;
    }

    /// Drops everything except a buffer that has been written in part: a close frame can follow.
    void dropUnstarted() {
        ByteBuffer first = buffers.peek();
        long before = bytes;
        clear();
        if (first != null && first.position() > 0) {
            buffers.add(first);
            bytes = first.remaining();
        }
        enqueued -= before - bytes;
        lastPongEnd = 0;
    }
}
