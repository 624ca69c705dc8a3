package dev.oriel.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The Java runtime in the packages: the modules of the JDK that are used, and JavaFX.
final class RuntimeImage {
    private final BuildFolders folders;

    RuntimeImage(BuildFolders folders) {
        this.folders = folders;
    }

    void link(Path javafx) throws IOException {
        BuildFolders.delete(folders.runtime());
        BuildTools.runJdkTool(
                "jlink",
                List.of(
                        "--module-path",
                        javafx.toString(),
                        "--add-modules",
                        String.join(",", modules()),
                        "--output",
                        folders.runtime().toString(),
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        // The package compresses it to 15 MB; after jlink's own compression it
                        // would stay at 33 MB.
                        "--compress=zip-0",
                        // Their bytes differ from build to build; the AOT cache contains them.
                        "--disable-plugin=generate-jli-classes",
                        "--exclude-files=/java.base/bin/keytool*"));
    }

    /// The modules that `packaging/modules.list` names.
    List<String> modules() throws IOException {
        return Files.readAllLines(folders.sources().resolve("modules.list")).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }
}
