package dev.oriel.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Builds the packages of the system it runs on.
///
/// Arguments: `packaging/` as a path, the project's version, the time of its files; `twice` behind
/// them has the program's folder built a second time and compared.
public final class Build {
    private Build() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path sources = Path.of(args[0]).toAbsolutePath();
        String version = args[1].replace("-SNAPSHOT", "");
        Path target = sources.resolve("target");
        var places = new Places(sources, target, target, version, Instant.parse(args[2]));
        Desktop desktop = Desktop.current();

        Built built = build(places, desktop);
        Path image = built.folder();
        if (List.of(args).contains("twice")) {
            Path work = Places.fresh(target.resolve("again"));
            var again = new Places(sources, target, work, version, places.time());
            Twins.check(image, build(again, desktop).folder());
            Places.delete(work);
        }
        new Training(places.work(), desktop, built.window(), built.server()).run();
        places.stamp(image);

        Places.fresh(places.packages());
        List<Path> made =
                switch (desktop) {
                    case LINUX -> new LinuxPackages(places, image).make();
                    case MACOS, WINDOWS -> new OtherPackages(places, desktop, image).make();
                };
        for (Path each : made) {
            System.out.printf("%s, %,d bytes%n", each.getFileName(), Files.size(each));
        }
    }

    /// The program's folder, all but the caches of its start, and what is started in it.
    private record Built(Path folder, Launcher window, Launcher server) {}

    private static Built build(Places places, Desktop desktop) throws IOException {
        new Jars(places, desktop).lay();
        Path modules = places.work().resolve("javafx-modules");
        new Jars(places, desktop).makeModules(modules);
        new JavaRuntime(places).link(modules);
        Path icon =
                new Icons(places.sources().resolve("icon/oriel.svg")).draw(places.icons(), desktop);
        Path image = new Image(places, desktop).make(icon);
        Launcher window = Launcher.of("oriel", image, desktop);
        Launcher server = Launcher.of("oriel-server", image, desktop);
        if (desktop == Desktop.LINUX) {
            new LinuxLauncher(places.sources().resolve("linux/launcher.sh"), image)
                    .replace(List.of(window, server));
        }
        new Legal(places).collect(image);
        // Before the training: the JVM looks at the time of each jar when it takes the cache.
        places.stamp(image);
        return new Built(image, window, server);
    }
}
