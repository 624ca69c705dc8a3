package dev.oriel.app.conversation.item;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the conversation is waiting for at this moment. `since` is null where it cannot be told.
public sealed interface Activity {
    /// Nothing goes on.
    record Idle() implements Activity {}

    /// A request is on its way and nothing has come back.
    record Waiting(@Nullable Instant since) implements Activity {}

    record Thinking(@Nullable Instant since) implements Activity {}

    record Writing(@Nullable Instant since) implements Activity {}

    /// @param argument what it is about, on one line; may be empty
    record RunningTool(String title, String argument, @Nullable Instant since)
            implements Activity {}

    /// The last request failed and will be made again.
    ///
    /// @param next when
    record Retrying(String trouble, int attempt, int of, @Nullable Instant next)
            implements Activity {}

    /// @param asks how many questions wait for an answer
    record AwaitingAnswer(int asks) implements Activity {}

    record Compacting(@Nullable Instant since) implements Activity {}

    record Stopping(@Nullable Instant since) implements Activity {}

    default boolean isBusy() {
        return !(this instanceof Idle);
    }

    /// One line for the person; empty when idle. It names times, so it wants to be asked again
    /// every second while busy.
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
            case Stopping(var since) -> "Stopping" + For.text(since, now);
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
