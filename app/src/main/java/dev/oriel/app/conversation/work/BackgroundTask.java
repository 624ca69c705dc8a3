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
/// @param isCommand whether it is a command, whose output the agent can tell
public record BackgroundTask(
        String id,
        String description,
        String doing,
        @Nullable Duration took,
        State state,
        boolean isCommand) {
    /// The task in another state.
    ///
    /// @param words what it did last
    BackgroundTask with(String words, @Nullable Duration time, State next) {
        return new BackgroundTask(id, description, words, time, next, isCommand);
    }

    /// The states of a task: running, then one of the others for good.
    public enum State {
        RUNNING,
        COMPLETED,
        FAILED,
        STOPPED,

        /// It ended with its agent, which did not report how.
        ENDED;

        /// The state in words.
        public String word() {
            return switch (this) {
                case RUNNING -> "running";
                case COMPLETED -> "done";
                case FAILED -> "failed";
                case STOPPED -> "stopped";
                case ENDED -> "ended, result unknown";
            };
        }
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }
}
