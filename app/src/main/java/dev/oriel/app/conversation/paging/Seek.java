package dev.oriel.app.conversation.paging;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The message that the view is to show next, from the request until the view shows it. All
/// transitions stand in one table, [#on(Trigger)]. Pure.
sealed interface Seek {
    /// No part of the conversation is held yet.
    ///
    /// @param wanted what is sought once there is one; null for nothing
    record Unopened(@Nullable SearchTarget wanted) implements Seek {}

    /// Nothing is sought.
    record Idle() implements Seek {}

    /// The target is held, or will be requested.
    record Wanted(SearchTarget wanted) implements Seek {}

    /// The messages around the target were requested.
    record Loading(SearchTarget wanted) implements Seek {}

    /// What changes the state.
    sealed interface Trigger {
        /// The user chose a search hit.
        record GoTo(SearchTarget target) implements Trigger {}

        /// A part of the conversation is held for the first time.
        record Opened() implements Trigger {}

        /// The messages around the target were requested.
        record Requested() implements Trigger {}

        /// Another part of the conversation is held.
        record Replaced() implements Trigger {}

        /// The view shows the target, or it cannot be reached.
        record Finished() implements Trigger {}
    }

    /// The state after a trigger.
    ///
    /// @throws IllegalStateException if messages are requested for no target, or twice: a bug
    default Seek on(Trigger trigger) {
        return switch (trigger) {
            case Trigger.GoTo(SearchTarget target) ->
                    switch (this) {
                        case Unopened _ -> new Unopened(target);
                        case Loading(SearchTarget before) when before.seq() == target.seq() ->
                                new Loading(target);
                        case Idle _, Wanted _, Loading _ -> new Wanted(target);
                    };
            case Trigger.Opened() ->
                    this instanceof Unopened(SearchTarget wanted)
                            ? wanted == null ? new Idle() : new Wanted(wanted)
                            : this;
            case Trigger.Requested() ->
                    switch (this) {
                        case Wanted(SearchTarget target) -> new Loading(target);
                        case Unopened _, Idle _, Loading _ -> throw illegal(trigger);
                    };
            case Trigger.Replaced() ->
                    this instanceof Loading(SearchTarget target) ? new Wanted(target) : this;
            case Trigger.Finished() -> this instanceof Unopened ? new Unopened(null) : new Idle();
        };
    }

    /// The target; empty if nothing is sought, or the conversation is not open yet.
    default Optional<SearchTarget> target() {
        return switch (this) {
            case Wanted(SearchTarget target) -> Optional.of(target);
            case Loading(SearchTarget target) -> Optional.of(target);
            case Unopened _, Idle _ -> Optional.empty();
        };
    }

    private IllegalStateException illegal(Trigger trigger) {
        return new IllegalStateException(
                trigger.getClass().getSimpleName() + " in state " + getClass().getSimpleName());
    }
}
