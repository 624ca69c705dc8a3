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
/// Whoever runs the lane is *busy* and goes on until nothing is left; everybody else only leaves
/// things for it. So there is one at a time, and a line that comes alone costs no change of
/// threads. At rest there is no thread: its stack would be most of what an idle session holds.
public final class VirtualLane implements Lane {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualLane.class);

    /// Enough for one good transaction; more only costs memory and delays commands.
    private static final int MAX_INPUTS = 1_000;

    private static final int MAX_BYTES = 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<Runnable> commands = new ArrayDeque<>(); // guarded by lock
    private ArrayList<AgentInput> inputs = new ArrayList<>(); // guarded by lock
    private long inputBytes; // guarded by lock
    private boolean busy; // guarded by lock
    private boolean held; // guarded by lock
    private boolean closed; // guarded by lock
    private final Thread.Builder.OfVirtual threads;
    private final Worker worker;

    public VirtualLane(String name, Worker worker) {
        this.threads = Thread.ofVirtual().name(name);
        this.worker = worker;
    }

    @Override
    public boolean post(Runnable command) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            commands.add(command);
            goOn();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void postInput(List<AgentInput> ready) {
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
    public void holdInput(boolean hold) {
        lock.lock();
        try {
            held = hold;
            goOn();
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

    /// Under the lock.
    private void goOn() {
        if (!busy && hasWork()) {
            busy = true;
            threads.start(this::drain);
        }
    }

    /// Under the lock.
    private boolean hasWork() {
        return !commands.isEmpty() || (!inputs.isEmpty() && !held);
    }

    /// Runs what there is, as the one that is busy, until nothing is left.
    private void drain() {
        boolean done = false;
        try {
            runAll();
            done = true;
        } finally {
            if (!done) {
                letGo();
            }
        }
    }

    /// An error of the machine (memory, stack) goes on to whoever hears of such; what comes after
    /// must not wait for a thread that is no more.
    private void letGo() {
        lock.lock();
        try {
            busy = false;
            goOn();
        } finally {
            lock.unlock();
        }
    }

    private void runAll() {
        while (true) {
            Runnable command;
            List<AgentInput> ready = List.of();
            lock.lock();
            try {
                if (!hasWork()) {
                    busy = false;
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
                worker.process(ready);
            }
        } catch (RuntimeException e) {
            // A bug in one step must not end the session for all that come after.
            LOG.error("A step of a session failed", e);
        }
    }
}
