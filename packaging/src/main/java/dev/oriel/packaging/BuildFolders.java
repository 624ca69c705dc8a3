package dev.oriel.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The folders from which the build reads and to which it writes.
///
/// @param sources `packaging/`
/// @param gathered `packaging/target/`, into which Maven copies jars and the bill of materials
/// @param work parent of all output folders, each of which is created anew
/// @param version of the packages, for example `0.1.0`
/// @param time of every file in a package, so that the same input gives the same bytes
record BuildFolders(Path sources, Path gathered, Path work, String version, Instant time) {
    Path jars() {
        return gathered.resolve("jars");
    }

    Path input() {
        return work.resolve("input");
    }

    Path runtime() {
        return work.resolve("runtime");
    }

    Path icons() {
        return work.resolve("icons");
    }

    /// The program as it is installed.
    Path image() {
        return work.resolve("image");
    }

    /// The finished packages.
    Path packages() {
        return work.resolve("packages");
    }

    /// Deletes a folder with its content and creates it.
    static Path createEmpty(Path folder) throws IOException {
        delete(folder);
        return Files.createDirectories(folder);
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /// Copies a tree; symbolic links stay links.
    static void copyWithLinks(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(
                            each,
                            target,
                            StandardCopyOption.COPY_ATTRIBUTES,
                            LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    /// Sets the time of everything below a folder to [#time].
    void setTimes(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            if (!Files.isSymbolicLink(each)) {
                try {
                    Files.setLastModifiedTime(each, FileTime.from(time));
                } catch (IOException e) {
                    throw new UncheckedIOException("the time of " + each + " cannot be set", e);
                }
            }
        }
    }
}
