package dev.oriel.dialect.sessions;

/// Close codes of the native wire (wire.md 4.3; `PROTOCOL.md`).
final class NativeCloseCodes {
    static final int NO_SUCH_SESSION = 4001;
    static final int NOT_AUTHORISED = 4003;
    static final int OTHER_JOURNAL = 4009;

    private NativeCloseCodes() {}
}
