package dev.oriel.session.api;

/// A request of a client is not valid or not possible. The message says why and is safe to show to
/// the client.
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
