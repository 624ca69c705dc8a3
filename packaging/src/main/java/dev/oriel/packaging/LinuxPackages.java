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
/// jpackage creates the image except for its launchers; `dpkg-deb` and `rpmbuild` create the
/// packages. So files outside the program's folder (desktop entry, icons, man pages, unit) belong
/// to the package too, no script copies them at installation, and the bytes do not depend on the
/// date.
final class LinuxPackages {
    private static final String APP_ID = "dev.oriel.Oriel";

    private final BuildFolders folders;
    private final Path image;
    private final Path extras;

    LinuxPackages(BuildFolders folders, Path image) {
        this.folders = folders;
        this.image = image;
        this.extras = folders.sources().resolve("linux");
    }

    List<Path> build() throws IOException, InterruptedException {
        Path root = createTree();
        List<Path> packages = new ArrayList<>();
        packages.add(buildArchive());
        if (BuildTools.isInstalled("dpkg-deb")) {
            packages.add(buildDeb(root));
        } else {
            System.err.println("dpkg-deb not found: no .deb is built.");
        }
        if (BuildTools.isInstalled("rpmbuild")) {
            packages.add(buildRpm(root));
        } else {
            System.err.println("rpmbuild not found: no .rpm is built.");
        }
        return packages;
    }

    /// Creates the tree of files that both packages install.
    private Path createTree() throws IOException {
        Path root = BuildFolders.createEmpty(folders.work().resolve("root"));
        BuildFolders.copyWithLinks(image, Files.createDirectories(root.resolve("opt/oriel")));
        Path bin = Files.createDirectories(root.resolve("usr/bin"));
        for (String name : ManPages.programs()) {
            Files.createSymbolicLink(bin.resolve(name), Path.of("../../opt/oriel/bin", name));
        }
        writeTemplate(
                "oriel.desktop", root.resolve("usr/share/applications/" + APP_ID + ".desktop"));
        writeTemplate(
                "oriel.metainfo.xml",
                root.resolve("usr/share/metainfo/" + APP_ID + ".metainfo.xml"));
        writeTemplate(
                "oriel-server.service", root.resolve("usr/lib/systemd/user/oriel-server.service"));
        copyIcons(root.resolve("usr/share/icons/hicolor"));
        Path share = root.resolve("usr/share");
        new ManPages(folders).write(share);
        Path doc = Files.createDirectories(share.resolve("doc/oriel"));
        writeTemplate("copyright", doc.resolve("copyright"));
        Path changes = folders.sources().resolve("../CHANGELOG.md");
        Files.write(doc.resolve("changelog.gz"), ManPages.gzip(Files.readAllBytes(changes)));
        folders.setTimes(root);
        return root;
    }

    private void writeTemplate(String name, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.writeString(to, fillTemplate(name));
    }

    /// A file of `packaging/linux` with its placeholders replaced.
    private String fillTemplate(String name) throws IOException {
        return Files.readString(extras.resolve(name))
                .replace("@VERSION@", folders.version())
                .replace("@DATE@", folders.time().toString().substring(0, 10))
                .replace("@ARCH@", architecture());
    }

    private void copyIcons(Path hicolor) throws IOException {
        for (Path each : JarLayout.all(folders.icons())) {
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

    private Map<String, String> sourceDate() {
        return Map.of("SOURCE_DATE_EPOCH", Long.toString(folders.time().getEpochSecond()));
    }

    private Path buildArchive() throws IOException, InterruptedException {
        Path file =
                folders.packages()
                        .resolve(
                                "oriel-%s-linux-%s.tar.xz"
                                        .formatted(folders.version(), architecture()));
        BuildTools.run(
                folders.image(),
                // A fixed number of threads, because it changes the bytes.
                Map.of("XZ_OPT", "-6 --threads=2"),
                List.of(
                        "tar",
                        "--create",
                        "--xz",
                        "--sort=name",
                        "--mtime=" + folders.time(),
                        "--owner=0",
                        "--group=0",
                        "--numeric-owner",
                        "--file=" + file,
                        image.getFileName().toString()));
        return file;
    }

    private Path buildDeb(Path root) throws IOException, InterruptedException {
        Path tree = BuildFolders.createEmpty(folders.work().resolve("deb"));
        BuildFolders.copyWithLinks(root, tree);
        // On Debian, packages install completions for zsh in a folder of their own.
        Path zsh = tree.resolve("usr/share/zsh");
        Files.move(zsh.resolve("site-functions"), zsh.resolve("vendor-completions"));
        Path control = Files.createDirectories(tree.resolve("DEBIAN"));
        long kib = size(root) / 1024;
        Files.writeString(
                control.resolve("control"),
                fillTemplate("control").replace("@SIZE@", Long.toString(kib)));
        Path after = control.resolve("postrm");
        Files.writeString(after, fillTemplate("postrm"));
        Files.setPosixFilePermissions(after, PosixFilePermissions.fromString("rwxr-xr-x"));
        folders.setTimes(tree);
        Path file =
                folders.packages()
                        .resolve("oriel_%s_%s.deb".formatted(folders.version(), architecture()));
        BuildTools.run(
                folders.work(),
                sourceDate(),
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

    private Path buildRpm(Path root) throws IOException, InterruptedException {
        Path top = BuildFolders.createEmpty(folders.work().resolve("rpm"));
        Path spec = top.resolve("oriel.spec");
        Files.writeString(spec, fillTemplate("oriel.spec"), StandardCharsets.UTF_8);
        BuildTools.run(
                top,
                sourceDate(),
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
                    folders.packages().resolve(built.getFileName()),
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
