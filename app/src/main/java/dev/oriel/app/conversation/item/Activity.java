package dev.oriel.app.conversation.item;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the conversation is doing. `since` is null if unknown.
public sealed interface Activity {
    /// No turn runs.
    record Idle() implements Activity {}

    /// A request was sent to the API, and no answer has arrived.
    record Waiting(@Nullable Instant since) implements Activity {}

    record Thinking(@Nullable Instant since) implements Activity {}

    record Writing(@Nullable Instant since) implements Activity {}

    /// @param argument what it works on, on one line; may be empty
    record RunningTool(String title, String argument, @Nullable Instant since)
            implements Activity {}

    /// The last request failed and will be retried.
    ///
    /// @param next when; null if unknown
    record Retrying(String trouble, int attempt, int of, @Nullable Instant next)
            implements Activity {}

    /// @param asks how many asks are open
    record AwaitingAnswer(int asks) implements Activity {}

    record Compacting(@Nullable Instant since) implements Activity {}

    record Interrupting(@Nullable Instant since) implements Activity {}

    default boolean isBusy() {
        return !(this instanceof Idle);
    }

    /// One line for the status; empty when idle. It contains durations, so while busy it changes
    /// every second.
    default String sentence(Instant now) {
        return switch (this) {
            case Idle() -> "";
            case Waiting(var since) -> "Waiting for Claude" + For.text(since, now);
            case Thinking(var since) -> "Thinking" + For.text(since, now);
            case Writing(_) -> "Writing";
            case RunningTool(var title, var argument, var since) ->
                    title + (argument.isEmpty() ? "" : " " + argument) + For.text(since, now);
            case Retrying(var trouble, int attempt, int of, var next) ->
                    "%s. Attempt %d of %d%s".formatted(trouble, attempt, of, For.until(now, next));
            case AwaitingAnswer(int asks) ->
                    asks == 1
                            ? "Waiting for your answer"
                            : "Waiting for your %d answers".formatted(asks);
            case Compacting(var since) -> "Compacting the conversation" + For.text(since, now);
            case Interrupting(var since) -> "Stopping" + For.text(since, now);
        };
    }

    /// Durations at the end of a sentence.
    final class For {
        private For() {}

        private static String text(@Nullable Instant since, Instant now) {
            if (since == null || Duration.between(since, now).toSeconds() < 2) {
                return "";
            }
            return ", " + Durations.format(Duration.between(since, now));
        }

        private static String until(Instant now, @Nullable Instant next) {
            if (next == null || !next.isAfter(now)) {
                return "";
            }
            return " in " + Durations.format(Duration.between(now, next).plusMillis(999));
        }
    }
}
