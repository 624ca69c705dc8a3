package dev.oriel.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples of gitignore(5), and the corners of its wildcards.
class IgnorePatternTest {
    private static boolean matches(String line, String path) {
        IgnorePattern pattern = IgnorePattern.parse(line);
        boolean folder = path.endsWith("/");
        return pattern != null
                && pattern.matches(folder ? path.substring(0, path.length() - 1) : path, folder);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "hello.*, hello.txt, true",
                "hello.*, a/hello.c, true",
                "/hello.*, a/hello.c, false",
                "/hello.*, hello.c, true",
                "foo/, foo/, true",
                "foo/, a/foo/, true",
                "foo/, foo, false",
                "doc/frotz, doc/frotz, true",
                "doc/frotz, a/doc/frotz, false",
                "/doc/frotz, doc/frotz, true",
                "doc/frotz/, doc/frotz/, true",
                "foo/*, foo/test.json, true",
                "foo/*, foo/bar/hello.c, false",
                "**/foo, foo, true",
                "**/foo, a/b/foo, true",
                "**/foo/bar, x/foo/bar, true",
                "**/foo/bar, x/foo/y/bar, false",
                "abc/**, abc/x/y, true",
                "abc/**, abc/, false",
                "a/**/b, a/b, true",
                "a/**/b, a/x/b, true",
                "a/**/b, a/x/y/b, true",
                "a/**/b, a/x/y/c, false",
                "a/**/b/**/c, a/1/b/2/3/c, true",
                "**, anything, true",
                "*, anything, true",
                "*.c, x.cc, false",
                "*.c, .c, true",
                "a?c, abc, true",
                "a?c, a/c, false",
                "a*c, a/c, false",
                "[a-c]x, bx, true",
                "[a-c]x, dx, false",
                "[!a-c]x, dx, true",
                "[^a-c]x, bx, false",
                "[]]x, ]x, true",
                "[a-]x, -x, true",
                "[[:digit:]]x, 7x, true",
                "[[:digit:]]x, ax, false",
                "[x, [x, false",
                "\\#x, #x, true",
                "\\!x, !x, true",
                "\\*x, *x, true",
                "\\*x, ax, false",
                "a\\, a, false",
                "#x, #x, false",
                "ä*, äpfel, true",
                "Makefile, makefile, false",
            })
    void aLineMatchesAsGitDefinesIt(String line, String path, boolean expected) {
        assertThat(matches(line, path)).isEqualTo(expected);
    }

    @Test
    void blanksAtTheEndCountOnlyAfterABackslash() {
        assertThat(matches("x  ", "x")).isTrue();
        assertThat(matches("x\\ ", "x ")).isTrue();
        assertThat(matches("x\\ ", "x")).isFalse();
        assertThat(matches("x\r", "x")).isTrue();
        assertThat(matches("   ", " ")).isFalse();
        assertThat(IgnorePattern.parse("")).isNull();
        assertThat(IgnorePattern.parse("/")).isNull();
        assertThat(IgnorePattern.parse("!")).isNull();
    }

    @Test
    void hostilePatternsTakeNoExponentialTime() {
        String stars = "*a".repeat(2_000) + "b";
        String deep = "**/a/".repeat(2_000) + "b";
        String name = "a".repeat(4_000);
        String path = "a/".repeat(2_000) + "c";
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> {
                    assertThat(matches(stars, name)).isFalse();
                    assertThat(matches(deep, path)).isFalse();
                    assertThat(matches("[".repeat(5_000), name)).isFalse();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "src/*.py, src, true",
        "src/*.py, src/deep, false",
        "src/*.py, other, false",
        "/src/*, src, true",
        "src, src, true", // at any depth
        "/src, src, false",
        "src/**/x, src/a/b, true",
        "src/**, src, true",
        "**/x/y, a/b/c, true",
        "m*7/**/p1*/x, module7, true",
        "m*7/**/p1*/x, module8, false",
        "a/b/c, a, true",
        "a/b/c, a/b/c, false"
    })
    void foldersInWhichNothingCanMatchAreKnown(String line, String folder, boolean expected) {
        IgnorePattern pattern = Objects.requireNonNull(IgnorePattern.parse(line));
        assertThat(pattern.mayMatchInside(folder)).isEqualTo(expected);
    }

    @Test
    void whatMatchesIsInFoldersThatMayContainIt() {
        Random random = new Random(5);
        List<String> parts = List.of("a", "b", "ab", "*", "**", "a*", "?");
        List<String> names = List.of("a", "b", "ab", "c");
        for (int i = 0; i < 20_000; i++) {
            String line = text(random, parts);
            String path = text(random, names);
            IgnorePattern pattern = IgnorePattern.parse(line);
            if (pattern != null && pattern.matches(path, false)) {
                for (int at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
                    assertThat(pattern.mayMatchInside(path.substring(0, at)))
                            .as(line + " " + path)
                            .isTrue();
                }
            }
        }
    }

    private static String text(Random random, List<String> parts) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(text.isEmpty() ? "" : "/").append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }
}
