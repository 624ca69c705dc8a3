package dev.oriel.agent.cli;

import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentListener;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Brings what is read from two pipes, on two threads, to one listener: one event at a time, and
/// none after [AgentEvent.Exited]. Any thread; who comes second waits.
final class OneAtATime implements AgentListener {
    private final AgentListener listener;
    private final ReentrantLock turn = new ReentrantLock();
    private boolean over; // guarded by turn

    OneAtATime(AgentListener listener) {
        this.listener = listener;
    }

    @Override
    public void on(AgentEvent event) {
        turn.lock();
        try {
            if (!over) {
                over = event instanceof AgentEvent.Exited;
                listener.on(event);
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void on(List<AgentEvent> events) {
        turn.lock();
        try {
            if (!over) {
                listener.on(events);
            }
        } finally {
            turn.unlock();
        }
    }

    /// Lines of standard error.
    void mutter(List<String> lines) {
        on(lines.stream().<AgentEvent>map(AgentEvent.Muttered::new).toList());
    }
}
