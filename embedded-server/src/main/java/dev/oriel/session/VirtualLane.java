package dev.oriel.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A lane on a virtual thread of its own.
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
    private boolean held; // guarded by lock
    private boolean closed; // guarded by lock
    private final Worker worker;

    VirtualLane(String name, Worker worker) {
        this.worker = worker;
        Thread.ofVirtual().name(name).start(this::run);
    }

    @Override
    public void post(Runnable command) {
        lock.lock();
        try {
            if (!closed) {
                commands.add(command);
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void feed(AgentInput input) {
        lock.lock();
        try {
            while (!closed && (inputs.size() >= MAX_INPUTS || inputBytes >= MAX_BYTES)) {
                room.awaitUninterruptibly();
            }
            if (!closed) {
                inputs.add(input);
                inputBytes += input.weight();
                if (inputs.size() == 1) {
                    work.signal();
                }
            }
        } finally {
            lock.unlock();
        }
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
        while (true) {
            Runnable command;
            List<AgentInput> ready = List.of();
            lock.lock();
            try {
                while (commands.isEmpty() && (inputs.isEmpty() || held) && !closed) {
                    work.awaitUninterruptibly();
                }
                command = commands.poll();
                if (command == null && !inputs.isEmpty() && !held) {
                    ready = inputs;
                    inputs = new ArrayList<>();
                    inputBytes = 0;
                    room.signalAll();
                }
                if (command == null && ready.isEmpty()) {
                    return; // closed, and nothing is left
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
