package dev.oriel.app;

import dev.oriel.platform.OperatingSystem;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens an address in the user's browser, without loading AWT.
final class SystemBrowser {
    private static final Logger LOG = LoggerFactory.getLogger(SystemBrowser.class);

    private SystemBrowser() {}

    /// Returns at once; a failure is logged.
    static void open(String url) {
        Thread.ofVirtual().name("oriel-browser").start(() -> run(command(url)));
    }

    private static List<String> command(String url) {
        return switch (OperatingSystem.current()) {
            case WINDOWS -> List.of("rundll32", "url.dll,FileProtocolHandler", url);
            case MACOS -> List.of("open", url);
            case LINUX -> List.of("xdg-open", url);
        };
    }

    /// Starts a command of the system; a failure is logged.
    static void run(List<String> command) {
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            LOG.warn("The system cannot open links: {}", e.toString());
        }
    }
}
