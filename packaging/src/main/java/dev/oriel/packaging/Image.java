package dev.oriel.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The program as it lies on the person's disk, with its two launchers.
final class Image {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final Places places;
    private final Desktop desktop;

    Image(Places places, Desktop desktop) {
        this.places = places;
        this.desktop = desktop;
    }

    /// @return its folder
    Path make(Path icon) throws IOException {
        Places.fresh(places.image());
        Path args = places.sources().resolve("args");
        Tools.jdk(
                "jpackage",
                Tools.joined(
                        List.of("--type", "app-image", "--dest", places.image().toString()),
                        List.of("--input", places.input().toString()),
                        List.of("--runtime-image", places.runtime().toString()),
                        List.of("--app-version", places.version(), "--icon", icon.toString()),
                        List.of(
                                "--add-launcher",
                                "oriel-server=" + args.resolve("server.properties")),
                        arguments(args.resolve("common.args"))));
        return switch (desktop) {
            case LINUX, WINDOWS -> places.image().resolve("oriel");
            case MACOS -> places.image().resolve("oriel.app");
        };
    }

    /// Where the jars lie in it.
    static Path jars(Path image, Desktop desktop) {
        return switch (desktop) {
            case LINUX -> image.resolve("lib/app");
            case WINDOWS -> image.resolve("app");
            case MACOS -> image.resolve("Contents/app");
        };
    }

    /// Its runtime.
    static Path runtime(Path image, Desktop desktop) {
        return switch (desktop) {
            case LINUX -> image.resolve("lib/runtime");
            case WINDOWS -> image.resolve("runtime");
            case MACOS -> image.resolve("Contents/runtime/Contents/Home");
        };
    }

    /// What a person starts.
    static Path program(String name, Path image, Desktop desktop) {
        return switch (desktop) {
            case LINUX -> image.resolve("bin").resolve(name);
            case WINDOWS -> image.resolve(name + ".exe");
            case MACOS -> image.resolve("Contents/MacOS").resolve(name);
        };
    }

    /// The arguments of a file: words, quoted where they hold blanks, and comments.
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
