package dev.oriel.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// The program that answers in one session: takes user messages and control requests, emits
/// messages.
///
/// **Life.** It is running from [AgentProvider#start] until [AgentEvent.Exited], which comes
/// exactly once and last. It is not restarted: the session starts another.
///
/// **Threads.** Every method may be called from any thread, returns at once and does no I/O on the
/// caller's thread. Events come on a thread of the agent, one at a time; a listener that blocks
/// slows the agent down, and that is how back-pressure reaches it.
public interface Agent extends AutoCloseable {
    /// Hands over one user message. The caller waits for its `result` before the next one.
    ///
    /// @param user a valid `user` message (see [dev.oriel.message.UserMessages])
    void sendPrompt(Message user);

    /// Hands over one user message in the middle of a turn. It is taken up at the next boundary of
    /// that turn, or in a turn of its own right behind it.
    ///
    /// @param user as for [#sendPrompt]
    void sendMidTurnPrompt(Message user);

    /// Sends a control request and waits for its answer without blocking.
    ///
    /// @param request the inner object, `{"subtype": …}`
    /// @param deadline how long to wait for the answer
    /// @return the inner `response` object of the answer, `{"subtype":"success"|"error",
    ///   "request_id", …}`; fails with [java.util.concurrent.TimeoutException] after the deadline
    ///   and with [AgentGoneException] if the agent ends first
    CompletableFuture<ObjectNode> sendControlRequest(ObjectNode request, Duration deadline);

    /// Sends a control request that an earlier agent of the session has taken; whether this one
    /// takes it too makes no difference to anybody.
    ///
    /// @param request the inner object
    default void replayControlRequest(ObjectNode request) {
        sendControlRequest(request, Duration.ofMinutes(1));
    }

    /// Answers a control request of the agent's (`can_use_tool`, `elicitation`).
    ///
    /// @param response a whole `control_response` message
    void reply(Message response);

    /// Stops the turn that is running, and escalates by itself until it has stopped: interrupt
    /// request, end of input, termination, kill. Without a running turn nothing happens. The proof
    /// is the turn's `result`, or [AgentEvent.Exited].
    ///
    /// @return completes when the agent has confirmed the interrupt (its receipt, not yet the end
    ///   of the turn)
    CompletableFuture<Void> interrupt();

    /// The tools of its [AgentLaunch#tools()] are other ones now. An agent that has no use for them
    /// does nothing.
    default void onToolsChanged() {}

    /// Ends the agent in good order and, where that does not help, by force. Returns at once;
    /// [AgentEvent.Exited] follows within a few seconds.
    @Override
    void close();
}
