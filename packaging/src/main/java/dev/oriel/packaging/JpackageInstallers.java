package dev.oriel.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// `.dmg` and `.pkg` on macOS, `.msi` and a portable archive on Windows, built by jpackage.
final class JpackageInstallers {
    private final BuildFolders folders;
    private final TargetSystem system;
    private final Path image;

    JpackageInstallers(BuildFolders folders, TargetSystem system, Path image) {
        this.folders = folders;
        this.system = system;
        this.image = image;
    }

    List<Path> build() throws IOException {
        List<String> types = system == TargetSystem.MACOS ? List.of("dmg", "pkg") : List.of("msi");
        for (String type : types) {
            BuildTools.runJdkTool(
                    "jpackage",
                    BuildTools.concat(
                            List.of("--type", type, "--name", "Oriel"),
                            List.of("--app-image", image.toString()),
                            List.of("--app-version", folders.version()),
                            List.of("--dest", folders.packages().toString()),
                            List.of("--license-file", license().toString()),
                            signing(),
                            ProgramImage.arguments(
                                    folders.sources().resolve("args/" + system.id() + ".args"))));
        }
        if (system == TargetSystem.WINDOWS) {
            BuildTools.runJdkTool(
                    "jar",
                    List.of(
                            "--create",
                            "--no-manifest",
                            "--date=" + folders.time(),
                            "--file=" + folders.packages().resolve("oriel-portable.zip"),
                            "-C",
                            folders.image().toString(),
                            image.getFileName().toString()));
        }
        try (Stream<Path> files = Files.list(folders.packages())) {
            return new ArrayList<>(files.sorted().toList());
        }
    }

    private Path license() {
        return folders.sources().resolve("../LICENSE").normalize();
    }

    /// Signs with the key that the environment names; without one a message says that the package
    /// is not signed.
    private List<String> signing() {
        String key = System.getenv("ORIEL_MAC_SIGNING_KEY_USER_NAME");
        if (system != TargetSystem.MACOS) {
            return List.of();
        }
        if (key == null || key.isBlank()) {
            System.err.println("ORIEL_MAC_SIGNING_KEY_USER_NAME is not set: not signed.");
            return List.of();
        }
        return List.of("--mac-sign", "--mac-signing-key-user-name", key);
    }
}
