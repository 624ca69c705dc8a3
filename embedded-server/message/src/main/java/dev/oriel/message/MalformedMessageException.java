package dev.oriel.message;

import java.io.IOException;

/// The input is not a message: not UTF-8, not one JSON object, or without a string `type`.
///
/// The text is safe to show, and never quotes the input.
public final class MalformedMessageException extends IOException {
    /// What is wrong, in a few words.
    private final String problem;

    /// Creates an exception.
    ///
    /// @param problem what is wrong, in a few words
    public MalformedMessageException(String problem) {
        super(problem);
        this.problem = problem;
    }

    /// Creates an exception with a cause.
    ///
    /// @param problem what is wrong, in a few words
    /// @param cause for the log
    public MalformedMessageException(String problem, Throwable cause) {
        super(problem, cause);
        this.problem = problem;
    }

    @Override
    public String getMessage() {
        return problem;
    }
}
