package dev.oriel.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// `.dmg` and `.pkg` on macOS, `.msi` and a portable archive on Windows: jpackage closes them
/// itself.
final class OtherPackages {
    private final Places places;
    private final Desktop desktop;
    private final Path image;

    OtherPackages(Places places, Desktop desktop, Path image) {
        this.places = places;
        this.desktop = desktop;
        this.image = image;
    }

    List<Path> make() throws IOException {
        List<String> types = desktop == Desktop.MACOS ? List.of("dmg", "pkg") : List.of("msi");
        for (String type : types) {
            Tools.jdk(
                    "jpackage",
                    Tools.joined(
                            List.of("--type", type, "--name", "Oriel"),
                            List.of("--app-image", image.toString()),
                            List.of("--app-version", places.version()),
                            List.of("--dest", places.packages().toString()),
                            List.of("--license-file", license().toString()),
                            signing(),
                            Image.arguments(
                                    places.sources().resolve("args/" + desktop.word() + ".args"))));
        }
        if (desktop == Desktop.WINDOWS) {
            Tools.jdk(
                    "jar",
                    List.of(
                            "--create",
                            "--no-manifest",
                            "--date=" + places.time(),
                            "--file=" + places.packages().resolve("oriel-portable.zip"),
                            "-C",
                            places.image().toString(),
                            image.getFileName().toString()));
        }
        try (Stream<Path> files = Files.list(places.packages())) {
            return new ArrayList<>(files.sorted().toList());
        }
    }

    private Path license() {
        return places.sources().resolve("../LICENSE").normalize();
    }

    /// Signing wants a person's key; without one the package is not signed, aloud.
    private List<String> signing() {
        String key = System.getenv("ORIEL_MAC_SIGNING_KEY_USER_NAME");
        if (desktop != Desktop.MACOS) {
            return List.of();
        }
        if (key == null || key.isBlank()) {
            System.err.println("ORIEL_MAC_SIGNING_KEY_USER_NAME is not set: not signed.");
            return List.of();
        }
        return List.of("--mac-sign", "--mac-signing-key-user-name", key);
    }
}
