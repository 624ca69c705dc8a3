package dev.oriel.client;

/// A text is not the address of a server. The message is a sentence for the user.
public final class InvalidAddressException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Creates an exception.
    ///
    /// @param sentence for the user
    public InvalidAddressException(String sentence) {
        super(sentence);
    }

    /// Creates an exception with a cause.
    ///
    /// @param sentence for the user
    /// @param cause for the log
    public InvalidAddressException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
