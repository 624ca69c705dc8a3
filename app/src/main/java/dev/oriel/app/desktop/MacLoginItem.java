package dev.oriel.app.desktop;

import dev.oriel.app.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// A launch agent of the user, which launchd reads at the next login.
///
/// @param home the user's home folder
/// @param program the program to start
record MacLoginItem(Path home, Path program) implements LoginItem {

    private AtomicFile plist() {
        return new AtomicFile(home.resolve("Library/LaunchAgents/dev.oriel.Oriel.plist"));
    }

    @Override
    public boolean isOn() throws IOException {
        Optional<byte[]> bytes = plist().read();
        if (bytes.isEmpty()) {
            return false;
        }
        String text = new String(bytes.get(), StandardCharsets.UTF_8);
        boolean disabled = text.replaceAll("\\s", "").contains("<key>Disabled</key><true/>");
        return !disabled && text.contains("<string>" + escaped() + "</string>");
    }

    @Override
    public void setOn(boolean on) throws IOException {
        if (!on) {
            plist().delete();
            return;
        }
        String text =
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
                <plist version="1.0">
                <dict>
                  <key>Label</key>
                  <string>dev.oriel.Oriel</string>
                  <key>ProgramArguments</key>
                  <array>
                    <string>%s</string>
                  </array>
                  <key>RunAtLoad</key>
                  <true/>
                  <key>LimitLoadToSessionType</key>
                  <string>Aqua</string>
                  <key>ProcessType</key>
                  <string>Interactive</string>
                </dict>
                </plist>
                """
                        .formatted(escaped());
        plist().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private String escaped() {
        return program.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
