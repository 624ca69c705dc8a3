package dev.oriel.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The folder of the installed program, with its two launchers.
final class ProgramImage {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final BuildFolders folders;
    private final TargetSystem system;

    ProgramImage(BuildFolders folders, TargetSystem system) {
        this.folders = folders;
        this.system = system;
    }

    /// @return the program's folder
    Path create(Path icon) throws IOException {
        BuildFolders.createEmpty(folders.image());
        Path args = folders.sources().resolve("args");
        BuildTools.runJdkTool(
                "jpackage",
                BuildTools.concat(
                        List.of("--type", "app-image", "--dest", folders.image().toString()),
                        List.of("--input", folders.input().toString()),
                        List.of("--runtime-image", folders.runtime().toString()),
                        List.of("--app-version", folders.version(), "--icon", icon.toString()),
                        List.of(
                                "--add-launcher",
                                "oriel-server=" + args.resolve("server.properties")),
                        arguments(args.resolve("common.args"))));
        return switch (system) {
            case LINUX, WINDOWS -> folders.image().resolve("oriel");
            case MACOS -> folders.image().resolve("oriel.app");
        };
    }

    /// The folder of the jars in the image.
    static Path jars(Path image, TargetSystem system) {
        return switch (system) {
            case LINUX -> image.resolve("lib/app");
            case WINDOWS -> image.resolve("app");
            case MACOS -> image.resolve("Contents/app");
        };
    }

    /// The folder of the Java runtime in the image.
    static Path runtime(Path image, TargetSystem system) {
        return switch (system) {
            case LINUX -> image.resolve("lib/runtime");
            case WINDOWS -> image.resolve("runtime");
            case MACOS -> image.resolve("Contents/runtime/Contents/Home");
        };
    }

    /// The launcher of a program in the image.
    static Path program(String name, Path image, TargetSystem system) {
        return switch (system) {
            case LINUX -> image.resolve("bin").resolve(name);
            case WINDOWS -> image.resolve(name + ".exe");
            case MACOS -> image.resolve("Contents/MacOS").resolve(name);
        };
    }

    /// Reads an argument file: words separated by blanks, in double quotes if they contain blanks;
    /// lines that begin with `#` are comments.
    static List<String> arguments(Path file) throws IOException {
        List<String> all = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.strip().startsWith("#")) {
                Matcher words = WORD.matcher(line);
                while (words.find()) {
                    all.add(words.group(1) == null ? words.group(2) : words.group(1));
                }
            }
        }
        return all;
    }
}
