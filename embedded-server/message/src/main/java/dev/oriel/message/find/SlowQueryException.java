package dev.oriel.message.find;

/// A query needs too much time or memory for a text. The message is a sentence for the user.
public final class SlowQueryException extends Exception {
    private static final long serialVersionUID = 1;

    SlowQueryException() {
        super("This expression takes too long on this conversation.");
    }
}
