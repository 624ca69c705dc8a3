package dev.oriel.gateway.codec;

/// A client violated the WebSocket protocol, or a limit.
public final class ProtocolViolationException extends Exception {
    static final int PROTOCOL_ERROR = 1002;
    static final int NOT_UTF8 = 1007;
    public static final int POLICY = 1008;
    public static final int TOO_BIG = 1009;
    public static final int TRY_LATER = 1013;

    private final int code;

    /// @param code close code for the connection
    ProtocolViolationException(int code, String reason) {
        super(reason, null, false, false); // no stack trace: clients can cause thousands of them
        this.code = code;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
