package dev.oriel.app.updates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Objects;
import java.util.Properties;

/// Where this Oriel was published, and which it is: written into the program while it is built.
///
/// @param feed tells which versions there are
/// @param page where a person downloads; pages elsewhere are not opened
/// @param version of this program
public record BuildInfo(URI feed, URI page, String version) {

    public static BuildInfo load() {
        try (InputStream in = BuildInfo.class.getResourceAsStream("releases.properties")) {
            Properties known = new Properties();
            known.load(Objects.requireNonNull(in, "releases.properties"));
            return new BuildInfo(
                    URI.create(known.getProperty("feed")),
                    URI.create(known.getProperty("page")),
                    known.getProperty("version"));
        } catch (IOException e) {
            throw new UncheckedIOException("a file of the program can be read", e);
        }
    }
}
