package dev.oriel.message;

/// Error codes: `error.code` of HTTP replies and `error` messages, and `error_code` of control
/// responses (`PROTOCOL.md`). An error of the agent itself has none.
public final class ErrorCode {
    /// The request is malformed, or not possible as it is.
    public static final String BAD_REQUEST = "bad_request";

    /// The token is missing or wrong.
    public static final String UNAUTHORIZED = "unauthorized";

    /// This caller may not do that, or nobody may.
    public static final String FORBIDDEN = "forbidden";

    /// There is no such thing.
    public static final String NOT_FOUND = "not_found";

    /// The request or the message is too large.
    public static final String TOO_LARGE = "too_large";

    /// Too many at once: connections, requests, or queued prompts.
    public static final String TOO_MANY = "too_many";

    /// The request took too long to arrive.
    public static final String TOO_SLOW = "too_slow";

    /// Not possible at the moment.
    public static final String UNAVAILABLE = "unavailable";

    /// The server failed.
    public static final String INTERNAL = "internal";

    /// A control request that Oriel does not know.
    public static final String UNSUPPORTED_REQUEST = "unsupported_request";

    /// A permission mode that this server does not allow, or does not know.
    public static final String INVALID_MODE = "invalid_mode";

    /// Not while a turn runs.
    public static final String BUSY = "busy";

    /// No agent runs; the next prompt starts one.
    public static final String NO_AGENT = "no_agent";

    /// The agent ended before it responded.
    public static final String AGENT_GONE = "agent_gone";

    /// No response came within 60 seconds. Also of a client.
    public static final String TIMEOUT = "timeout";

    // Of a client only: the server never sends them.

    /// The server cannot be reached.
    public static final String UNREACHABLE = "unreachable";

    /// The server does not accept the credential, or refused the request.
    public static final String REFUSED = "refused";

    /// There is no connection, or it was lost before the response came.
    public static final String LINK_LOST = "link_lost";

    /// This kind of server cannot do that.
    public static final String UNSUPPORTED = "unsupported";

    /// The credential cannot be read.
    public static final String NO_TOKEN = "no_token";

    /// What answers is no kind of server that the client knows.
    public static final String UNKNOWN = "unknown";

    private ErrorCode() {}
}
