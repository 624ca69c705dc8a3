package dev.oriel.gateway.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What waits to be written to one connection, with a count of it.
///
/// Whoever sends writes as much as the socket takes at once, on its own thread, which saves a hop
/// to the selector; the rest waits here, and the selector's thread writes it when the socket has
/// room. The selector is asked for that under the lock, so no demand is lost.
///
/// Any thread may call it.
@SuppressWarnings("NonAtomicVolatileUpdate") // `queued` is written under the lock only
final class SocketWriter {
    /// A larger write would only be copied in vain: the socket takes about so much at once.
    private static final int MAX_WRITE = 128 * 1024;

    private final WritableByteChannel socket;
    private final WriteListener events;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>(); // guarded by lock
    private List<Threshold> thresholds = new ArrayList<>(); // guarded by lock
    private @Nullable SelectionKey key; // guarded by lock
    private long movedAt; // guarded by lock
    private boolean sealed; // guarded by lock: nothing more is taken
    private boolean closed; // guarded by lock
    private boolean broken; // guarded by lock: nobody hears us any more
    private boolean toldDone; // guarded by lock
    private boolean toldLost; // guarded by lock
    private boolean demanded; // guarded by lock: the selector looks for room
    private long enqueued; // guarded by lock: bytes, since the beginning
    private long pongsEnd; // guarded by lock: of `enqueued`, with the last pong
    private long pongBytes; // guarded by lock
    private volatile long queued; // written under lock

    private record Threshold(long bytes, Runnable then) {}

    /// What the connection is told, on any thread.
    interface WriteListener {
        /// All is written, and nothing more will come.
        void onAllSent();

        /// Nothing can be written any more.
        void onLost();
    }

    SocketWriter(WritableByteChannel socket, WriteListener events) {
        this.socket = socket;
        this.events = events;
        this.movedAt = System.nanoTime();
    }

    /// Where to ask for a turn when the socket has room again.
    void register(SelectionKey selectionKey) {
        lock.lock();
        try {
            key = selectionKey;
            demand(!waiting.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /// Bytes that wait.
    long queued() {
        return queued;
    }

    /// Sends buffers that nobody else changes. Never blocks. After the end nothing happens.
    void send(List<ByteBuffer> buffers) {
        change(() -> add(buffers));
    }

    /// Sends the answer to a ping, which may wait behind other frames.
    void sendPong(ByteBuffer frame) {
        change(() -> {
            if (!pongsWait()) {
                pongBytes = 0;
            }
            pongBytes += frame.remaining();
            add(List.of(frame));
            pongsEnd = enqueued;
        });
    }

    /// Bytes of pongs that wait.
    long queuedPongBytes() {
        lock.lock();
        try {
            return pongsWait() ? pongBytes : 0;
        } finally {
            lock.unlock();
        }
    }

    private boolean pongsWait() {
        return enqueued - queued < pongsEnd;
    }

    /// Sends a last frame, or just ends behind what waits. [WriteListener#onAllSent] follows.
    ///
    /// @return whether this was the first call
    boolean closeAfter(List<ByteBuffer> last) {
        return change(() -> {
            add(last);
            sealed = true;
        });
    }

    /// @return false if it is sealed, and nothing was done
    private boolean change(Runnable act) {
        lock.lock();
        try {
            if (sealed || closed) {
                return false;
            }
            act.run();
        } finally {
            lock.unlock();
        }
        tell();
        return true;
    }

    /// Under the lock.
    private void add(List<ByteBuffer> buffers) {
        if (broken) {
            return;
        }
        boolean idle = waiting.isEmpty();
        if (idle) {
            movedAt = System.nanoTime();
        }
        for (ByteBuffer b : buffers) {
            waiting.add(b.duplicate());
            queued += b.remaining();
            enqueued += b.remaining();
        }
        if (idle) {
            flush();
        }
    }

    private void tell() {
        boolean done;
        boolean lost;
        lock.lock();
        try {
            lost = broken && !toldLost;
            done = sealed && waiting.isEmpty() && !toldDone;
            toldLost |= lost;
            toldDone |= done;
        } finally {
            lock.unlock();
        }
        if (lost) {
            events.onLost();
        }
        if (done) {
            events.onAllSent();
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
            long before = queued;
            waiting.clear();
            queued = 0;
            movedAt = System.nanoTime();
            if (first != null && first.position() > 0) {
                waiting.add(first);
                queued = first.remaining();
            }
            enqueued -= before - queued;
            pongsEnd = Math.min(pongsEnd, enqueued);
        } finally {
            lock.unlock();
        }
    }

    /// Writes what the socket takes. For the selector's thread.
    void write() {
        List<Runnable> then;
        lock.lock();
        try {
            flush();
            then = reached();
        } finally {
            lock.unlock();
        }
        tell();
        then.forEach(Runnable::run);
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
                break;
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
        demand(!waiting.isEmpty());
        drained.signalAll();
    }

    /// Under the lock.
    private void demand(boolean turn) {
        SelectionKey selectionKey = key;
        if (selectionKey == null || turn == demanded) {
            return;
        }
        demanded = turn;
        try {
            if (turn) {
                selectionKey.interestOpsOr(SelectionKey.OP_WRITE);
                selectionKey.selector().wakeup();
            } else {
                selectionKey.interestOpsAnd(~SelectionKey.OP_WRITE);
            }
        } catch (CancelledKeyException e) {
            // Closed meanwhile; nothing is written any more.
        }
    }

    /// Nobody hears us any more. What the client said before it went may still wait to be read, so
    /// the connection ends where reading comes to its end, and not here. Under the lock.
    private void lose() {
        broken = true;
        waiting.clear();
        queued = 0;
    }

    /// Under the lock.
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

    void close() {
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
    }
}
