package dev.oriel.session.state;

/// The state of one session. All parts are confined to the session's lane, except that the running
/// tasks may be read anywhere.
public record SessionModel(
        SessionDetails details,
        PromptQueue prompts,
        PendingAsks asks,
        TrustQuestion trust,
        RunningTasks tasks) {
    public SessionModel(
            SessionDetails details, PromptQueue prompts, PendingAsks asks, TrustQuestion trust) {
        this(details, prompts, asks, trust, new RunningTasks());
    }
}
