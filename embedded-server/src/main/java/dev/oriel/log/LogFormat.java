package dev.oriel.log;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Formats a record as one line, whatever text of a client it contains. A stack trace follows on
/// indented lines.
public final class LogFormat extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    /// Further causes are omitted: exceptions can be the causes of each other in a circle.
    private static final int MAX_CAUSES = 8;

    /// Called by java.util.logging, which creates the formatter by its class name.
    public LogFormat() {}

    /// Installs the format in the default handlers of the JVM.
    public static void useForAll() {
        for (Handler h : Logger.getLogger("").getHandlers()) {
            h.setFormatter(new LogFormat());
        }
    }

    @Override
    public String format(LogRecord r) {
        var time = ZonedDateTime.ofInstant(r.getInstant(), ZoneId.systemDefault());
        StringBuilder all = new StringBuilder(TIME.format(time));
        all.append(' ').append(name(r.getLevel()));
        all.append(' ').append(LogText.escape(String.valueOf(formatMessage(r)))).append('\n');
        Throwable thrown = r.getThrown();
        for (int i = 0; thrown != null && i < MAX_CAUSES; i++) {
            all.append(i == 0 ? "    " : "    caused by ");
            all.append(LogText.escape(thrown.toString())).append('\n');
            for (StackTraceElement e : thrown.getStackTrace()) {
                all.append("        at ").append(e).append('\n');
            }
            thrown = thrown.getCause();
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
