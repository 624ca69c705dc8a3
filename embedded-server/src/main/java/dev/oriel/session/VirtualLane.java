package dev.oriel.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A lane on a virtual thread of its own, or, for agent input that finds the lane free, on the
/// agent's reading thread.
///
/// Whoever runs the lane is *busy* and goes on until nothing is left; everybody else only leaves
/// things for it. So there is one at a time, and a line that comes alone costs no change of
/// threads.
final class VirtualLane implements Lane {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualLane.class);

    /// Enough for one good transaction; more only costs memory and delays commands.
    private static final int MAX_INPUTS = 1_000;

    private static final int MAX_BYTES = 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<Runnable> commands = new ArrayDeque<>(); // guarded by lock
    private ArrayList<AgentInput> inputs = new ArrayList<>(); // guarded by lock
    private long inputBytes; // guarded by lock
    private boolean busy; // guarded by lock
    private boolean held; // guarded by lock
    private boolean closed; // guarded by lock
    private final Worker worker;

    VirtualLane(String name, Worker worker) {
        this.worker = worker;
        Thread.ofVirtual().name(name).start(this::run);
    }

    @Override
    public boolean post(Runnable command) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            commands.add(command);
            work.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void feed(List<AgentInput> ready) {
        lock.lock();
        try {
            while (!closed && (inputs.size() >= MAX_INPUTS || inputBytes >= MAX_BYTES)) {
                room.awaitUninterruptibly();
            }
            if (closed) {
                return;
            }
            for (AgentInput input : ready) {
                inputs.add(input);
                inputBytes += input.weight();
            }
            if (busy || held) {
                return;
            }
            busy = true;
        } finally {
            lock.unlock();
        }
        drain();
    }

    @Override
    public void hold(boolean hold) {
        lock.lock();
        try {
            held = hold;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        boolean over = false;
        while (!over) {
            lock.lock();
            try {
                while (busy || !(hasWork() || closed)) {
                    work.awaitUninterruptibly();
                }
                busy = true;
                over = closed;
            } finally {
                lock.unlock();
            }
            drain();
        }
    }

    /// Under the lock.
    private boolean hasWork() {
        return !commands.isEmpty() || (!inputs.isEmpty() && !held);
    }

    /// Runs what there is, as the one that is busy, until nothing is left.
    private void drain() {
        while (true) {
            Runnable command;
            List<AgentInput> ready = List.of();
            lock.lock();
            try {
                if (!hasWork()) {
                    busy = false;
                    work.signal(); // the thread of the lane may wait for its turn, or for the end
                    return;
                }
                command = commands.poll();
                if (command == null) {
                    ready = inputs;
                    inputs = new ArrayList<>();
                    inputBytes = 0;
                    room.signalAll();
                }
            } finally {
                lock.unlock();
            }
            perform(command, ready);
        }
    }

    private void perform(@Nullable Runnable command, List<AgentInput> ready) {
        try {
            if (command != null) {
                command.run();
            } else {
                worker.take(ready);
            }
        } catch (RuntimeException e) {
            // A bug in one step must not end the session for all that come after.
            LOG.error("A step of a session failed", e);
        }
    }
}
