package dev.oriel.app.desktop;

import dev.oriel.app.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// An entry in the person's autostart folder (freedesktop.org, Desktop Application Autostart).
///
/// @param config `$XDG_CONFIG_HOME`, or what stands for it
/// @param program what is started
record LinuxLoginItem(Path config, Path program) implements LoginItem {
    private static final List<String> SWITCHED_OFF =
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
        // One that starts another copy of Oriel, or one that is gone, does not start this one.
        return lines.contains(exec()) && lines.stream().noneMatch(SWITCHED_OFF::contains);
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

    /// Quoted twice, as the Desktop Entry Specification wants it: as a word of a command line, then
    /// as a string of the file; `%` stands for a field otherwise.
    private String exec() {
        String word = program.toString().replaceAll("([\"`$\\\\])", "\\\\$1");
        return "Exec=\"" + word.replace("\\", "\\\\").replace("%", "%%") + "\"";
    }
}
