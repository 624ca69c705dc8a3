package dev.oriel.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;

/// Our own in the place of jpackage's launchers on Linux: a shell script that becomes the runtime's
/// `java`.
///
/// jpackage's asks `dpkg` or `rpm` whose file it is before it starts Java, at every start, and
/// where there is no database yet, rpm makes one in the person's home.
final class LinuxLauncher {
    private final Path template;
    private final Path image;

    LinuxLauncher(Path template, Path image) {
        this.template = template;
        this.image = image;
    }

    /// Takes the place of jpackage's files for these programs.
    void replace(List<Launcher> programs) throws IOException {
        for (Launcher each : programs) {
            Path script = image.resolve("bin").resolve(each.name());
            Files.writeString(script, text(each));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            // By another name, so that a list of processes says which program it is.
            Path bin = Image.runtime(image, Desktop.LINUX).resolve("bin");
            Files.createSymbolicLink(bin.resolve(each.name()), Path.of("java"));
            Files.delete(Launcher.settings(each.name(), image, Desktop.LINUX));
        }
        Files.delete(image.resolve("lib/libapplauncher.so"));
    }

    private String text(Launcher program) throws IOException {
        return Files.readString(template)
                .replace("@NAME@", program.name())
                .replace(
                        "@OPTIONS@",
                        program.options("$app").stream()
                                .map(option -> "  \"" + plain(option) + "\" \\")
                                .collect(Collectors.joining("\n")))
                .replace("@CLASSPATH@", plain(program.classPath("$app")))
                .replace("@MAIN@", program.main());
    }

    /// What stays as it is between double quotes.
    private static String plain(String text) {
        if (!text.replace("$app/", "").matches("[\\w./:=,+-]*")) {
            throw new IllegalArgumentException("a shell would change this: " + text);
        }
        return text;
    }
}
