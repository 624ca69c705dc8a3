package dev.oriel.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One of the image's programs: how its launcher starts Java.
///
/// Its AOT cache only fits the options and the class path that it was made with, so it is made by
/// the image's own `java` with these, and then tried by the launcher itself.
final class Launcher {
    private static final String CACHE = "-XX:AOTCache=";

    /// Stands for the folder of the jars.
    private static final String APP = "$APPDIR";

    private final String name;
    private final Path program;
    private final Path java;
    private final Path jars;
    private final List<String> options;
    private final List<String> classPath;
    private final String main;

    private Launcher(
            String name,
            Path image,
            Desktop desktop,
            List<String> options,
            List<String> classPath,
            String main) {
        this.name = name;
        this.program = Image.program(name, image, desktop);
        this.java = Image.runtime(image, desktop).resolve("bin/java");
        this.jars = Image.jars(image, desktop);
        this.options = List.copyOf(options);
        this.classPath = List.copyOf(classPath);
        this.main = main;
    }

    /// As jpackage has written it down.
    ///
    /// @param name `oriel` or `oriel-server`
    static Launcher of(String name, Path image, Desktop desktop) throws IOException {
        List<String> options = new ArrayList<>();
        List<String> classPath = new ArrayList<>();
        String main = "";
        for (String line : Files.readAllLines(settings(name, image, desktop))) {
            String value = line.substring(line.indexOf('=') + 1);
            if (line.startsWith("app.classpath=")) {
                classPath.add(value);
            } else if (line.startsWith("app.mainclass=")) {
                main = value;
            } else if (line.startsWith("java-options=")) {
                options.add(value);
            }
        }
        return new Launcher(name, image, desktop, options, classPath, main);
    }

    /// The file of jpackage's launcher.
    static Path settings(String name, Path image, Desktop desktop) {
        return Image.jars(image, desktop).resolve(name + ".cfg");
    }

    String name() {
        return name;
    }

    String main() {
        return main;
    }

    /// The JVM's.
    ///
    /// @param folder of the jars, as it is to stand in them
    List<String> options(String folder) {
        return options.stream().map(o -> o.replace(APP, folder)).toList();
    }

    /// @param folder of the jars, as it is to stand in it
    String classPath(String folder) {
        return String.join(
                File.pathSeparator, classPath.stream().map(p -> p.replace(APP, folder)).toList());
    }

    /// Starts Java as the launcher does, recording what is loaded and run.
    Process record(Path recording, Path log, List<String> properties, List<String> arguments)
            throws IOException {
        List<String> line =
                Tools.joined(
                        List.of(java.toString(), "-XX:AOTMode=record"),
                        List.of("-XX:AOTConfiguration=" + recording),
                        withoutCache().toList(),
                        properties,
                        List.of("-classpath", classPath(jars.toString()), main),
                        arguments);
        return new ProcessBuilder(line)
                .redirectError(log.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /// Makes the cache of a recording.
    void assemble(Path recording) throws InterruptedException {
        Tools.run(
                java.resolveSibling("."),
                Map.of(),
                Tools.joined(
                        List.of(java.toString(), "-XX:AOTMode=create"),
                        List.of("-XX:AOTConfiguration=" + recording),
                        options(jars.toString()),
                        // Behind the options, which have the JVM silent about caches.
                        List.of("-Xlog:aot=error,cds=error"),
                        List.of("-classpath", classPath(jars.toString()))));
    }

    /// Runs the launcher itself, and fails if the JVM does not take the cache: by itself it would
    /// only start slowly, and say nothing.
    void tryCache() throws InterruptedException {
        Tools.run(
                java.resolveSibling("."),
                Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on"),
                List.of(program.toString(), "--version"));
    }

    private Stream<String> withoutCache() {
        return options(jars.toString()).stream().filter(o -> !o.startsWith(CACHE));
    }
}
