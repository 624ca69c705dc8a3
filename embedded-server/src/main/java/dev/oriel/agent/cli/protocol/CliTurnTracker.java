package dev.oriel.agent.cli.protocol;

import java.time.Instant;

/// Whether the CLI works on a turn, according to its messages. Any thread.
///
/// The CLI also starts turns by itself, when a background command ends: `system/init` opens every
/// turn, `result` closes it.
final class CliTurnTracker {
    private boolean running; // guarded by this
    private boolean prompted; // guarded by this
    private Instant startedAt = Instant.MAX; // guarded by this
    private long ended; // guarded by this: turns

    synchronized void start() {
        if (!running) {
            running = true;
            startedAt = Instant.now();
        }
    }

    /// A prompt is about to be sent.
    synchronized void onPrompt() {
        prompted = true;
        start();
    }

    /// @param byItself whether the CLI had started the turn that ends; a prompt then still waits
    ///   for its own turn
    synchronized void finish(boolean byItself) {
        ended++;
        if (byItself && prompted) {
            return;
        }
        prompted = false;
        running = false;
    }

    synchronized boolean isRunning() {
        return running;
    }

    /// When the running or the last turn started; [Instant#MAX] before the first one.
    synchronized Instant startedAt() {
        return startedAt;
    }

    /// The number of turns that have ended.
    synchronized long finishedTurns() {
        return ended;
    }
}
