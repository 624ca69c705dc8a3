package dev.oriel.app.conversation.item;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a tool call is in its life: running, then one of the others for good.
public sealed interface ToolState {
    /// @param since when it was called, or allowed; null where an old record does not say
    /// @param asks whether it has not begun yet, because the user is asked first
    record Running(@Nullable Instant since, boolean asks) implements ToolState {
        public Running(@Nullable Instant since) {
            this(since, false);
        }
    }

    /// @param took null where it cannot be told, in all of these
    record Ok(@Nullable Duration took) implements ToolState {}

    record Failed(@Nullable Duration took) implements ToolState {}

    /// Somebody, or a rule, said no.
    record Denied() implements ToolState {}

    /// It was still running when its turn ended.
    record Stopped() implements ToolState {}
}
