package dev.oriel.session.lane;

import java.util.List;

/// The serial executor of one session: everything that writes the session's state runs here, one
/// task after the other, on whatever thread.
///
/// Commands come from clients and timers, are few, and never wait. Agent input can be a flood: it
/// waits while the lane is busy, which slows a fast agent down.
public interface Lane extends AutoCloseable {
    /// Runs a command on the lane, ahead of waiting agent input. Never blocks.
    ///
    /// @return false after [#close()]: the command is not run then
    boolean post(Runnable command);

    /// Has a worker process agent input on the lane, in order. Blocks while too much input waits,
    /// and may run the worker on the calling thread, which is the agent's reading thread: if
    /// nothing else runs, that saves a change of threads. Input is dropped after [#close()].
    ///
    /// @param worker the same one for all input of a lane
    void postInput(List<AgentInput> inputs, Worker worker);

    /// Stops or resumes processing agent input; commands still run. Called on the lane.
    void holdInput(boolean hold);

    /// True while agent input is not processed. Called on the lane.
    boolean isInputHeld();

    /// Closes the lane: what was posted before still runs, nothing else does. Does not wait.
    @Override
    void close();

    /// Closes the lane with a last command that runs after everything posted before. Agent input
    /// that was not processed yet is dropped. Never blocks.
    ///
    /// @return false if the lane was closed before: the command is not run then
    boolean closeAfter(Runnable last);

    /// Processes agent input on a lane.
    @FunctionalInterface
    interface Worker {
        /// @param ready all input that was waiting
        void process(List<AgentInput> ready);
    }
}
