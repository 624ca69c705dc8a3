package dev.oriel.session.tools;

/// A client that runs tools. Its methods are called on any thread and must not block.
public interface ToolOwner {
    /// The agent calls one of its tools; it answers with [dev.oriel.session.Session#receiveToolOutput].
    void onCall(ToolCall call);

    /// Nobody waits for a call's output any more: its time is up, or the agent's turn was stopped.
    ///
    /// @param why a sentence
    void onWithdrawn(String callId, String why);
}
