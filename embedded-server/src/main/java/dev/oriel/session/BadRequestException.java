package dev.oriel.session;

/// What a client asked for cannot be. The message says why, and is safe to show.
public final class BadRequestException extends Exception {
    private final String what;

    public BadRequestException(String what) {
        super(what);
        this.what = what;
    }

    @Override
    public String getMessage() {
        return what;
    }
}
