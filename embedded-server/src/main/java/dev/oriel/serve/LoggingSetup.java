package dev.oriel.serve;

import dev.oriel.log.LogFormat;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/// One line a record, on standard error: standard output belongs to the listening line.
final class LoggingSetup {
    // Held here: a logger that nobody holds loses its level with the next garbage collection.
    private static final Logger ORIEL = Logger.getLogger("dev.oriel");
    private static final Logger LIBRARY = Logger.getLogger("org.java_websocket");
    private static final Logger MCP = Logger.getLogger("io.modelcontextprotocol");

    private LoggingSetup() {}

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
        // The libraries' own chatter is of no use to who runs the server.
        root.setLevel(jul.intValue() < Level.WARNING.intValue() ? Level.WARNING : jul);
        ORIEL.setLevel(jul);
        // It calls every frame that a client gets wrong an error, with a stack trace; what matters
        // of it the gateway says itself.
        LIBRARY.setLevel(Level.OFF);
        // It warns of every tool that a model calls with a wrong argument, which the model is told.
        MCP.setLevel(Level.SEVERE);
    }
}
