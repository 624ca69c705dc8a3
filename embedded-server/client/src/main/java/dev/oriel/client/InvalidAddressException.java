package dev.oriel.client;

/// What a person typed is no server's address. The message is one sentence for them.
public final class InvalidAddressException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidAddressException(String sentence) {
        super(sentence);
    }

    public InvalidAddressException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
