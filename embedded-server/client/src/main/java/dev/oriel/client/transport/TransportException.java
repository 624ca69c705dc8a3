package dev.oriel.client.transport;

/// A proxy or a certificate cannot be used. The message is a sentence for the user.
public final class TransportException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Creates an exception.
    ///
    /// @param sentence for the user
    public TransportException(String sentence) {
        super(sentence);
    }

    /// Creates an exception with a cause.
    ///
    /// @param sentence for the user
    /// @param cause for the log
    public TransportException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
