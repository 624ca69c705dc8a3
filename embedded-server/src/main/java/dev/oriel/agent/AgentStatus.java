package dev.oriel.agent;

import org.jspecify.annotations.Nullable;

/// Whether a kind of agent can be used on this machine.
public sealed interface AgentStatus {
    /// It can be started.
    ///
    /// @param version as it says itself, or null if it has none
    /// @param where its executable, or null
    record Ready(@Nullable String version, @Nullable String where) implements AgentStatus {}

    /// It is there but nobody is logged in.
    ///
    /// @param remedy what to do, one sentence for a person
    record NotLoggedIn(@Nullable String version, String where, String remedy)
            implements AgentStatus {}

    /// It is not there, or does not run.
    ///
    /// @param what what is so, one sentence for a person
    /// @param remedy what to do, one sentence for a person
    record Missing(String what, String remedy) implements AgentStatus {}
}
