package dev.oriel.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The Java runtime inside the packages: the JDK's modules that are used, and JavaFX.
final class JavaRuntime {
    private final Places places;

    JavaRuntime(Places places) {
        this.places = places;
    }

    void link(Path javafx) throws IOException {
        Places.delete(places.runtime());
        Tools.jdk(
                "jlink",
                List.of(
                        "--module-path",
                        javafx.toString(),
                        "--add-modules",
                        String.join(",", modules()),
                        "--output",
                        places.runtime().toString(),
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        // Left to the package's own compression, which makes 15 MB of it; what
                        // jlink
                        // has compressed stays at 33.
                        "--compress=zip-0",
                        // Classes that it writes differently each time; the start's cache has them.
                        "--disable-plugin=generate-jli-classes",
                        "--exclude-files=/java.base/bin/keytool*"));
    }

    /// The one list of modules.
    List<String> modules() throws IOException {
        return Files.readAllLines(places.sources().resolve("modules.list")).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }
}
