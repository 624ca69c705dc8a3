package dev.oriel.session.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A lane on virtual threads, or, for agent input that finds the lane free, on the agent's reading
/// thread.
///
/// The thread that runs the lane goes on until nothing is left; all other threads only add tasks.
/// So one thread runs at a time, and a line that arrives alone costs no change of threads. An idle
/// lane has no thread: its stack would be most of the memory of an idle session.
public final class VirtualLane implements Lane {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualLane.class);

    /// Enough for one transaction; more would only cost memory and delay commands.
    private static final int MAX_INPUTS = 1_000;

    private static final int MAX_BYTES = 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<Runnable> commands = new ArrayDeque<>(); // guarded by lock
    private ArrayList<AgentInput> inputs = new ArrayList<>(); // guarded by lock
    private long inputBytes; // guarded by lock
    private Worker worker = _ -> {}; // guarded by lock; processes the inputs
    private boolean running; // guarded by lock; true while a thread runs the lane
    private boolean held; // guarded by lock; true while agent input is not processed
    private boolean closed; // guarded by lock
    private final Thread.Builder.OfVirtual threads;

    /// @param name of the threads
    public VirtualLane(String name) {
        this.threads = Thread.ofVirtual().name(name);
    }

    @Override
    public boolean post(Runnable command) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            commands.add(command);
            startIfNeeded();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void postInput(List<AgentInput> ready, Worker processor) {
        lock.lock();
        try {
            while (!closed && (inputs.size() >= MAX_INPUTS || inputBytes >= MAX_BYTES)) {
                room.awaitUninterruptibly();
            }
            if (closed) {
                return;
            }
            worker = processor;
            for (AgentInput input : ready) {
                inputs.add(input);
                inputBytes += input.size();
            }
            if (running || held) {
                return;
            }
            running = true;
        } finally {
            lock.unlock();
        }
        drain();
    }

    @Override
    public void holdInput(boolean hold) {
        lock.lock();
        try {
            held = hold;
            startIfNeeded();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isInputHeld() {
        lock.lock();
        try {
            return held;
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
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean closeAfter(Runnable last) {
        lock.lock();
        try {
            if (!post(last)) {
                return false;
            }
            inputs = new ArrayList<>();
            inputBytes = 0;
            close();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Requires the lock.
    private void startIfNeeded() {
        if (!running && hasWork()) {
            running = true;
            threads.start(this::drain);
        }
    }

    /// Requires the lock.
    private boolean hasWork() {
        return !commands.isEmpty() || (!inputs.isEmpty() && !held);
    }

    /// Runs tasks until none is left.
    private void drain() {
        boolean done = false;
        try {
            runAll();
            done = true;
        } finally {
            if (!done) {
                restart();
            }
        }
    }

    /// Restarts the lane on a new thread: a VirtualMachineError ends this one and propagates to its
    /// uncaught-exception handler.
    private void restart() {
        lock.lock();
        try {
            running = false;
            startIfNeeded();
        } finally {
            lock.unlock();
        }
    }

    private void runAll() {
        while (true) {
            Runnable command;
            List<AgentInput> ready = List.of();
            Worker processor;
            lock.lock();
            try {
                if (!hasWork()) {
                    running = false;
                    return;
                }
                command = commands.poll();
                processor = worker;
                if (command == null) {
                    ready = inputs;
                    inputs = new ArrayList<>();
                    inputBytes = 0;
                    room.signalAll();
                }
            } finally {
                lock.unlock();
            }
            perform(command, processor, ready);
        }
    }

    private void perform(@Nullable Runnable command, Worker processor, List<AgentInput> ready) {
        try {
            if (command != null) {
                command.run();
            } else {
                processor.process(ready);
            }
        } catch (RuntimeException e) {
            // A bug in one task must not end the session for all later ones.
            LOG.error("A task of a session failed", e);
        }
    }
}
