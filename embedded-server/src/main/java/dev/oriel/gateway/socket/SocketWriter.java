package dev.oriel.gateway.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Writes to one socket.
///
/// A send writes as much as the socket takes at once, on the caller's thread, which saves a hop to
/// the selector. The rest is queued, and the selector's thread writes it when the socket has room.
/// The selector is asked for that under the lock, so that no request is lost.
///
/// **Life cycle.** Open until [#closeAfter] seals it: what is queued is still written, and
/// [WriteListener#onAllSent] follows. If the socket fails before that, everything is dropped and
/// [WriteListener#onLost] is called; a sealed writer that fails reports both. [#close] ends it at
/// once.
///
/// Any thread may call it.
final class SocketWriter {
    private final WritableByteChannel socket;
    private final SelectionKey key;
    private final LongSupplier nanoTime;
    private final WriteListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private final WriteQueue queue = new WriteQueue(); // guarded by lock
    private List<Threshold> thresholds = new ArrayList<>(); // guarded by lock
    private long progressAt; // guarded by lock: when the socket last took a byte of the queue
    private boolean sealed; // guarded by lock: nothing more is accepted
    private boolean closed; // guarded by lock
    private boolean broken; // guarded by lock: the socket takes no more bytes
    private boolean reportedAllSent; // guarded by lock
    private boolean reportedLost; // guarded by lock
    private boolean awaitsRoom; // guarded by lock: the selector reports when the socket has room
    private volatile long queuedBytes; // written under lock

    private record Threshold(long bytes, Runnable then) {}

    /// Receives what happens to the socket, on any thread, each once at most.
    interface WriteListener {
        /// Everything has been written, and nothing more will be accepted.
        void onAllSent();

        /// Nothing more can be written.
        void onLost();
    }

    /// @param key of the socket; its interest in [SelectionKey#OP_WRITE] is changed here only
    /// @param nanoTime a monotonic clock
    SocketWriter(
            WritableByteChannel socket,
            SelectionKey key,
            LongSupplier nanoTime,
            WriteListener listener) {
        this.socket = socket;
        this.key = key;
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.progressAt = nanoTime.getAsLong();
    }

    /// Bytes that wait.
    long queuedBytes() {
        return queuedBytes;
    }

    /// Sends buffers, which the caller does not change afterwards. Never blocks. Does nothing after
    /// [#closeAfter] and [#close()].
    void send(List<ByteBuffer> buffers) {
        enqueue(() -> queue.enqueue(buffers), false);
    }

    /// Sends the response to a ping.
    void sendPong(ByteBuffer frame) {
        enqueue(() -> queue.enqueuePong(frame), false);
    }

    /// Bytes of pongs that wait.
    long queuedPongBytes() {
        lock.lock();
        try {
            return queue.pongBytes();
        } finally {
            lock.unlock();
        }
    }

    /// Sends the last buffers, which may be none. [WriteListener#onAllSent] follows.
    ///
    /// @return whether this was the first call
    boolean closeAfter(List<ByteBuffer> last) {
        return enqueue(() -> queue.enqueue(last), true);
    }

    /// @return false if nothing more is accepted, and nothing was done
    private boolean enqueue(Runnable act, boolean isLast) {
        lock.lock();
        try {
            if (sealed || closed) {
                return false;
            }
            sealed = isLast;
            if (!broken) {
                boolean idle = queue.isEmpty();
                act.run();
                queuedBytes = queue.bytes();
                if (idle) {
                    progressAt = nanoTime.getAsLong();
                    flush();
                }
            }
        } finally {
            lock.unlock();
        }
        report();
        return true;
    }

    private void report() {
        boolean allSent;
        boolean lost;
        lock.lock();
        try {
            lost = broken && !reportedLost;
            allSent = sealed && queue.isEmpty() && !reportedAllSent;
            reportedLost |= lost;
            reportedAllSent |= allSent;
        } finally {
            lock.unlock();
        }
        if (lost) {
            listener.onLost();
        }
        if (allSent) {
            listener.onAllSent();
        }
    }

    /// Waits until fewer bytes wait.
    ///
    /// @return false if that took longer than `nanos`, or the socket is closed
    boolean awaitBelow(long bytes, long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (queuedBytes >= bytes && !closed && left > 0) {
                left = drained.awaitNanos(left);
            }
            return queuedBytes < bytes && !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Runs a task once fewer bytes wait: now, or later on the selector's thread; never if the
    /// socket is closed before.
    void whenBelow(long bytes, Runnable then) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (queuedBytes >= bytes) {
                thresholds.add(new Threshold(bytes, then));
                return;
            }
        } finally {
            lock.unlock();
        }
        then.run();
    }

    /// Whether bytes have waited for so long without the socket taking one.
    boolean isStuck(long nanos) {
        lock.lock();
        try {
            return !queue.isEmpty() && nanoTime.getAsLong() - progressAt > nanos;
        } finally {
            lock.unlock();
        }
    }

    /// Drops what waits, except a frame that has been written in part: a close frame can follow.
    void dropUnstarted() {
        lock.lock();
        try {
            queue.dropUnstarted();
            queuedBytes = queue.bytes();
            progressAt = nanoTime.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    /// Writes what the socket takes. On the selector's thread.
    void onWritable() {
        List<Runnable> reached;
        lock.lock();
        try {
            flush();
            reached = removeReached();
        } finally {
            lock.unlock();
        }
        report();
        reached.forEach(Runnable::run);
    }

    /// Under the lock.
    private void flush() {
        try {
            if (queue.writeTo(socket)) {
                progressAt = nanoTime.getAsLong();
            }
        } catch (IOException e) {
            // The peer is gone. Bytes that it sent before may still wait to be read, so that the
            // connection ends where reading does, and not here.
            broken = true;
            queue.clear();
        }
        queuedBytes = queue.bytes();
        awaitRoom(!queue.isEmpty());
        drained.signalAll();
    }

    /// Under the lock.
    private void awaitRoom(boolean await) {
        if (await == awaitsRoom) {
            return;
        }
        awaitsRoom = await;
        try {
            if (await) {
                key.interestOpsOr(SelectionKey.OP_WRITE);
                key.selector().wakeup();
            } else {
                key.interestOpsAnd(~SelectionKey.OP_WRITE);
            }
        } catch (CancelledKeyException e) {
            // The socket has been closed. Nothing more is written.
        }
    }

    /// Under the lock.
    private List<Runnable> removeReached() {
        if (thresholds.isEmpty()) {
            return List.of();
        }
        List<Runnable> reached = new ArrayList<>();
        List<Threshold> remaining = new ArrayList<>();
        for (Threshold t : thresholds) {
            if (queuedBytes < t.bytes()) {
                reached.add(t.then());
            } else {
                remaining.add(t);
            }
        }
        thresholds = remaining;
        return reached;
    }

    /// Drops what waits, and accepts nothing more.
    void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
            queuedBytes = 0;
            thresholds.clear();
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
