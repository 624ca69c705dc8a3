package dev.oriel.app.desktop;

import dev.oriel.app.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// An entry in the user's autostart folder (freedesktop.org, Desktop Application Autostart
/// Specification).
///
/// @param config `$XDG_CONFIG_HOME` or its default
/// @param program the program to start
record LinuxLoginItem(Path config, Path program) implements LoginItem {
    private static final List<String> DISABLED_LINES =
            List.of("Hidden=true", "X-GNOME-Autostart-enabled=false");

    private AtomicFile entry() {
        return new AtomicFile(config.resolve("autostart/dev.oriel.Oriel.desktop"));
    }

    @Override
    public boolean isOn() throws IOException {
        Optional<byte[]> bytes = entry().read();
        if (bytes.isEmpty()) {
            return false;
        }
        List<String> lines =
                new String(bytes.get(), StandardCharsets.UTF_8).lines().map(String::strip).toList();
        // An entry that starts another copy of Oriel does not count.
        return lines.contains(exec()) && lines.stream().noneMatch(DISABLED_LINES::contains);
    }

    @Override
    public void setOn(boolean on) throws IOException {
        if (!on) {
            entry().delete();
            return;
        }
        String text =
                String.join(
                        "\n",
                        "[Desktop Entry]",
                        "Type=Application",
                        "Version=1.5",
                        "Name=Oriel",
                        "Icon=dev.oriel.Oriel",
                        exec(),
                        "Terminal=false",
                        "X-GNOME-Autostart-enabled=true",
                        "");
        entry().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The `Exec` line. The Desktop Entry Specification requires quoting twice: as an argument of a
    /// command line and as a string of the file. `%` is doubled because it begins a field code.
    private String exec() {
        String argument = program.toString().replaceAll("([\"`$\\\\])", "\\\\$1");
        return "Exec=\"" + argument.replace("\\", "\\\\").replace("%", "%%") + "\"";
    }
}
