package dev.oriel.app;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens a link with whatever the system opens links with, without loading AWT.
final class SystemBrowser {
    private static final Logger LOG = LoggerFactory.getLogger(SystemBrowser.class);

    private SystemBrowser() {}

    static void open(String url) {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        List<String> command =
                os.contains("win")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", url)
                        : os.contains("mac") ? List.of("open", url) : List.of("xdg-open", url);
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
