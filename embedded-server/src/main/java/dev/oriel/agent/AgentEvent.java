package dev.oriel.agent;

import dev.oriel.message.Message;
import java.util.List;

/// An event that an agent sends to its session.
public sealed interface AgentEvent {
    /// The agent emitted a message of any type, known or unknown. Responses to Oriel's own control
    /// requests are not reported as events.
    record Output(Message message) implements AgentEvent {}

    /// The agent emitted output that is not a message. The output was discarded.
    ///
    /// @param what a sentence for the user that contains nothing of the output
    record MalformedLine(String what) implements AgentEvent {}

    /// A line on standard output that is not a message, for clients that receive the agent's lines
    /// unchanged. [MalformedLine] reports only the first of several consecutive ones.
    ///
    /// @param line without its line break
    record StdoutLine(String line) implements AgentEvent {}

    /// The agent wrote a line to standard error, for example a warning or an error message.
    ///
    /// @param line without its line break and colour sequences, cut to at most 2,000 bytes
    record StderrLine(String line) implements AgentEvent {}

    /// The agent has exited. This is its last event.
    ///
    /// @param code exit code of the process; 0 for an agent without a process
    /// @param stderrTail the last lines of standard error, oldest first, at most 20
    record Exited(int code, ExitCause cause, List<String> stderrTail) implements AgentEvent {
        public Exited {
            stderrTail = List.copyOf(stderrTail);
        }
    }

    /// Why an agent exited.
    enum ExitCause {
        /// [Agent#close()] was called, or the agent exited by itself while idle.
        ASKED,
        /// [Agent#interrupt()] escalated until the agent ended.
        STOPPED,
        /// The conversation to resume does not exist any more.
        CONVERSATION_GONE,
        /// The agent exited during a turn or at its start without being asked to.
        CRASHED
    }
}
