package dev.oriel.testing.manual;

import dev.oriel.session.lane.AgentInput;
import dev.oriel.session.lane.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A session's lane that the test runs on its own thread. Tasks may be posted from any thread.
public final class ManualSessionLane implements Lane {
    private final Deque<Runnable> commands = new ArrayDeque<>(); // guarded by this
    private List<AgentInput> inputs = new ArrayList<>(); // guarded by this
    private Worker worker = _ -> {}; // guarded by this
    private boolean held; // guarded by this
    private boolean closed; // guarded by this

    @Override
    public synchronized boolean post(Runnable command) {
        return !closed && commands.add(command);
    }

    @Override
    public synchronized void postInput(List<AgentInput> more, Worker processor) {
        if (!closed) {
            inputs.addAll(more);
            worker = processor;
        }
    }

    @Override
    public synchronized void holdInput(boolean hold) {
        held = hold;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    @Override
    public synchronized boolean closeAfter(Runnable last) {
        boolean posted = post(last);
        inputs.clear();
        closed = true;
        return posted;
    }

    @Override
    public synchronized boolean isInputHeld() {
        return held;
    }

    /// True if a command waits.
    public synchronized boolean hasCommand() {
        return !commands.isEmpty();
    }

    /// Runs one command or, if there is none, processes the waiting input.
    ///
    /// @return false if there was nothing to do
    public boolean runOne() {
        Runnable command;
        List<AgentInput> ready = List.of();
        Worker processor;
        synchronized (this) {
            command = commands.poll();
            processor = worker;
            if (command == null && !held) {
                ready = inputs;
                inputs = new ArrayList<>();
            }
        }
        if (command != null) {
            command.run();
            return true;
        }
        if (ready.isEmpty()) {
            return false;
        }
        processor.process(ready);
        return true;
    }

    /// Runs until nothing is left to do.
    public void runAll() {
        while (runOne()) {
            // The next one.
        }
    }
}
