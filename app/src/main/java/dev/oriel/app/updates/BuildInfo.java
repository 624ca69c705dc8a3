package dev.oriel.app.updates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Objects;
import java.util.Properties;

/// The version of this program and where it is published. Written to `releases.properties` by the
/// build.
///
/// @param feed the URL of the list of published versions
/// @param page the download page; pages at other hosts are not opened
/// @param version the version of this program
public record BuildInfo(URI feed, URI page, String version) {

    public static BuildInfo load() {
        try (InputStream in = BuildInfo.class.getResourceAsStream("releases.properties")) {
            Properties properties = new Properties();
            properties.load(Objects.requireNonNull(in, "releases.properties"));
            return new BuildInfo(
                    URI.create(properties.getProperty("feed")),
                    URI.create(properties.getProperty("page")),
                    properties.getProperty("version"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read releases.properties", e);
        }
    }
}
