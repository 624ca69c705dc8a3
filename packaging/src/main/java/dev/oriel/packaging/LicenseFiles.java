package dev.oriel.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Collects the licences of everything in the package, and the bill of materials (CycloneDX). The
/// runtime contains the licences of the JDK.
final class LicenseFiles {
    private static final Pattern LICENCE =
            Pattern.compile(
                    "(META-INF/(RESOURCES/WEBJARS/[^/]+/[^/]+/)?)?"
                            + "(LICEN[CS]E|NOTICE|COPYING|COPYRIGHT)[^/]*");

    private final BuildFolders folders;

    LicenseFiles(BuildFolders folders) {
        this.folders = folders;
    }

    void collect(Path image) throws IOException {
        Path legal = BuildFolders.createEmpty(image.resolve("legal"));
        Files.copy(folders.sources().resolve("../LICENSE"), legal.resolve("LICENSE"));
        Files.copy(folders.gathered().resolve("bom.json"), legal.resolve("oriel.cdx.json"));
        for (Path jar : JarLayout.all(folders.jars())) {
            if (!jar.getFileName().toString().endsWith(".jar")) {
                continue;
            }
            String name = jar.getFileName().toString().replace(".jar", "");
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : zip.stream().filter(LicenseFiles::isLicence).toList()) {
                    Path own = Files.createDirectories(legal.resolve(name));
                    Path file = own.resolve(Path.of(entry.getName()).getFileName().toString());
                    if (!Files.exists(file)) {
                        Files.copy(zip.getInputStream(entry), file);
                    }
                }
            }
        }
    }

    private static boolean isLicence(ZipEntry entry) {
        return !entry.isDirectory()
                && LICENCE.matcher(entry.getName().toUpperCase(Locale.ROOT)).matches();
    }
}
