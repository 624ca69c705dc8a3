package dev.oriel.session.control;

/// Whether a control request is allowed.
public sealed interface ControlDecision {
    record Allowed(ControlEffect effect) implements ControlDecision {}

    /// @param code `forbidden`, `bad_request` or `unsupported_request`
    /// @param reason one sentence for the user
    record Refused(String code, String reason) implements ControlDecision {}
}
