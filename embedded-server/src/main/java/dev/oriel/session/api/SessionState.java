package dev.oriel.session.api;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a session is doing. All legal transitions are in one table, [#apply(Trigger)].
public sealed interface SessionState {
    /// Value of `state` in the session object.
    String wireName();

    /// No turn runs; the next prompt may start.
    record Idle() implements SessionState {
        @Override
        public String wireName() {
            return "idle";
        }
    }

    /// A turn runs.
    record Running(Turn turn) implements SessionState {
        @Override
        public String wireName() {
            return "running";
        }
    }

    /// The turn waits for a reply to an ask.
    record Asking(Turn turn) implements SessionState {
        @Override
        public String wireName() {
            return "asking";
        }
    }

    /// A client has interrupted the turn, and it is not finished yet.
    record Interrupting(Turn turn) implements SessionState {
        @Override
        public String wireName() {
            return "interrupting";
        }
    }

    /// The last turn failed, or could not start. The next prompt tries again.
    record Failed(String error) implements SessionState {
        @Override
        public String wireName() {
            return "failed";
        }
    }

    /// A client has ended the session. A new prompt reopens it.
    record Ended() implements SessionState {
        @Override
        public String wireName() {
            return "ended";
        }
    }

    /// One turn of the agent.
    ///
    /// @param prompt uuid of the prompt that it answers; null if the agent started the turn by
    ///   itself (a background task ended)
    /// @param since start of the turn
    record Turn(@Nullable UUID prompt, Instant since) {}

    /// What moves a session from one state to another.
    sealed interface Trigger {
        record TurnStarted(Turn turn) implements Trigger {}

        record AskOpened() implements Trigger {}

        record AsksResolved() implements Trigger {}

        record InterruptRequested() implements Trigger {}

        record TurnFinished() implements Trigger {}

        record TurnFailed(String error) implements Trigger {}

        record SessionEnded() implements Trigger {}
    }

    /// The state after a trigger.
    ///
    /// @throws IllegalStateException if the trigger is not legal in this state, which is a bug
    default SessionState apply(Trigger trigger) {
        return switch (trigger) {
            case Trigger.TurnStarted(Turn turn) when currentTurn().isEmpty() -> new Running(turn);
            case Trigger.TurnFailed(String error) -> new Failed(error);
            case Trigger.SessionEnded() -> new Ended();
            case Trigger.TurnFinished() when currentTurn().isPresent() -> new Idle();
            case Trigger.InterruptRequested() when currentTurn().isPresent() ->
                    new Interrupting(currentTurn().orElseThrow());
            case Trigger.AskOpened() ->
                    switch (this) {
                        case Running(Turn turn) -> new Asking(turn);
                        case Asking a -> a;
                        case Interrupting i -> i;
                        default -> throw illegal(trigger);
                    };
            case Trigger.AsksResolved() ->
                    switch (this) {
                        case Asking(Turn turn) -> new Running(turn);
                        case Interrupting i -> i;
                        default -> throw illegal(trigger);
                    };
            default -> throw illegal(trigger);
        };
    }

    /// The running turn, if there is one.
    default Optional<Turn> currentTurn() {
        return switch (this) {
            case Running(Turn turn) -> Optional.of(turn);
            case Asking(Turn turn) -> Optional.of(turn);
            case Interrupting(Turn turn) -> Optional.of(turn);
            case Idle _, Failed _, Ended _ -> Optional.empty();
        };
    }

    private IllegalStateException illegal(Trigger trigger) {
        return new IllegalStateException(
                trigger.getClass().getSimpleName() + " in state " + wireName());
    }
}
