package dev.oriel.serve;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// One line a record, on standard error: standard output belongs to the listening line.
final class Logging {
    // Held here: a logger that nobody holds loses its level with the next garbage collection.
    private static final Logger ORIEL = Logger.getLogger("dev.oriel");
    private static final Logger LIBRARY = Logger.getLogger("org.java_websocket");
    private static final Logger MCP = Logger.getLogger("io.modelcontextprotocol");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    private Logging() {}

    static void to(ServeCommand.LogLevel level) {
        Level jul =
                switch (level) {
                    case error -> Level.SEVERE;
                    case warn -> Level.WARNING;
                    case info -> Level.INFO;
                    case debug -> Level.FINE;
                };
        Logger root = Logger.getLogger("");
        for (Handler h : root.getHandlers()) {
            root.removeHandler(h);
        }
        var handler = new ConsoleHandler();
        handler.setFormatter(new Line());
        handler.setLevel(jul);
        root.addHandler(handler);
        // The libraries' own chatter is of no use to who runs the server.
        root.setLevel(jul.intValue() < Level.WARNING.intValue() ? Level.WARNING : jul);
        ORIEL.setLevel(jul);
        // It calls every frame that a client gets wrong an error, with a stack trace; what matters
        // of it the gateway says itself.
        LIBRARY.setLevel(Level.OFF);
        // It warns of every tool that a model calls with a wrong argument, which the model is told.
        MCP.setLevel(Level.SEVERE);
    }

    private static final class Line extends Formatter {
        @Override
        public String format(LogRecord r) {
            var time = ZonedDateTime.ofInstant(r.getInstant(), ZoneId.systemDefault());
            String text =
                    "%s %s %s".formatted(TIME.format(time), name(r.getLevel()), formatMessage(r));
            Throwable thrown = r.getThrown();
            if (thrown == null) {
                return text + "\n";
            }
            StringBuilder all = new StringBuilder(text).append('\n');
            all.append("    ").append(thrown).append('\n');
            for (StackTraceElement e : thrown.getStackTrace()) {
                all.append("        at ").append(e).append('\n');
            }
            return all.toString();
        }

        private static String name(Level level) {
            if (level.intValue() >= Level.SEVERE.intValue()) {
                return "error";
            }
            if (level.intValue() >= Level.WARNING.intValue()) {
                return "warn";
            }
            return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
        }
    }
}
