package dev.oriel.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The licences of all that ships, and the list of it (CycloneDX), beside the program. Those of the
/// JDK lie in the runtime.
final class Legal {
    private static final Pattern LICENCE =
            Pattern.compile("(META-INF/)?(LICEN[CS]E|NOTICE|COPYING|COPYRIGHT)[^/]*");

    private final Places places;

    Legal(Places places) {
        this.places = places;
    }

    void collect(Path image) throws IOException {
        Path legal = Places.fresh(image.resolve("legal"));
        Files.copy(places.sources().resolve("../LICENSE"), legal.resolve("LICENSE"));
        Files.copy(places.gathered().resolve("bom.json"), legal.resolve("oriel.cdx.json"));
        for (Path jar : Jars.all(places.jars())) {
            if (!jar.getFileName().toString().endsWith(".jar")) {
                continue;
            }
            String name = jar.getFileName().toString().replace(".jar", "");
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : zip.stream().filter(Legal::isLicence).toList()) {
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
