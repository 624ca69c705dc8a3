package dev.oriel.client.transport;

/// A proxy or a certificate cannot be used. The message is one sentence for a person.
public final class TransportException extends Exception {
    private static final long serialVersionUID = 1L;

    public TransportException(String sentence) {
        super(sentence);
    }

    public TransportException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
