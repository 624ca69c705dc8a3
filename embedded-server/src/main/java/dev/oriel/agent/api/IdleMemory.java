package dev.oriel.agent.api;

import dev.oriel.agent.ConversationLog;
import dev.oriel.agent.api.history.History;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Frees the memory of a conversation that has no turn for a while, and reads it from the journal
/// again before it is used. Thread-safe.
final class IdleMemory {
    /// How long a conversation stays in memory after a turn.
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final History history;
    private final ConversationLog log;
    private final Scheduler scheduler;
    private Runnable cancel = () -> {}; // guarded by history

    /// Held by the agent's start, too.
    private int users = 1; // guarded by history

    private boolean dropped; // guarded by history

    /// Runs an action later.
    @FunctionalInterface
    interface Scheduler {
        /// @return cancels the action, if it has not begun
        Runnable schedule(Duration delay, Runnable action);

        /// In real time, on a common thread.
        static Runnable real(Duration delay, Runnable action) {
            CompletableFuture<Void> due =
                    CompletableFuture.runAsync(
                            action,
                            CompletableFuture.delayedExecutor(
                                    delay.toMillis(), TimeUnit.MILLISECONDS));
            return () -> due.cancel(false);
        }
    }

    /// @param history its monitor guards it
    /// @param log the conversation's messages; if it is [ConversationLog#EMPTY] they are nowhere
    ///   else, and stay in memory
    IdleMemory(History history, ConversationLog log, Scheduler scheduler) {
        this.history = history;
        this.log = log;
        this.scheduler = scheduler;
    }

    /// The conversation is needed until [#release]. Blocks if it must be read.
    ///
    /// @throws IOException if it cannot be read; it is not held then
    void hold() throws IOException {
        synchronized (history) {
            cancel.run();
            if (dropped) {
                history.drop(); // what was appended since
                log.readRecent(history::append);
                dropped = false;
            }
            users++;
        }
    }

    /// The conversation is not needed for now. Called once for each [#hold], and after the agent
    /// has started.
    void release() {
        synchronized (history) {
            users--;
            if (users == 0 && !log.equals(ConversationLog.EMPTY)) {
                cancel.run();
                cancel = scheduler.schedule(LIMIT, this::drop);
            }
        }
    }

    private void drop() {
        synchronized (history) {
            if (users == 0) {
                history.drop();
                dropped = true;
            }
        }
    }
}
