package dev.oriel.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One of the image's programs: the options, class path and main class with which it starts Java.
///
/// An AOT cache is valid only for the options and the class path with which it was created. So the
/// image's own `java` creates it with these, and the launcher itself checks it.
final class ProgramLauncher {
    private static final String CACHE = "-XX:AOTCache=";

    /// jpackage's placeholder for the folder of the jars.
    private static final String APP = "$APPDIR";

    private final String name;
    private final Path program;
    private final Path java;
    private final Path jars;
    private final List<String> options;
    private final List<String> classPath;
    private final String main;

    private ProgramLauncher(
            String name,
            Path image,
            TargetSystem system,
            List<String> options,
            List<String> classPath,
            String main) {
        this.name = name;
        this.program = ProgramImage.program(name, image, system);
        this.java = ProgramImage.runtime(image, system).resolve("bin/java");
        this.jars = ProgramImage.jars(image, system);
        this.options = List.copyOf(options);
        this.classPath = List.copyOf(classPath);
        this.main = main;
    }

    /// Reads the configuration file of jpackage's launcher.
    ///
    /// @param name `oriel` or `oriel-server`
    static ProgramLauncher read(String name, Path image, TargetSystem system) throws IOException {
        List<String> options = new ArrayList<>();
        List<String> classPath = new ArrayList<>();
        String main = "";
        for (String line : Files.readAllLines(configFile(name, image, system))) {
            String value = line.substring(line.indexOf('=') + 1);
            if (line.startsWith("app.classpath=")) {
                classPath.add(value);
            } else if (line.startsWith("app.mainclass=")) {
                main = value;
            } else if (line.startsWith("java-options=")) {
                options.add(value);
            }
        }
        return new ProgramLauncher(name, image, system, options, classPath, main);
    }

    /// The configuration file of jpackage's launcher.
    static Path configFile(String name, Path image, TargetSystem system) {
        return ProgramImage.jars(image, system).resolve(name + ".cfg");
    }

    String name() {
        return name;
    }

    String main() {
        return main;
    }

    /// The options of the JVM.
    ///
    /// @param folder of the jars, as the options name it
    List<String> options(String folder) {
        return options.stream().map(o -> o.replace(APP, folder)).toList();
    }

    /// @param folder of the jars, as the class path names it
    String classPath(String folder) {
        return String.join(
                File.pathSeparator, classPath.stream().map(p -> p.replace(APP, folder)).toList());
    }

    /// Starts Java as the launcher does and records the classes and methods that are used.
    ///
    /// @param environment variables that are added
    Process startRecording(
            Path recording,
            Path log,
            Map<String, String> environment,
            List<String> properties,
            List<String> arguments)
            throws IOException {
        List<String> line =
                BuildTools.concat(
                        List.of(java.toString(), "-XX:AOTMode=record"),
                        List.of("-XX:AOTConfiguration=" + recording),
                        withoutCache().toList(),
                        properties,
                        List.of("-classpath", classPath(jars.toString()), main),
                        arguments);
        ProcessBuilder builder =
                new ProcessBuilder(line)
                        .redirectError(log.toFile())
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /// Creates the AOT cache from a recording.
    void createCache(Path recording) throws InterruptedException {
        BuildTools.run(
                java.resolveSibling("."),
                Map.of(),
                BuildTools.concat(
                        List.of(java.toString(), "-XX:AOTMode=create"),
                        List.of("-XX:AOTConfiguration=" + recording),
                        options(jars.toString()),
                        // After the options, which turn logging of the cache off.
                        List.of("-Xlog:aot=error,cds=error"),
                        List.of("-classpath", classPath(jars.toString()))));
    }

    /// Runs the launcher and fails if the JVM does not use the cache. Without this check it would
    /// only start slowly, without a message.
    void checkCache() throws InterruptedException {
        BuildTools.run(
                java.resolveSibling("."),
                Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on"),
                List.of(program.toString(), "--version"));
    }

    private Stream<String> withoutCache() {
        return options(jars.toString()).stream().filter(o -> !o.startsWith(CACHE));
    }
}
