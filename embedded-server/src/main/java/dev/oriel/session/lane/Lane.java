package dev.oriel.session.lane;

import java.util.List;

/// The one line of control of a session: everything that writes its state runs here, one after the
/// other, whatever the thread.
///
/// Two ways lead in. Commands come from clients and timers, are few, and never wait. Agent input
/// can be a flood: it waits while the lane is behind, and that is how a fast agent is slowed down.
public interface Lane extends AutoCloseable {
    /// Runs a command on the lane, ahead of waiting agent input. Never blocks.
    ///
    /// @return false after [#close()]: it is not run then
    boolean post(Runnable command);

    /// Hands agent input to the lane's worker, in order. Blocks while too much of it waits, and may
    /// run the worker on the calling thread, which is the agent's: where nothing else runs, that
    /// saves a change of threads. Dropped after [#close()].
    void postInput(List<AgentInput> inputs);

    /// Stops or resumes taking agent input; commands go on. Called on the lane.
    void holdInput(boolean hold);

    /// Ends the lane once what was posted before has run. Does not wait for that.
    @Override
    void close();

    /// Ends the lane with a last command, behind all that was posted before; nothing runs on the
    /// lane behind it. Agent input that was not taken yet is dropped. Never blocks.
    ///
    /// @return false if it was closed before: the command is not run then
    boolean closeAfter(Runnable last);

    /// Makes lanes: virtual threads in the product, hand-driven ones in tests.
    interface Factory {
        Lane open(String name, Worker worker);
    }

    /// What runs on the lane.
    interface Worker {
        /// Takes all input that was ready.
        void process(List<AgentInput> ready);
    }
}
