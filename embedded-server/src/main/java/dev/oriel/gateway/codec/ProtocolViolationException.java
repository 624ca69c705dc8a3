package dev.oriel.gateway.codec;

/// A client violated the WebSocket protocol, or a limit.
public final class ProtocolViolationException extends Exception {
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
