package dev.oriel.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One of the image's launchers, run by the image's own `java` with the very options and class path
/// of the launcher: an AOT cache only fits what it was made with.
final class Launcher {
    private static final String CACHE = "-XX:AOTCache=";

    private final Path java;
    private final Path cache;
    private final List<String> options = new ArrayList<>();
    private final String classPath;
    private final String main;

    private Launcher(Path java, Path cache, List<String> options, String classPath, String main) {
        this.java = java;
        this.cache = cache;
        this.options.addAll(options);
        this.classPath = classPath;
        this.main = main;
    }

    /// @param name `oriel` or `oriel-server`
    static Launcher of(String name, Path image, Desktop desktop) throws IOException {
        Path jars = Image.jars(image, desktop);
        List<String> options = new ArrayList<>();
        List<String> classPath = new ArrayList<>();
        String main = "";
        Path cache = jars.resolve(name + ".aot");
        for (String line : Files.readAllLines(jars.resolve(name + ".cfg"))) {
            String value = line.substring(line.indexOf('=') + 1).replace("$APPDIR", jars.toString());
            if (line.startsWith("app.classpath=")) {
                classPath.add(value);
            } else if (line.startsWith("app.mainclass=")) {
                main = value;
            } else if (line.startsWith("java-options=") && !value.startsWith(CACHE)) {
                options.add(value);
            }
        }
        Path java = Image.runtime(image, desktop).resolve("bin/java");
        return new Launcher(
                java, cache, options, String.join(File.pathSeparator, classPath), main);
    }

    /// Where its AOT cache is to lie.
    Path cache() {
        return cache;
    }

    /// Starts it, recording what it loads and runs.
    Process record(Path recording, Path log, List<String> properties, List<String> arguments)
            throws IOException {
        List<String> line = new ArrayList<>();
        line.add(java.toString());
        line.add("-XX:AOTMode=record");
        line.add("-XX:AOTConfiguration=" + recording);
        line.addAll(options);
        line.addAll(properties);
        line.addAll(List.of("-cp", classPath, main));
        line.addAll(arguments);
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
                        List.of(java.toString(), "-XX:AOTMode=create", "-Xlog:aot=error,cds=error"),
                        List.of("-XX:AOTConfiguration=" + recording, CACHE + cache),
                        options,
                        List.of("-cp", classPath)));
    }
}
