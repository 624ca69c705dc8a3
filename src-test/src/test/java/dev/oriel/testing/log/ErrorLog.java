package dev.oriel.testing.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Records log messages of level `SEVERE`, so that a test can assert that there are none.
public final class ErrorLog implements AutoCloseable {
    private final Logger logger;
    private final RecordingHandler handler = new RecordingHandler();

    private ErrorLog(Logger logger) {
        this.logger = logger;
    }

    /// Starts recording. The caller closes the log.
    ///
    /// @param name the name of a logger; its descendants are recorded too
    public static ErrorLog of(String name) {
        var logs = new ErrorLog(Logger.getLogger(name));
        logs.logger.addHandler(logs.handler);
        return logs;
    }

    public List<String> errors() {
        return handler.errors;
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }

    private static final class RecordingHandler extends Handler {
        private final List<String> errors = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
                errors.add(record.getMessage() + " " + record.getThrown());
            }
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing to release.
        }
    }
}
