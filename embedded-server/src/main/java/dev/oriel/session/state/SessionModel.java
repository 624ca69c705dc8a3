package dev.oriel.session.state;

/// The state of one session. All parts are confined to the session's lane.
public record SessionModel(
        SessionDetails details, PromptQueue prompts, PendingAsks asks, TrustQuestion trust) {}
