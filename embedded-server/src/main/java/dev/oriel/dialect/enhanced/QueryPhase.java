package dev.oriel.dialect.enhanced;

import dev.oriel.dialect.QueryMeter.Outcome;
import dev.oriel.message.Message;
import org.jspecify.annotations.Nullable;

/// The life cycle of a query.
sealed interface QueryPhase {
    /// The prompt waits for a free agent, or for the turn of another client.
    ///
    /// @param queued whether the session has accepted the prompt
    record Waiting(boolean queued) implements QueryPhase {}

    /// The turn is running.
    ///
    /// @param unreported the turn's `result`, until the session has reported its cost
    record Running(@Nullable Message unreported, Ending ending) implements QueryPhase {}

    /// The client has interrupted the query. Only its end is reported from here on.
    ///
    /// @param started whether the turn is running
    /// @param queued as in [Waiting]
    record Stopping(boolean started, boolean queued) implements QueryPhase {}

    record Finished(Outcome outcome) implements QueryPhase {}

    /// The legal transitions.
    default boolean canBecome(QueryPhase next) {
        return switch (this) {
            case Waiting _ -> true;
            case Running _ ->
                    switch (next) {
                        case Waiting _ -> false;
                        case Stopping later -> later.started();
                        case Running _, Finished _ -> true;
                    };
            case Stopping now ->
                    next instanceof Finished
                            || (next instanceof Stopping later
                                    && (later.started() || !now.started()));
            case Finished _ -> false;
        };
    }

    /// How a running turn will end, as far as it is known.
    sealed interface Ending {
        record Succeeded() implements Ending {}

        /// The result is an error.
        record Failed() implements Ending {}

        /// Another client interrupted the turn.
        record InterruptedByOther() implements Ending {}

        /// The agent's process ended.
        ///
        /// @param text for the client
        record AgentEnded(String text) implements Ending {}
    }
}
