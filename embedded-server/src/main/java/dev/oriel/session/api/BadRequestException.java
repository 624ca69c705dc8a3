package dev.oriel.session.api;

/// What a client asked for cannot be. The message says why, and is safe to show.
public final class BadRequestException extends Exception {
    private final String message;

    public BadRequestException(String what) {
        super(what);
        this.message = what;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
