package dev.oriel.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Checks that two builds of the same input are equal, byte for byte.
final class ReproducibilityCheck {
    private ReproducibilityCheck() {}

    /// @throws IOException if they differ, with the names of the files
    static void check(Path first, Path second) throws IOException {
        List<Path> files = files(first);
        if (!files.equals(files(second))) {
            throw new IOException("two builds have different files");
        }
        List<Path> different = different(first, second, files);
        if (!different.isEmpty()) {
            throw new IOException("two builds differ in " + different);
        }
        System.out.printf("built twice: all %d files are equal%n", files.size());
    }

    private static List<Path> different(Path first, Path second, List<Path> files)
            throws IOException {
        var different = new ArrayList<Path>();
        for (Path file : files) {
            if (Files.mismatch(first.resolve(file), second.resolve(file)) >= 0) {
                different.add(file);
            }
        }
        return different;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
        }
    }
}
