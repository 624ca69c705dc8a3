package dev.oriel.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `.deb`, `.rpm` and a portable archive of one tree of files.
///
/// jpackage makes the image, all but its launchers; the packages are closed by `dpkg-deb` and
/// `rpmbuild` themselves: what lies outside the program's own folder (desktop entry, icons, manual,
/// unit) then belongs to the package like everything else, no script has to copy it, and the bytes
/// do not depend on the day.
final class LinuxPackages {
    private static final String APP_ID = "dev.oriel.Oriel";

    private final Places places;
    private final Path image;
    private final Path extras;

    LinuxPackages(Places places, Path image) {
        this.places = places;
        this.image = image;
        this.extras = places.sources().resolve("linux");
    }

    List<Path> make() throws IOException, InterruptedException {
        Path root = tree();
        List<Path> made = new ArrayList<>();
        made.add(portable());
        if (Tools.has("dpkg-deb")) {
            made.add(deb(root));
        } else {
            System.err.println("No dpkg-deb: the .deb is left out.");
        }
        if (Tools.has("rpmbuild")) {
            made.add(rpm(root));
        } else {
            System.err.println("No rpmbuild: the .rpm is left out.");
        }
        return made;
    }

    /// What both packages install.
    private Path tree() throws IOException {
        Path root = Places.fresh(places.work().resolve("root"));
        Places.copyWithLinks(image, Files.createDirectories(root.resolve("opt/oriel")));
        Path bin = Files.createDirectories(root.resolve("usr/bin"));
        for (String name : Manuals.names()) {
            Files.createSymbolicLink(bin.resolve(name), Path.of("../../opt/oriel/bin", name));
        }
        place("oriel.desktop", root.resolve("usr/share/applications/" + APP_ID + ".desktop"));
        place("oriel.metainfo.xml", root.resolve("usr/share/metainfo/" + APP_ID + ".metainfo.xml"));
        place("oriel-server.service", root.resolve("usr/lib/systemd/user/oriel-server.service"));
        icons(root.resolve("usr/share/icons/hicolor"));
        Path share = root.resolve("usr/share");
        new Manuals(places).write(share);
        Path doc = Files.createDirectories(share.resolve("doc/oriel"));
        place("copyright", doc.resolve("copyright"));
        Path changes = places.sources().resolve("../CHANGELOG.md");
        Files.write(doc.resolve("changelog.gz"), Manuals.gzip(Files.readAllBytes(changes)));
        places.stamp(root);
        return root;
    }

    private void place(String name, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.writeString(to, filled(name));
    }

    /// A file of `packaging/linux` with what the build knows.
    private String filled(String name) throws IOException {
        return Files.readString(extras.resolve(name))
                .replace("@VERSION@", places.version())
                .replace("@DATE@", places.time().toString().substring(0, 10))
                .replace("@ARCH@", architecture());
    }

    private void icons(Path hicolor) throws IOException {
        for (Path each : Jars.all(places.icons())) {
            String name = each.getFileName().toString();
            if (Files.isDirectory(each)) {
                Path to = Files.createDirectories(hicolor.resolve(name).resolve("apps"));
                Files.copy(each.resolve("oriel.png"), to.resolve(APP_ID + ".png"));
            } else if (name.endsWith(".svg")) {
                Path to = Files.createDirectories(hicolor.resolve("scalable/apps"));
                Files.copy(each, to.resolve(APP_ID + ".svg"));
            }
        }
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    private Map<String, String> clock() {
        return Map.of("SOURCE_DATE_EPOCH", Long.toString(places.time().getEpochSecond()));
    }

    private Path portable() throws IOException, InterruptedException {
        Path file =
                places.packages()
                        .resolve(
                                "oriel-%s-linux-%s.tar.xz"
                                        .formatted(places.version(), architecture()));
        Tools.run(
                places.image(),
                // Two threads always: their number changes the bytes.
                Map.of("XZ_OPT", "-6 --threads=2"),
                List.of(
                        "tar",
                        "--create",
                        "--xz",
                        "--sort=name",
                        "--mtime=" + places.time(),
                        "--owner=0",
                        "--group=0",
                        "--numeric-owner",
                        "--file=" + file,
                        image.getFileName().toString()));
        return file;
    }

    private Path deb(Path root) throws IOException, InterruptedException {
        Path tree = Places.fresh(places.work().resolve("deb"));
        Places.copyWithLinks(root, tree);
        // Debian's zsh looks in a folder of its own for what packages bring.
        Path zsh = tree.resolve("usr/share/zsh");
        Files.move(zsh.resolve("site-functions"), zsh.resolve("vendor-completions"));
        Path control = Files.createDirectories(tree.resolve("DEBIAN"));
        long kib = size(root) / 1024;
        Files.writeString(
                control.resolve("control"),
                filled("control").replace("@SIZE@", Long.toString(kib)));
        Path after = control.resolve("postrm");
        Files.writeString(after, filled("postrm"));
        Files.setPosixFilePermissions(after, PosixFilePermissions.fromString("rwxr-xr-x"));
        places.stamp(tree);
        Path file =
                places.packages()
                        .resolve("oriel_%s_%s.deb".formatted(places.version(), architecture()));
        Tools.run(
                places.work(),
                clock(),
                List.of(
                        "dpkg-deb",
                        "--root-owner-group",
                        "-Zxz",
                        "--threads-max=2",
                        "--build",
                        tree.toString(),
                        file.toString()));
        return file;
    }

    private Path rpm(Path root) throws IOException, InterruptedException {
        Path top = Places.fresh(places.work().resolve("rpm"));
        Path spec = top.resolve("oriel.spec");
        Files.writeString(spec, filled("oriel.spec"), StandardCharsets.UTF_8);
        Tools.run(
                top,
                clock(),
                List.of(
                        "rpmbuild",
                        "-bb",
                        "--quiet",
                        "--define",
                        "_topdir " + top,
                        "--define",
                        "oriel_root " + root,
                        spec.toString()));
        try (Stream<Path> found = Files.walk(top.resolve("RPMS"))) {
            Path built = found.filter(p -> p.toString().endsWith(".rpm")).findFirst().orElseThrow();
            return Files.move(
                    built,
                    places.packages().resolve(built.getFileName()),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static long size(Path folder) throws IOException {
        long sum = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                sum += Files.size(each);
            }
        }
        return sum;
    }
}
