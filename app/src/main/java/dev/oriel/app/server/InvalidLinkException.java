package dev.oriel.app.server;

/// Thrown if an `oriel:` link is invalid. The message is one sentence for the user and contains no
/// part of the link.
public final class InvalidLinkException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidLinkException(String sentence) {
        super(sentence);
    }

    InvalidLinkException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
