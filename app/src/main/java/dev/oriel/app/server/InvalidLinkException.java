package dev.oriel.app.server;

/// An `oriel:` link says nothing that Oriel does. The message is one sentence for a person; nothing
/// of the link stands in it.
public final class InvalidLinkException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidLinkException(String sentence) {
        super(sentence);
    }

    InvalidLinkException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
