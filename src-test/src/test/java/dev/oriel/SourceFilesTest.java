package dev.oriel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Rules for source files: of the product, the tests and the packaging.
class SourceFilesTest {
    private static final int MAX_FILE_LINES = 400;
    private static final int MAX_PACKAGE_FILES = 25;
    private static final int MAX_COLUMNS = 120;
    private static final List<String> PRODUCT =
            List.of(
                    "embedded-server/message/src/main",
                    "embedded-server/client/src/main",
                    "embedded-server/src/main",
                    "app/src/main");
    private static final List<String> OTHERS =
            List.of("app/src/build", "packaging/src/main", "src-test/src/test");

    private static final Pattern SCRIPT =
            Pattern.compile(".+\\.(js|mjs|jsx|py|sh|html|json|yml)|run|postrm");

    /// A function of JavaScript or Python that begins with a verb that is used for nothing.
    private static final Pattern OWN_VERB =
            Pattern.compile(
                    "\\b(function|def)"
                        + " (say|tell|told|hear|heard|answer|take|begin|leave|ask|lay|hang"
                        + "|ring)(?![a-z])\\w*|\\bconst"
                        + " (say|tell|told|hear|heard|answer|take|begin|leave|ask)(?![a-z])\\w* ="
                        + " (async )?\\(");

    /// Descriptors have the same name in every module and package.
    private static final Set<String> DESCRIPTORS = Set.of("module-info.java", "package-info.java");

    @Test
    void noProductFileIsLong() throws IOException {
        List<Path> tooLong = new ArrayList<>();
        for (Path file : javaFiles(PRODUCT)) {
            if (Files.readAllLines(file).size() > MAX_FILE_LINES) {
                tooLong.add(file);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    /// On macOS most shortcuts have Command in place of Control, so that names of keys are made by
    /// `Shortcuts`.
    @Test
    void noTooltipNamesTheControlKey() throws IOException {
        Pattern keys = Pattern.compile("^[^/]*\"[^\"]*\\(Ctrl\\+.*");
        List<String> lines = new ArrayList<>();
        for (Path file : javaFiles(List.of("app/src/main"))) {
            Files.readAllLines(file).stream()
                    .filter(line -> keys.matcher(line).matches())
                    .forEach(lines::add);
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void everyTopLevelNameIsUnique() throws IOException {
        Map<String, Set<String>> folders = new TreeMap<>();
        for (Path file : classFiles()) {
            folders.computeIfAbsent(file.getFileName().toString(), _ -> new TreeSet<>())
                    .add(file.getParent().toString());
        }
        folders.values().removeIf(places -> places.size() == 1);
        assertThat(folders).isEmpty();
    }

    @Test
    void noPackageHasMoreThanTwentyFiveFiles() throws IOException {
        Map<String, Integer> sizes = new TreeMap<>();
        for (Path file : classFiles()) {
            sizes.merge(file.getParent().toString(), 1, Integer::sum);
        }
        sizes.values().removeIf(size -> size <= MAX_PACKAGE_FILES);
        assertThat(sizes).isEmpty();
    }

    @Test
    void noLineOfCodeOrMarkdownIsLong() throws IOException {
        List<Path> files = javaFiles(Stream.concat(PRODUCT.stream(), OTHERS.stream()).toList());
        files.addAll(otherFiles(name -> name.endsWith(".md"), 10));
        // Pages of the gallery are inputs, some of them with long lines on purpose.
        files.removeIf(file -> file.toString().contains("/resources/gallery/"));
        files.addAll(otherFiles(SCRIPT.asMatchPredicate(), 20));
        List<String> tooLong = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                // A row of a table cannot be broken.
                if (lines.get(i).length() > MAX_COLUMNS && !lines.get(i).startsWith("|")) {
                    tooLong.add(file + ":" + (i + 1));
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    /// Functions of scripts have the verbs that methods have.
    @Test
    void noScriptHasAFunctionWithAVerbOfItsOwn() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : otherFiles(SCRIPT.asMatchPredicate(), 20)) {
            OWN_VERB.matcher(Files.readString(file))
                    .results()
                    .forEach(match -> found.add(file + ": " + match.group()));
        }
        assertThat(found).isEmpty();
    }

    /// Files outside the Java sources, without what the build has made.
    private static List<Path> otherFiles(Predicate<String> wanted, int atLeast) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder :
                List.of("embedded-server", "app", "packaging", "src-test", ".ci", ".github", ".")) {
            int depth = folder.equals(".") ? 1 : Integer.MAX_VALUE;
            Path root = Path.of("..", folder);
            Files.walkFileTree(
                    root,
                    EnumSet.noneOf(FileVisitOption.class),
                    depth,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path dir, BasicFileAttributes attributes) {
                            return Set.of("target", "node_modules")
                                            .contains(dir.getFileName().toString())
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (wanted.test(file.getFileName().toString())) {
                                found.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        }
        assertThat(found).hasSizeGreaterThan(atLeast);
        return found;
    }

    private static List<Path> classFiles() throws IOException {
        return javaFiles(Stream.concat(PRODUCT.stream(), OTHERS.stream()).toList()).stream()
                .filter(file -> !DESCRIPTORS.contains(file.getFileName().toString()))
                .toList();
    }

    private static List<Path> javaFiles(List<String> folders) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(Path.of("..", folder))) {
                List<Path> java = files.filter(f -> f.toString().endsWith(".java")).toList();
                assertThat(java).as(folder).isNotEmpty();
                found.addAll(java);
            }
        }
        return found;
    }
}
