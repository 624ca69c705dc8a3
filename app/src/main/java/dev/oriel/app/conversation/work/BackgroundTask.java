package dev.oriel.app.conversation.work;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A command or subagent that runs in the background of a conversation.
///
/// @param id the agent's id of the task
/// @param description what it does, on one line
/// @param doing what it did last, on one line; may be empty
/// @param took how long it has run, as the agent reported last; null if unknown
/// @param state whether it runs, or how it ended
public record BackgroundTask(
        String id, String description, String doing, @Nullable Duration took, State state) {
    /// The states of a task: running, then one of the others for good.
    public enum State {
        RUNNING,
        COMPLETED,
        FAILED,
        STOPPED;

        /// The state in words.
        public String word() {
            return switch (this) {
                case RUNNING -> "running";
                case COMPLETED -> "done";
                case FAILED -> "failed";
                case STOPPED -> "stopped";
            };
        }
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }
}
