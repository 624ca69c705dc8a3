package dev.oriel.agent.cli.protocol;

import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentListener;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Brings what is read from two pipes, on two threads, to one listener: one event at a time, and
/// none after [AgentEvent.Exited]. Any thread; who comes second waits.
public final class SerialListener implements AgentListener {
    private final AgentListener listener;
    private final ReentrantLock turn = new ReentrantLock();
    private boolean over; // guarded by turn

    public SerialListener(AgentListener listener) {
        this.listener = listener;
    }

    @Override
    public void onEvent(AgentEvent event) {
        turn.lock();
        try {
            if (!over) {
                over = event instanceof AgentEvent.Exited;
                listener.onEvent(event);
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void onEvents(List<AgentEvent> events) {
        turn.lock();
        try {
            if (!over) {
                listener.onEvents(events);
            }
        } finally {
            turn.unlock();
        }
    }

    /// Lines of standard error.
    public void onStderr(List<String> lines) {
        onEvents(lines.stream().<AgentEvent>map(AgentEvent.StderrLine::new).toList());
    }
}
