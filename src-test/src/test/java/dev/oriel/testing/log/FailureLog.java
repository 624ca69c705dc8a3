package dev.oriel.testing.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Records what is logged with level `SEVERE` or with an exception, which indicates a bug.
public final class FailureLog extends Handler implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final List<String> errors = new CopyOnWriteArrayList<>();

    public FailureLog() {
        root.addHandler(this);
    }

    /// The recorded messages.
    public List<String> errors() {
        return errors;
    }

    @Override
    public void publish(LogRecord log) {
        if (log.getLevel().intValue() >= Level.SEVERE.intValue() || log.getThrown() != null) {
            errors.add(log.getMessage() + " " + log.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
    }
}
