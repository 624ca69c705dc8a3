package dev.oriel.message;

/// Close codes of WebSockets: those of RFC 6455 that the project uses, and those of the native wire
/// (from 4000; `PROTOCOL.md`, "Close codes").
public final class CloseCode {
    /// The connection has served its purpose.
    public static final int NORMAL = 1000;

    /// The server shuts down.
    public static final int GOING_AWAY = 1001;

    /// A frame broke a rule of the WebSocket protocol.
    public static final int PROTOCOL_ERROR = 1002;

    /// The connection was lost: never sent, only reported.
    public static final int ABNORMAL = 1006;

    /// A text frame was not UTF-8.
    public static final int INVALID_UTF8 = 1007;

    /// The server does not serve this client: its credential, or a limit.
    public static final int POLICY_VIOLATION = 1008;

    /// A message was too large.
    public static final int MESSAGE_TOO_BIG = 1009;

    /// The server failed.
    public static final int INTERNAL_ERROR = 1011;

    /// The server is too busy; a later attempt may succeed.
    public static final int TRY_AGAIN_LATER = 1013;

    /// There is no such session.
    public static final int NO_SUCH_SESSION = 4001;

    /// The token is missing or wrong.
    public static final int NOT_AUTHORIZED = 4003;

    /// The client did not read for 30 seconds.
    public static final int TOO_SLOW = 4008;

    /// The journal is not the one that the client knows: it starts again at 0.
    public static final int OTHER_JOURNAL = 4009;

    private CloseCode() {}
}
