package dev.oriel.app.desktop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// A value of the user's `Run` registry key. The Task Manager and the system's settings disable it
/// with a value of the `StartupApproved` key, whose first byte is then odd.
///
/// @param program the program to start
record WindowsLoginItem(WindowsRegistry registry, Path program) implements LoginItem {
    private static final String NAME = "Oriel";
    private static final String BASE = "\\Software\\Microsoft\\Windows\\CurrentVersion\\";
    private static final String RUN = BASE + "Run";
    private static final String APPROVED = BASE + "Explorer\\StartupApproved\\Run";

    @Override
    public boolean isOn() throws IOException {
        Optional<String> command = registry.read("HKCU" + RUN, NAME);
        if (command.filter(c -> c.equalsIgnoreCase(quoted())).isEmpty()) {
            return false;
        }
        return registry.read("HKCU" + APPROVED, NAME)
                .filter(WindowsLoginItem::isDisabled)
                .isEmpty();
    }

    private static boolean isDisabled(String bytes) {
        return bytes.length() > 1 && Character.digit(bytes.charAt(1), 16) % 2 == 1;
    }

    @Override
    public void setOn(boolean on) throws IOException {
        String command =
                on ? "\"" + quoted().replace("\\", "\\\\").replace("\"", "\\\"") + "\"" : "-";
        registry.importFile(
                String.join(
                        "\r\n",
                        "Windows Registry Editor Version 5.00",
                        "",
                        "[HKEY_CURRENT_USER" + RUN + "]",
                        "\"" + NAME + "\"=" + command,
                        "",
                        "[HKEY_CURRENT_USER" + APPROVED + "]",
                        "\"" + NAME + "\"=-",
                        "",
                        ""));
    }

    /// Without quotes, Windows would split the path at spaces.
    private String quoted() {
        return "\"" + program + "\"";
    }
}
