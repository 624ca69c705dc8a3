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

/// Where the build reads and writes.
///
/// @param sources `packaging/`
/// @param gathered `packaging/target/`, where Maven has put jars and the bill of materials
/// @param work where everything is made, folder by folder anew
/// @param version of the packages, as `0.1.0`
/// @param time of every file in a package, so that the same input gives the same bytes
record Places(Path sources, Path gathered, Path work, String version, Instant time) {
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

    /// The program as it will lie on the person's disk.
    Path image() {
        return work.resolve("image");
    }

    /// The finished packages.
    Path packages() {
        return work.resolve("packages");
    }

    /// A folder that is there and empty.
    static Path fresh(Path folder) throws IOException {
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

    /// Copies a tree, its links as links.
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

    /// Gives everything below a folder the same time.
    void stamp(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            if (!Files.isSymbolicLink(each)) {
                try {
                    Files.setLastModifiedTime(each, FileTime.from(time));
                } catch (IOException e) {
                    throw new UncheckedIOException(each + " keeps its time", e);
                }
            }
        }
    }
}
