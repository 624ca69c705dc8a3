package dev.oriel.agent;

import org.jspecify.annotations.Nullable;

/// Whether agents of a kind can be started on this machine.
public sealed interface AgentStatus {
    /// An agent can be started.
    ///
    /// @param version the version that the agent reports, or null if it has none
    /// @param where path of the executable, or null
    record Ready(@Nullable String version, @Nullable String where) implements AgentStatus {}

    /// The agent is installed, but no user is logged in.
    ///
    /// @param remedy what to do, one sentence for the user
    record NotLoggedIn(@Nullable String version, String where, String remedy)
            implements AgentStatus {}

    /// The agent is not installed or does not run.
    ///
    /// @param what the problem, one sentence for the user
    /// @param remedy what to do, one sentence for the user
    record Missing(String what, String remedy) implements AgentStatus {}
}
