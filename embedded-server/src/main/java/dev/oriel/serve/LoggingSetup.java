package dev.oriel.serve;

import dev.oriel.log.LogFormat;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Configures logging: one line per record on standard error. Standard output is for the URLs.
final class LoggingSetup {
    // Referenced here, because the log manager holds loggers weakly, and their levels with them.
    private static final Logger ORIEL = Logger.getLogger("dev.oriel");
    private static final Logger WEBSOCKET = Logger.getLogger("org.java_websocket");
    private static final Logger MCP = Logger.getLogger("io.modelcontextprotocol");

    private LoggingSetup() {}

    /// Replaces the handlers of the root logger, for the whole process.
    static void configure(ServeCommand.LogLevel level) {
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
        handler.setFormatter(new LogFormat());
        handler.setLevel(jul);
        root.addHandler(handler);
        // The information that libraries log is of no use to an operator.
        root.setLevel(jul.intValue() < Level.WARNING.intValue() ? Level.WARNING : jul);
        ORIEL.setLevel(jul);
        // Java-WebSocket: the gateway itself logs what matters of an upgrade.
        WEBSOCKET.setLevel(Level.OFF);
        // The MCP library warns of every tool call with a wrong argument, which is reported to the
        // model anyway.
        MCP.setLevel(Level.SEVERE);
    }
}
