package dev.oriel.session.control;

/// The role of a client of a session, which decides what it may request ([ControlRules]).
public enum Role {
    /// A client of another dialect. It may do with its own session what its dialect has frames for.
    GUEST,

    /// The window, or a program that speaks the native wire with the server's token.
    OWNER;

    boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
