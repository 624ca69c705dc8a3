package dev.oriel.packaging;

import dev.oriel.app.highlight.Language;
import dev.oriel.app.highlight.grammar.GrammarLibrary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Arranges the jars of the class path and extracts the native libraries that some of them contain.
final class JarLayout {
    private static final String SQLITE = "org/sqlite/native/";

    private final BuildFolders folders;
    private final TargetSystem system;

    JarLayout(BuildFolders folders, TargetSystem system) {
        this.folders = folders;
        this.system = system;
    }

    /// Creates the input folder of `jpackage`: Oriel's own jars under names without a version, all
    /// libraries, and the native library of SQLite as a file.
    void createInput() throws IOException {
        Path input = BuildFolders.createEmpty(folders.input());
        for (Path jar : all(folders.jars())) {
            String name = jar.getFileName().toString();
            if (name.startsWith("javafx-")) {
                continue; // part of the runtime
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
                copyWithout(jar, input.resolve(name), e -> e.startsWith(SQLITE));
                unpack(
                        jar,
                        e -> e.startsWith(SQLITE + system.sqliteFolder() + "/"),
                        Files.createDirectories(input.resolve("native")));
            } else if (name.startsWith("shikijs__langs-")) {
                Set<String> used = GrammarLibrary.modules(Language.grammars()).keySet();
                if (!used.containsAll(Language.grammars())) {
                    throw new IOException("Grammars are missing: only " + used + " were found.");
                }
                copyWithout(jar, input.resolve(name), e -> isUnusedGrammar(e, used));
            } else {
                Files.copy(jar, input.resolve(name));
            }
        }
    }

    /// Whether an entry is a grammar, or belongs to one, that the window does not use.
    private static boolean isUnusedGrammar(String entry, Set<String> used) {
        String folder = GrammarLibrary.FOLDER.substring(1);
        return entry.startsWith(folder)
                && !(entry.endsWith(".mjs")
                        && used.contains(
                                entry.substring(
                                        folder.length(), entry.length() - ".mjs".length())));
    }

    /// Creates `.jmod` files of JavaFX so that `jlink` puts its native libraries into the runtime.
    /// From the jars they would be extracted to the user's home at the first start.
    void createJavaFxModules(Path folder) throws IOException {
        BuildFolders.createEmpty(folder);
        Path natives = BuildFolders.createEmpty(folders.work().resolve("javafx-native"));
        for (Path jar : all(folders.jars())) {
            String name = jar.getFileName().toString();
            if (!name.startsWith("javafx-") || !hasClasses(jar)) {
                continue; // the jar without a platform classifier is empty
            }
            String module = "javafx." + name.split("-")[1];
            Path slim = folder.resolve(module + ".jar");
            copyWithout(jar, slim, system::isNativeLibrary);
            Path own = BuildFolders.createEmpty(natives.resolve(module));
            unpack(jar, system::isNativeLibrary, own);
            List<String> libraries =
                    all(own).isEmpty() ? List.of() : List.of("--libs", own.toString());
            BuildTools.runJdkTool(
                    "jmod",
                    BuildTools.concat(
                            List.of("create", "--class-path", slim.toString()),
                            List.of("--date", folders.time().toString()),
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

    private void copyWithout(Path jar, Path to, Predicate<String> which) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(to);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry : zip.stream().filter(e -> !which.test(e.getName())).toList()) {
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setLastModifiedTime(FileTime.from(folders.time()));
                out.putNextEntry(copy);
                zip.getInputStream(entry).transferTo(out);
                out.closeEntry();
            }
        }
    }
}
