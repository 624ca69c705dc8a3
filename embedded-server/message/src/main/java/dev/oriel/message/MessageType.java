package dev.oriel.message;

/// The values of `type` in the messages of a session's socket: those of the CLI's stream-json
/// family, and those that Oriel adds (`PROTOCOL.md`).
///
/// Strings, not an enum: a message of a type that is not listed here is passed on like any other.
public final class MessageType {
    /// A prompt, or the results of tools.
    public static final String USER = "user";

    /// Content blocks of the model's answer.
    public static final String ASSISTANT = "assistant";

    /// An event of the agent or of the session; see [SystemSubtype].
    public static final String SYSTEM = "system";

    /// The end of a turn; see [ResultSubtype].
    public static final String RESULT = "result";

    /// A part of an answer that is still being written; see [StreamEventType].
    public static final String STREAM_EVENT = "stream_event";

    /// A request to the other side; see [ControlSubtype].
    public static final String CONTROL_REQUEST = "control_request";

    /// The response to a [#CONTROL_REQUEST].
    public static final String CONTROL_RESPONSE = "control_response";

    /// Withdraws a [#CONTROL_REQUEST] that was not responded to.
    public static final String CONTROL_CANCEL_REQUEST = "control_cancel_request";

    /// Sent so that an idle connection is not closed. Has no meaning.
    public static final String KEEP_ALIVE = "keep_alive";

    /// A tool is still running.
    public static final String TOOL_PROGRESS = "tool_progress";

    /// The state of a prompt: queued, started, completed, …
    public static final String COMMAND_LIFECYCLE = "command_lifecycle";

    /// The progress of a login.
    public static final String AUTH_STATUS = "auth_status";

    /// The agent's context was cleared.
    public static final String CONVERSATION_RESET = "conversation_reset";

    /// The state of the account's usage limits.
    public static final String RATE_LIMIT_EVENT = "rate_limit_event";

    /// Oriel's: a frame of this client was refused; `error` is `{"code","message"}`, see
    /// [ErrorCode].
    public static final String ERROR = "error";

    /// Oriel's: a client defines a tool.
    public static final String DEFINE_TOOL = "define_tool";

    /// Oriel's: a tool was defined.
    public static final String TOOL_DEFINED = "tool_defined";

    /// Oriel's: a tool of this client is called.
    public static final String TOOL_CALL = "tool_call";

    /// Oriel's: the output of a call is no longer needed.
    public static final String TOOL_CALL_WITHDRAWN = "tool_call_withdrawn";

    /// Oriel's: the output of a call.
    public static final String TOOL_OUTPUT = "tool_output";

    private MessageType() {}
}
