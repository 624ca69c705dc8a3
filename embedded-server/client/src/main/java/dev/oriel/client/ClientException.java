package dev.oriel.client;

/// A request failed: the server cannot be reached, or it refused. The message is a sentence for the
/// user.
public final class ClientException extends Exception {
    private static final long serialVersionUID = 1L;

    /// An error code; see [#code()].
    private final String code;

    /// Creates an exception.
    ///
    /// @param code see [#code()]
    /// @param sentence for the user
    public ClientException(String code, String sentence) {
        super(sentence);
        this.code = code;
    }

    /// Creates an exception with a cause.
    ///
    /// @param code see [#code()]
    /// @param sentence for the user
    /// @param cause for the log
    public ClientException(String code, String sentence, Throwable cause) {
        super(sentence, cause);
        this.code = code;
    }

    /// The error code.
    ///
    /// @return one of [dev.oriel.message.ErrorCode], or another one of a newer server
    public String code() {
        return code;
    }
}
