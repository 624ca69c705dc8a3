package dev.oriel.gateway.socket;

/// A client broke a rule of the WebSocket protocol, or a limit.
final class ProtocolFault extends Exception {
    static final int PROTOCOL_ERROR = 1002;
    static final int NOT_UTF8 = 1007;
    static final int POLICY = 1008;
    static final int TOO_BIG = 1009;
    static final int TRY_LATER = 1013;

    private final int code;

    /// @param code the close code to end the connection with
    ProtocolFault(int code, String reason) {
        super(reason, null, false, false); // made for strangers by the thousand: no stack trace
        this.code = code;
    }

    int code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
