package dev.oriel.session.control;

/// The effect of a control request.
public enum ControlEffect {
    /// Oriel handles it, and publishes what has changed in messages of its own.
    OWN,

    /// The agent replies; nothing changes.
    READ,

    /// The agent does something now. All subscribers are notified.
    ACT,

    /// The agent changes how it works. All subscribers are notified, and later agents of the
    /// session get the same request.
    CHANGE,

    /// No client may send it.
    REFUSED
}
