package dev.oriel.app;

import dev.oriel.platform.OperatingSystem;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens a link with whatever the system opens links with, without loading AWT.
final class SystemBrowser {
    private static final Logger LOG = LoggerFactory.getLogger(SystemBrowser.class);

    private SystemBrowser() {}

    static void open(String url) {
        List<String> command =
                switch (OperatingSystem.current()) {
                    case WINDOWS -> List.of("rundll32", "url.dll,FileProtocolHandler", url);
                    case MACOS -> List.of("open", url);
                    case LINUX -> List.of("xdg-open", url);
                };
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            LOG.warn("The system opens no links: {}", e.toString());
        }
    }
}
