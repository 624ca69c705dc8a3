package dev.oriel.message.find;

/// A query cannot be used. The message is a sentence for the user.
public final class InvalidQueryException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidQueryException(String sentence) {
        super(sentence);
    }
}
