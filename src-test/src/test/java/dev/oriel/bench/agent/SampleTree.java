package dev.oriel.bench.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Random;

/// A folder like a project's, always the same: nested folders with 50 files each, some of them
/// binary and some ignored. It is deleted when it is closed.
final class SampleTree implements AutoCloseable {
    private static final int PER_FOLDER = 50;
    private static final String[] WORDS = {
        "return",
        "value",
        "final",
        "String",
        "if (size > 0) {",
        "}",
        "private",
        "message",
        "=",
        "new ArrayList<>();",
        "// the next one",
        "for (int i = 0;",
        "null",
        "count",
        "throw"
    };

    final Path root;

    private SampleTree(Path root) {
        this.root = root;
    }

    /// @param files their number
    /// @param bytes the mean size of a file; 0 for empty files
    static SampleTree of(int files, int bytes) throws IOException {
        Path root = Files.createTempDirectory("oriel-bench").toRealPath();
        Files.createDirectory(root.resolve(".git"));
        Files.writeString(root.resolve(".gitignore"), "build/\n*.o\n*.class\n/dist\n.cache/\n");
        Random random = new Random(7);
        Path folder = root;
        for (int i = 0; i < files; i++) {
            if (i % PER_FOLDER == 0) {
                folder = Files.createDirectories(root.resolve(folder(i / PER_FOLDER)));
            }
            String name = String.format(Locale.ROOT, "File%06d%s", i, ending(i));
            Files.write(folder.resolve(name), content(random, i, bytes));
        }
        return new SampleTree(root);
    }

    private static String folder(int n) {
        String parent = n % 20 == 19 ? "build" : "module" + n % 20;
        return parent + "/src/part" + n / 20 % 10 + "/p" + n;
    }

    private static String ending(int i) {
        return i % 10 == 9 ? ".o" : i % 10 < 7 ? ".java" : i % 10 == 7 ? ".md" : ".bin";
    }

    private static byte[] content(Random random, int i, int bytes) {
        int size = bytes == 0 ? 0 : bytes / 4 + random.nextInt(bytes * 3 / 2 + 1);
        StringBuilder text = new StringBuilder(size + 100);
        while (text.length() < size) {
            text.append("    ");
            for (int word = random.nextInt(10); word >= 0; word--) {
                text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
            }
            text.append(random.nextInt(100_000)).append('\n');
        }
        if (i % 100 == 0 && bytes > 0) {
            text.append("    throw new RareException(\"x-").append(i).append("\");\n");
        }
        if (i % 10 == 8 && bytes > 0) {
            text.insert(0, "\0\1\2");
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                            throws IOException {
                        Files.delete(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
