package dev.oriel.testing.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Keeps what is logged as an error, so that a test can say that there was none.
public final class ErrorLog implements AutoCloseable {
    private final Logger logger;
    private final Keeper keeper = new Keeper();

    private ErrorLog(Logger logger) {
        this.logger = logger;
    }

    /// Listens until it is closed.
    ///
    /// @param name of a logger; those below it are heard too
    public static ErrorLog of(String name) {
        var logs = new ErrorLog(Logger.getLogger(name));
        logs.logger.addHandler(logs.keeper);
        return logs;
    }

    public List<String> errors() {
        return keeper.errors;
    }

    @Override
    public void close() {
        logger.removeHandler(keeper);
    }

    private static final class Keeper extends Handler {
        private final List<String> errors = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
                errors.add(record.getMessage() + " " + record.getThrown());
            }
        }

        @Override
        public void flush() {
            // Nothing waits.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
