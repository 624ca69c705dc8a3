package dev.oriel.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Builds the packages of the system it runs on.
///
/// Arguments: the path of `packaging/`, the project's version and the time of all files in a
/// package (ISO 8601). A further argument `twice` builds the program's folder a second time and
/// compares the two.
public final class PackageBuild {
    private PackageBuild() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path sources = Path.of(args[0]).toAbsolutePath();
        String version = args[1].replace("-SNAPSHOT", "");
        Path target = sources.resolve("target");
        var folders = new BuildFolders(sources, target, target, version, Instant.parse(args[2]));
        TargetSystem system = TargetSystem.current();

        BuiltImage built = build(folders, system);
        Path image = built.folder();
        if (List.of(args).contains("twice")) {
            Path work = BuildFolders.createEmpty(target.resolve("second-build"));
            var secondFolders = new BuildFolders(sources, target, work, version, folders.time());
            ReproducibilityCheck.check(image, build(secondFolders, system).folder());
            BuildFolders.delete(work);
        }
        new AotTraining(folders.work(), system, built.window(), built.server()).run();
        folders.setTimes(image);

        BuildFolders.createEmpty(folders.packages());
        List<Path> made =
                switch (system) {
                    case LINUX -> new LinuxPackages(folders, image).build();
                    case MACOS, WINDOWS -> new JpackageInstallers(folders, system, image).build();
                };
        for (Path each : made) {
            System.out.printf("%s, %,d bytes%n", each.getFileName(), Files.size(each));
        }
    }

    /// The program's folder without the AOT caches, and its two programs.
    private record BuiltImage(Path folder, ProgramLauncher window, ProgramLauncher server) {}

    private static BuiltImage build(BuildFolders folders, TargetSystem system) throws IOException {
        new JarLayout(folders, system).createInput();
        Path modules = folders.work().resolve("javafx-modules");
        new JarLayout(folders, system).createJavaFxModules(modules);
        new RuntimeImage(folders).link(modules);
        Path icon =
                new IconFiles(folders.sources().resolve("icon/oriel.svg"))
                        .write(folders.icons(), system);
        Path image = new ProgramImage(folders, system).create(icon);
        ProgramLauncher window = ProgramLauncher.read("oriel", image, system);
        ProgramLauncher server = ProgramLauncher.read("oriel-server", image, system);
        if (system == TargetSystem.LINUX) {
            new LinuxLauncherScript(folders.sources().resolve("linux/launcher.sh"), image)
                    .replaceLaunchers(List.of(window, server));
        }
        new LicenseFiles(folders).collect(image);
        // Before the training: the JVM compares the time of each jar with that in the cache.
        folders.setTimes(image);
        return new BuiltImage(image, window, server);
    }
}
