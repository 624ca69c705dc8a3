package dev.oriel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The Markdown documents of the server and the comments that refer to them agree with each other
/// and with the code.
class ServerDocumentsTest {
    private static final Path SERVER = Path.of("../embedded-server");
    private static final Path WIRE = SERVER.resolve("docs/wire.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final int MAX_LINE_LENGTH = 120;

    // Begins with the line break: a search for white space before it would take most of the time.
    private static final Pattern COMMENT_LINE_BREAK = Pattern.compile("\\n\\s*///?\\s*");
    private static final Pattern ABSENT_DOCUMENT =
            Pattern.compile("protocols: section|protocol notes");

    private static Stream<Path> files(Path root, String suffix) {
        try (Stream<Path> all = Files.walk(root)) {
            return all
                    .filter(f ->
                            f.toString().endsWith(suffix) && !f.toString().contains("/target/"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A Java file with each comment joined to one line.
    private static String readJoined(Path file) {
        return COMMENT_LINE_BREAK.matcher(read(file)).replaceAll(" ");
    }

    private static Set<String> found(String regex, String text) {
        Set<String> all = new TreeSet<>();
        Matcher m = Pattern.compile(regex).matcher(text);
        while (m.find()) {
            all.add(m.group(1));
        }
        return all;
    }

    /// A comment refers to sections as `wire.md`, then the numbers: "wire.md 5.3" or "wire.md 5.3
    /// and 5.6". A line break, with the comment's prefix, can stand between them.
    @Test
    void everySectionOfTheWireDocumentThatACommentNamesExists() {
        Set<String> sections = found("(?m)^#+ (\\d(?:\\.\\d)?)[. ]", read(WIRE));
        Set<String> named =
                Stream.of(SERVER, TESTS)
                        .flatMap(root -> files(root, ".java"))
                        .map(ServerDocumentsTest::readJoined)
                        .flatMap(text ->
                                found("wire\\.md((?:,? (?:and )?\\d(?:\\.\\d)?)+)", text).stream())
                        .flatMap(numbers -> found("(\\d(?:\\.\\d)?)", numbers).stream())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(sections).contains("1", "1.1", "6.8");
        assertThat(named).hasSizeGreaterThan(15).isSubsetOf(sections);
    }

    @Test
    void noCommentRefersToADocumentThatIsNotInTheRepository() {
        List<Path> wrong =
                Stream.of(SERVER, TESTS)
                        .flatMap(root -> files(root, ".java"))
                        .filter(f -> !f.endsWith("ServerDocumentsTest.java"))
                        .filter(f -> ABSENT_DOCUMENT.matcher(readJoined(f)).find())
                        .toList();
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyTestInTheListOfFaultsExists() {
        Set<String> tests =
                files(TESTS, "Test.java")
                        .map(f -> f.getFileName().toString().replace(".java", ""))
                        .collect(Collectors.toSet());
        assertThat(found("`(\\w+Test)`", read(SERVER.resolve("FAULTS.md"))))
                .hasSizeGreaterThan(50)
                .isSubsetOf(tests);
    }

    @Test
    void everyRelativeLinkLeadsToAFile() {
        assertThat(files(SERVER, ".md"))
                .allSatisfy(file ->
                        assertThat(found("\\]\\((?!https?:|#)([^)#]+)", read(file)))
                                .as(file.toString())
                                .allSatisfy(
                                        link -> assertThat(file.resolveSibling(link)).exists()));
    }

    @Test
    void noLineIsTooLong() {
        assertThat(files(SERVER, ".md"))
                .allSatisfy(file ->
                        assertThat(read(file).lines())
                                .as(file.toString())
                                .allMatch(line -> line.length() <= MAX_LINE_LENGTH));
    }
}
