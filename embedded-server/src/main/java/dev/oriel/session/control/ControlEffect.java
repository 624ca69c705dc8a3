package dev.oriel.session.control;

/// What a control request does.
public enum ControlEffect {
    /// Oriel answers it itself, and tells what has changed in messages of its own.
    OWN,

    /// The agent answers; nothing changes.
    READ,

    /// The agent does something now. All subscribers are told.
    ACT,

    /// The agent changes how it works. All subscribers are told, and the session's later agents get
    /// the same.
    CHANGE,

    /// Nobody may send it.
    REFUSED
}
