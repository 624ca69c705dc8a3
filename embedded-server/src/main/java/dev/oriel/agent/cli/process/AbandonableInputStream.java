package dev.oriel.agent.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Standard output of a process, with a read that another thread can abandon.
///
/// The pipe only ends when every process that holds it has ended. A command that the CLI left
/// running can keep it open long after the CLI has exited, and a blocked read cannot be cancelled.
/// An abandoned read returns the end of the stream, when the pipe ends.
final class AbandonableInputStream extends InputStream {
    private enum State {
        READING,
        DELIVERING,
        ABANDONED
    }

    private final InputStream in;
    private final AtomicReference<State> state = new AtomicReference<>(State.DELIVERING);
    private final AtomicLong reads = new AtomicLong();

    AbandonableInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (!state.compareAndSet(State.DELIVERING, State.READING)) {
            return -1;
        }
        int n = -1;
        try {
            n = in.read(into, offset, length);
        } finally {
            reads.incrementAndGet();
            if (!state.compareAndSet(State.READING, State.DELIVERING)) {
                n = -1;
            }
        }
        return n;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /// The number of reads so far. Any thread.
    long reads() {
        return reads.get();
    }

    /// Abandons the read that has been waiting since the given count of reads. A reader that
    /// processes what it read is not affected. Any thread.
    ///
    /// @return whether the stream will deliver nothing more
    boolean abandonIfIdleSince(long countOfReads) {
        return state.get() == State.READING
                && reads.get() == countOfReads
                && state.compareAndSet(State.READING, State.ABANDONED);
    }

    boolean isAbandoned() {
        return state.get() == State.ABANDONED;
    }
}
