package dev.oriel.app.conversation.item;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The state of a tool call: running, then one of the others for good.
public sealed interface ToolState {
    /// @param since when it was called, or allowed; null if unknown
    /// @param asks whether it waits for the user's permission
    record Running(@Nullable Instant since, boolean asks) implements ToolState {
        public Running(@Nullable Instant since) {
            this(since, false);
        }
    }

    /// @param took how long it took; null if unknown
    record Ok(@Nullable Duration took) implements ToolState {}

    record Failed(@Nullable Duration took) implements ToolState {}

    /// The user or a rule denied it.
    record Denied() implements ToolState {}

    /// It was still running when its turn ended.
    record Stopped() implements ToolState {}
}
