package dev.oriel.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Whether two builds of the same input are the same, byte for byte.
final class Twins {
    private Twins() {}

    /// @throws IOException if they are not, naming the first files that differ
    static void check(Path first, Path second) throws IOException {
        List<Path> files = files(first);
        if (!files.equals(files(second))) {
            throw new IOException("two builds have different files");
        }
        List<Path> different = different(first, second, files);
        if (!different.isEmpty()) {
            throw new IOException("two builds differ in " + different);
        }
        System.out.printf("built twice, and all %d files are the same%n", files.size());
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
