package dev.oriel.agent.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// What a process writes to standard output, for a reader that must not wait for ever.
///
/// The pipe only ends when every process that holds it has ended: a command that the CLI left
/// behind can keep it open long after the CLI itself is gone, and a blocked read cannot be called
/// back. Such a read is abandoned: its thread stays until the pipe ends, but hands out nothing any
/// more.
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

    /// How often something was read so far. Any thread.
    long reads() {
        return reads.get();
    }

    /// Gives the reader up if it has waited since the count was taken; a reader that is busy with
    /// what it read is left alone. Any thread.
    ///
    /// @return whether nothing more will come out of this stream, ever
    boolean abandonIfIdleSince(long countOfReads) {
        return state.get() == State.READING
                && reads.get() == countOfReads
                && state.compareAndSet(State.READING, State.ABANDONED);
    }

    boolean isAbandoned() {
        return state.get() == State.ABANDONED;
    }
}
