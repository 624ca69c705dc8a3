package dev.oriel.message;

import java.io.IOException;

/// What came in is not a message: not UTF-8, not one JSON object, or without a string `type`.
///
/// Its text is safe to show and never repeats what came in.
public final class MalformedMessageException extends IOException {
    private final String what;

    public MalformedMessageException(String what) {
        super(what);
        this.what = what;
    }

    public MalformedMessageException(String what, Throwable cause) {
        super(what, cause);
        this.what = what;
    }

    @Override
    public String getMessage() {
        return what;
    }
}
