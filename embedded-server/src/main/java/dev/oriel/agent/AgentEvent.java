package dev.oriel.agent;

import dev.oriel.message.Message;
import java.util.List;

/// What an agent tells its session.
public sealed interface AgentEvent {
    /// The agent said something: any message of the family, known or not. Answers to Oriel's own
    /// control requests are not among them.
    record Output(Message message) implements AgentEvent {}

    /// Something came that is no message, and was left out.
    ///
    /// @param what a safe sentence for a person, which does not repeat what came
    record MalformedLine(String what) implements AgentEvent {}

    /// A line on standard output that is no message, for clients that take the agent's lines as
    /// they are. [MalformedLine] reports the first of a run of them.
    ///
    /// @param line without its line break
    record StdoutLine(String line) implements AgentEvent {}

    /// The agent wrote a line to standard error, which is for a person to read: a warning, or what
    /// went wrong.
    ///
    /// @param line without its line break and without colours, at most 2,000 bytes of it
    record StderrLine(String line) implements AgentEvent {}

    /// The agent has ended; nothing follows.
    ///
    /// @param code exit code of the process, or 0
    /// @param cause why, as far as it is known
    /// @param stderrTail the last lines it wrote to standard error, oldest first, at most 20
    record Exited(int code, ExitCause cause, List<String> stderrTail) implements AgentEvent {
        public Exited {
            stderrTail = List.copyOf(stderrTail);
        }
    }

    /// Why an agent ended.
    enum ExitCause {
        /// [Agent#close()] or an idle agent that left by itself.
        ASKED,
        /// [Agent#interrupt()] had to end it.
        STOPPED,
        /// It could not resume: the conversation is not there any more.
        CONVERSATION_GONE,
        /// It ended in mid-turn or at its start, unasked.
        CRASHED
    }
}
