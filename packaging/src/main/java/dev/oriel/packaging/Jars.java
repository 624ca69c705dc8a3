package dev.oriel.packaging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// The jars of the class path, and the native parts that hide in some of them.
final class Jars {
    private static final String SQLITE = "org/sqlite/native/";

    private final Places places;
    private final Desktop desktop;

    Jars(Places places, Desktop desktop) {
        this.places = places;
        this.desktop = desktop;
    }

    /// Lays the class path out as `jpackage` wants it: Oriel's own jars under names without a version,
    /// all libraries beside them, the database's native part unpacked.
    void lay() throws IOException {
        Path input = Places.fresh(places.input());
        for (Path jar : all(places.jars())) {
            String name = jar.getFileName().toString();
            if (name.startsWith("javafx-")) {
                continue; // linked into the runtime
            }
            if (name.startsWith("app-")) {
                Files.copy(jar, input.resolve("oriel-app.jar"));
            } else if (name.startsWith("embedded-server-")) {
                Files.copy(jar, input.resolve("oriel-server.jar"));
            } else if (name.startsWith("oriel-message-")) {
                Files.copy(jar, input.resolve("oriel-message.jar"));
            } else if (name.startsWith("oriel-client-")) {
                Files.copy(jar, input.resolve("oriel-client.jar"));
            } else if (name.startsWith("sqlite-jdbc-")) {
                without(jar, input.resolve(name), e -> e.startsWith(SQLITE));
                unpack(
                        jar,
                        e -> e.startsWith(SQLITE + desktop.sqliteFolder() + "/"),
                        Files.createDirectories(input.resolve("native")));
            } else {
                Files.copy(jar, input.resolve(name));
            }
        }
    }

    /// JavaFX as modules whose native parts will lie in the runtime's own folder: from the jars
    /// they would be unpacked into the person's home at every first start.
    void makeModules(Path folder) throws IOException {
        Places.fresh(folder);
        Path natives = Places.fresh(places.work().resolve("javafx-native"));
        for (Path jar : all(places.jars())) {
            String name = jar.getFileName().toString();
            if (!name.startsWith("javafx-") || !hasClasses(jar)) {
                continue; // the jar without a platform is empty
            }
            String module = "javafx." + name.split("-")[1];
            Path slim = folder.resolve(module + ".jar");
            without(jar, slim, desktop::isNativeLibrary);
            Path own = Places.fresh(natives.resolve(module));
            unpack(jar, desktop::isNativeLibrary, own);
            List<String> libraries =
                    all(own).isEmpty() ? List.of() : List.of("--libs", own.toString());
            Tools.jdk(
                    "jmod",
                    Tools.joined(
                            List.of("create", "--class-path", slim.toString()),
                            List.of("--date", places.time().toString()),
                            libraries,
                            List.of(folder.resolve(module + ".jmod").toString())));
            Files.delete(slim);
        }
    }

    private static boolean hasClasses(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.getEntry("module-info.class") != null;
        }
    }

    static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted(Comparator.comparing(p -> p.getFileName().toString())).toList();
        }
    }

    private static void unpack(Path jar, Predicate<String> which, Path to) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().filter(e -> which.test(e.getName())).toList()) {
                if (!entry.isDirectory()) {
                    Path name = Path.of(entry.getName()).getFileName();
                    Files.copy(zip.getInputStream(entry), to.resolve(name.toString()));
                }
            }
        }
    }

    private void without(Path jar, Path to, Predicate<String> which) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(to);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry : zip.stream().filter(e -> !which.test(e.getName())).toList()) {
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setLastModifiedTime(FileTime.from(places.time()));
                out.putNextEntry(copy);
                zip.getInputStream(entry).transferTo(out);
                out.closeEntry();
            }
        }
    }
}
