package dev.oriel.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.java_websocket.WrappedByteChannel;

/// What waits to be written to one connection, with a count of it: the library's own queue has
/// neither bound nor count.
///
/// Whoever sends writes as much as the socket takes at once, on its own thread, which saves a hop
/// to the selector; the rest waits here, and the selector's thread writes it when the socket has
/// room. The library's own frames (handshake, pong, close) come through [#write], behind what
/// waits.
@SuppressWarnings("NonAtomicVolatileUpdate") // `queued` is written under the lock only
final class Outbox implements WrappedByteChannel {
    /// A larger write would only be copied in vain: the socket takes about so much at once.
    private static final int MAX_WRITE = 128 * 1024;

    private final SocketChannel socket;
    private final Inbox inbox;
    private final Runnable writeDemand;
    private final Consumer<Runnable> soon;
    private final Runnable gone;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>(); // guarded by lock
    private List<Threshold> thresholds = new ArrayList<>(); // guarded by lock
    private long movedAt = System.nanoTime(); // guarded by lock
    private boolean begun; // guarded by lock
    private boolean closed; // guarded by lock
    private boolean broken; // guarded by lock: nobody hears us any more
    private boolean reminded; // guarded by lock
    private volatile long queued; // written under lock

    private record Threshold(long bytes, Runnable then) {}

    /// @param inbox reads from the same socket
    /// @param writeDemand tells the selector that something waits
    /// @param soon runs something some milliseconds later
    /// @param gone called when the connection is closed
    Outbox(
            SocketChannel socket,
            Inbox inbox,
            Runnable writeDemand,
            Consumer<Runnable> soon,
            Runnable gone) {
        this.socket = socket;
        this.inbox = inbox;
        this.writeDemand = writeDemand;
        this.soon = soon;
        this.gone = gone;
    }

    /// Bytes that wait.
    long queued() {
        return queued;
    }

    /// Sends buffers that nobody else changes. Never blocks. After the connection is gone nothing
    /// happens.
    void send(List<ByteBuffer> buffers) {
        boolean demand;
        lock.lock();
        try {
            if (closed || broken) {
                return;
            }
            boolean idle = waiting.isEmpty();
            if (idle) {
                movedAt = System.nanoTime();
            }
            for (ByteBuffer b : buffers) {
                waiting.add(b.duplicate());
                queued += b.remaining();
            }
            if (idle && begun) {
                flush();
            }
            demand = begun && !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
        if (demand) {
            demand();
        }
    }

    /// Lets frames of ours go: before, only the library's answer to the handshake may.
    void begin() {
        lock.lock();
        try {
            begun = true;
        } finally {
            lock.unlock();
        }
    }

    /// The selector may turn back to reading right after it is told to write, and forget: so it is
    /// told again as long as something waits.
    private void demand() {
        writeDemand.run();
        lock.lock();
        try {
            if (reminded || closed) {
                return;
            }
            reminded = true;
        } finally {
            lock.unlock();
        }
        soon.accept(this::remind);
    }

    private void remind() {
        boolean more;
        lock.lock();
        try {
            reminded = false;
            more = !waiting.isEmpty() && !closed;
        } finally {
            lock.unlock();
        }
        if (more) {
            demand();
        }
    }

    boolean awaitBelow(long bytes, long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (queued >= bytes && !closed && left > 0) {
                left = drained.awaitNanos(left);
            }
            return queued < bytes && !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    void whenBelow(long bytes, Runnable then) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (queued >= bytes) {
                thresholds.add(new Threshold(bytes, then));
                return;
            }
        } finally {
            lock.unlock();
        }
        then.run();
    }

    /// Whether something has waited for so long without a byte being taken.
    boolean isStuck(long nanos) {
        lock.lock();
        try {
            return !waiting.isEmpty() && System.nanoTime() - movedAt > nanos;
        } finally {
            lock.unlock();
        }
    }

    /// Forgets what waits, but for a frame that has begun: a close frame can follow.
    void dropWaiting() {
        lock.lock();
        try {
            ByteBuffer first = waiting.peek();
            waiting.clear();
            queued = 0;
            movedAt = System.nanoTime();
            if (first != null && first.position() > 0) {
                waiting.add(first);
                queued = first.remaining();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Under the lock.
    private void flush() {
        ByteBuffer next;
        while ((next = waiting.peek()) != null) {
            int limit = next.limit();
            next.limit(Math.min(limit, next.position() + MAX_WRITE));
            int written;
            try {
                written = socket.write(next);
            } catch (IOException e) {
                lose();
                return;
            } finally {
                next.limit(limit);
            }
            queued -= written;
            if (written > 0) {
                movedAt = System.nanoTime();
            }
            if (next.hasRemaining()) {
                if (written < MAX_WRITE) {
                    break; // the socket is full
                }
            } else {
                waiting.poll();
            }
        }
        drained.signalAll();
    }

    /// Nobody hears us any more. What the client said before it went may still wait to be read, so
    /// the connection ends where reading comes to its end, and not here. Under the lock.
    private void lose() {
        broken = true;
        waiting.clear();
        queued = 0;
        drained.signalAll();
    }

    private List<Runnable> reached() {
        if (thresholds.isEmpty()) {
            return List.of();
        }
        List<Runnable> now = new ArrayList<>();
        List<Threshold> later = new ArrayList<>();
        for (Threshold t : thresholds) {
            if (queued < t.bytes()) {
                now.add(t.then());
            } else {
                later.add(t);
            }
        }
        thresholds = later;
        return now;
    }

    /// Tells the client that nothing more comes, and still takes what it sends.
    void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    @Override
    public boolean isNeedWrite() {
        lock.lock();
        try {
            return !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void writeMore() {
        List<Runnable> then;
        lock.lock();
        try {
            if (begun) {
                flush();
            }
            then = reached();
        } finally {
            lock.unlock();
        }
        then.forEach(Runnable::run);
    }

    @Override
    public int write(ByteBuffer src) {
        int written = 0;
        boolean more;
        lock.lock();
        try {
            if (begun) {
                flush();
            }
            if (!begun || waiting.isEmpty()) {
                written = writeNow(src);
                begun |= !src.hasRemaining();
            }
            more = begun && !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
        if (more) {
            demand();
        }
        return written;
    }

    /// Under the lock.
    private int writeNow(ByteBuffer src) {
        if (!broken) {
            try {
                return socket.write(src);
            } catch (IOException e) {
                lose();
            }
        }
        int lost = src.remaining();
        src.position(src.limit());
        return lost;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        return inbox.read(dst);
    }

    @Override
    public boolean isNeedRead() {
        return false;
    }

    @Override
    public int readMore(ByteBuffer dst) {
        return 0;
    }

    @Override
    public boolean isBlocking() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            thresholds.clear();
            queued = 0;
            drained.signalAll();
        } finally {
            lock.unlock();
        }
        gone.run();
        socket.close();
    }
}
