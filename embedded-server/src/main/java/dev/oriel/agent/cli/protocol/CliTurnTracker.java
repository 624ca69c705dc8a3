package dev.oriel.agent.cli.protocol;

import java.time.Instant;

/// Whether the CLI works on a turn, as far as its stream tells. Any thread.
///
/// It also starts turns unasked, when a background command ends: `system/init` opens every turn,
/// `result` closes it.
final class CliTurnTracker {
    private boolean running;
    private boolean prompted;
    private Instant begun = Instant.MAX;
    private long ended;

    synchronized void start() {
        if (!running) {
            running = true;
            begun = Instant.now();
        }
    }

    /// A prompt is given to it.
    synchronized void onPrompt() {
        prompted = true;
        start();
    }

    /// @param unasked whether the turn that ends was begun by the CLI itself; a prompt then still
    ///   waits for its own
    synchronized void finish(boolean unasked) {
        ended++;
        if (unasked && prompted) {
            return;
        }
        prompted = false;
        running = false;
    }

    synchronized boolean isRunning() {
        return running;
    }

    /// When the running or the last turn began.
    synchronized Instant startedAt() {
        return begun;
    }

    /// How many turns have ended.
    synchronized long finishedTurns() {
        return ended;
    }
}
