package dev.oriel.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;

/// Replaces jpackage's launchers on Linux by a shell script that executes the runtime's `java`.
///
/// jpackage's launcher runs `dpkg` or `rpm` at every start to find the package that owns it, before
/// it starts Java; where rpm has no database, it creates one in the user's home.
final class LinuxLauncherScript {
    private final Path template;
    private final Path image;

    LinuxLauncherScript(Path template, Path image) {
        this.template = template;
        this.image = image;
    }

    /// Replaces jpackage's files of these programs.
    void replaceLaunchers(List<ProgramLauncher> programs) throws IOException {
        for (ProgramLauncher each : programs) {
            Path script = image.resolve("bin").resolve(each.name());
            Files.writeString(script, render(each));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            // A link of the program's name, which a list of processes then shows.
            Path bin = ProgramImage.runtime(image, TargetSystem.LINUX).resolve("bin");
            Files.createSymbolicLink(bin.resolve(each.name()), Path.of("java"));
            Files.delete(ProgramLauncher.configFile(each.name(), image, TargetSystem.LINUX));
        }
        Files.delete(image.resolve("lib/libapplauncher.so"));
    }

    private String render(ProgramLauncher program) throws IOException {
        return Files.readString(template)
                .replace("@NAME@", program.name())
                .replace(
                        "@OPTIONS@",
                        program.options("$app").stream()
                                .map(option -> "  \"" + requirePlain(option) + "\" \\")
                                .collect(Collectors.joining("\n")))
                .replace("@CLASSPATH@", requirePlain(program.classPath("$app")))
                .replace("@MAIN@", program.main());
    }

    /// Returns a text that a shell does not change in double quotes, or throws.
    private static String requirePlain(String text) {
        if (!text.replace("$app/", "").matches("[\\w./:=,+-]*")) {
            throw new IllegalArgumentException("not safe in double quotes: " + text);
        }
        return text;
    }
}
