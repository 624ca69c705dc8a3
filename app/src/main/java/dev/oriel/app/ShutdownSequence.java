package dev.oriel.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has to be ended with the window, in the opposite order of its beginning; one that fails
/// does not stop the others.
final class ShutdownSequence {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownSequence.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    synchronized void add(AutoCloseable part) {
        parts.push(part);
    }

    synchronized void run() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("A part of the window could not be ended", e);
            }
        }
    }
}
