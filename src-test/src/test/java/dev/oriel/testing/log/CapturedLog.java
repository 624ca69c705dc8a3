package dev.oriel.testing.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Captures what a logger and those below it log, until it is closed.
public final class CapturedLog implements AutoCloseable {
    private final Logger logger;
    private final Capture capture;

    private CapturedLog(String name, Predicate<LogRecord> which) {
        this.logger = Logger.getLogger(name);
        this.capture = new Capture(which);
        logger.addHandler(capture);
    }

    /// Captures everything that a class logs.
    public static CapturedLog of(Class<?> type) {
        return new CapturedLog(type.getName(), _ -> true);
    }

    /// Captures warnings and errors.
    ///
    /// @param name of a logger
    public static CapturedLog warnings(String name) {
        return new CapturedLog(name, isAtLeast(Level.WARNING));
    }

    /// Captures errors.
    ///
    /// @param name of a logger
    public static CapturedLog errors(String name) {
        return new CapturedLog(name, isAtLeast(Level.SEVERE));
    }

    /// Captures errors and exceptions of all loggers. Either is always a bug in the server.
    public static CapturedLog failures() {
        return new CapturedLog("", isAtLeast(Level.SEVERE).or(entry -> entry.getThrown() != null));
    }

    private static Predicate<LogRecord> isAtLeast(Level level) {
        return entry -> entry.getLevel().intValue() >= level.intValue();
    }

    /// The messages so far, each followed by its exception if it has one.
    public List<String> lines() {
        return capture.lines;
    }

    @Override
    public void close() {
        logger.removeHandler(capture);
    }

    private static final class Capture extends Handler {
        private final Predicate<LogRecord> which;
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final SimpleFormatter formatter = new SimpleFormatter();

        Capture(Predicate<LogRecord> which) {
            this.which = which;
        }

        @Override
        public void publish(LogRecord entry) {
            if (which.test(entry)) {
                String message = formatter.formatMessage(entry);
                Throwable thrown = entry.getThrown();
                lines.add(thrown == null ? message : message + " " + thrown);
            }
        }

        @Override
        public void flush() {
            // Every entry is added at once.
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
