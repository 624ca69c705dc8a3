package dev.oriel.session.control;

/// Whether a control request may go on.
public sealed interface ControlDecision {
    record Allowed(ControlEffect effect) implements ControlDecision {}

    /// @param code of the wire: `forbidden`, `bad_request` or `unsupported_request`
    /// @param reason a sentence for a person
    record Refused(String code, String reason) implements ControlDecision {}
}
