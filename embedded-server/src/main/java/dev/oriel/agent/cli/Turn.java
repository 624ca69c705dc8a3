package dev.oriel.agent.cli;

/// Whether the CLI works on a turn, as far as its stream tells. Any thread.
///
/// It also starts turns unasked, when a background command ends: `system/init` opens every turn,
/// `result` closes it.
final class Turn {
    private boolean running;
    private long ended;

    synchronized void begin() {
        running = true;
    }

    synchronized void end() {
        running = false;
        ended++;
    }

    synchronized boolean isRunning() {
        return running;
    }

    /// How many turns have ended.
    synchronized long ended() {
        return ended;
    }
}
