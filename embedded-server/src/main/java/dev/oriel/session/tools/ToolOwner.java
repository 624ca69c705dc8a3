package dev.oriel.session.tools;

/// A client that runs tools. Its methods are called on any thread and must not block.
public interface ToolOwner {
    /// The agent calls one of the client's tools. The output goes to
    /// [dev.oriel.session.SessionTools#receiveOutput].
    void onCall(ToolCall call);

    /// The output of a call is no longer needed: the call has timed out, or the agent's turn was
    /// interrupted.
    ///
    /// @param reason one sentence for the user
    void onWithdrawn(String callId, String reason);
}
