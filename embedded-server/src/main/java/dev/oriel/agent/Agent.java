package dev.oriel.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// The running agent of one session: it receives user messages and control requests and emits
/// messages.
///
/// **Life cycle.** An agent runs from [AgentProvider#start] until [AgentEvent.Exited], its last
/// event, which it emits exactly once. It cannot be restarted: the session starts another one.
///
/// **Threads.** Every method may be called from any thread, returns immediately and does no I/O on
/// the caller's thread. Events are delivered one at a time on a thread of the agent. A listener
/// that blocks slows the agent down; this is its back-pressure.
public interface Agent extends AutoCloseable {
    /// Sends one user message. The caller waits for its `result` before it sends the next one.
    ///
    /// @param user a valid `user` message (see [dev.oriel.message.UserMessages])
    void sendPrompt(Message user);

    /// Sends one user message during a turn. The agent reads it at the next boundary of that turn,
    /// or in a separate turn directly after it.
    ///
    /// @param user as for [#sendPrompt]
    void sendMidTurnPrompt(Message user);

    /// Sends a control request.
    ///
    /// @param request the inner object, `{"subtype": …}`
    /// @param deadline how long to wait for the response
    /// @return the inner `response` object, `{"subtype":"success"|"error", "request_id", …}`; fails
    ///   with [java.util.concurrent.TimeoutException] after the deadline and with
    ///   [AgentGoneException] if the agent exits first
    CompletableFuture<ObjectNode> sendControlRequest(ObjectNode request, Duration deadline);

    /// Sends a control request that an earlier agent of the session has accepted. The response is
    /// ignored.
    ///
    /// @param request the inner object
    default void replayControlRequest(ObjectNode request) {
        sendControlRequest(request, Duration.ofMinutes(1));
    }

    /// Responds to a control request of the agent (`can_use_tool`, `elicitation`).
    ///
    /// @param response a complete `control_response` message
    void reply(Message response);

    /// Interrupts the running turn. Escalates until the turn has ended: interrupt request, end of
    /// input, termination, kill. Does nothing if no turn is running. The turn has ended when its
    /// `result` or [AgentEvent.Exited] arrives.
    ///
    /// @return completes when the agent has acknowledged the interrupt, before the turn ends
    CompletableFuture<Void> interrupt();

    /// Called when the tools of [AgentLaunch#tools()] have changed. Does nothing by default.
    default void onToolsChanged() {}

    /// Ends the agent, by force if it does not end on request. Returns immediately;
    /// [AgentEvent.Exited] follows within a few seconds.
    @Override
    void close();
}
