package dev.oriel.session.control;

/// What a client of a session is, and with that what it may ask for ([ControlRules]).
public enum Role {
    /// A client of another dialect. It may do to its own session what its dialect has frames for.
    GUEST,

    /// The window, or a program with the server's token that speaks the native wire.
    OWNER;

    boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
