package dev.oriel.app;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes several parts, each once, in a given order. A part that fails does not keep the next ones
/// from being closed.
///
/// Thread-safe: a second caller waits until all parts are closed.
final class ShutdownSequence {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownSequence.class);

    /// Guarded by this.
    private final Queue<AutoCloseable> parts;

    /// @param parts in the order of closing
    ShutdownSequence(Collection<AutoCloseable> parts) {
        this.parts = new ArrayDeque<>(parts);
    }

    synchronized void run() {
        for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("A part of the window could not be closed", e);
            }
        }
    }
}
