package dev.oriel.session.api;

/// Thrown if something is not possible while a session works. The message is a sentence for the
/// user.
public final class SessionBusyException extends Exception {
    private static final long serialVersionUID = 1;

    public SessionBusyException(String message) {
        super(message);
    }
}
