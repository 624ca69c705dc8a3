package dev.oriel.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FuzzyQueryTest {
    private static int nameStart(String path) {
        return path.lastIndexOf('/', path.length() - 2) + 1;
    }

    private static int rank(String query, String path) {
        return FuzzyQuery.of(query).rank(path, nameStart(path));
    }

    private static String best(String query, String... paths) {
        FuzzyQuery q = FuzzyQuery.of(query);
        return List.of(paths).stream()
                .max(Comparator.comparingInt(p -> q.rank(p, nameStart(p))))
                .orElseThrow();
    }

    private static String marked(String query, String path) {
        StringBuilder marked = new StringBuilder(path);
        int[] positions = FuzzyQuery.of(query).positions(path, nameStart(path));
        for (int i = positions.length - 1; i >= 0; i--) {
            marked.insert(positions[i] + 1, ']').insert(positions[i], '[');
        }
        return marked.toString().replace("][", "");
    }

    @ParameterizedTest
    @CsvSource({
        "abc, a/b/c, true",
        "abc, cba, false",
        "abc, ABC, true",
        "ABC, abc, false",
        "ABC, xAyBzC, true",
        "aBc, aBC, true",
        "ä, Ä.txt, true",
        "日本, 日本語.md, true",
        "aa, a, false",
    })
    void aTextMatchesIfItContainsTheCharactersInTheirOrder(
            String query, String text, boolean matches) {
        assertThat(rank(query, text) != FuzzyQuery.NO_MATCH).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        // the name counts more than the path
        "app, web/src/App.java, app/src/Zebra.java",
        // a word's start, also in camel case
        "cv, src/ComposerView.java, src/Archive.java",
        "cv, ComposerView.java, Concave.java",
        "qt, src/queue_table.c, src/request.c",
        // characters that follow each other
        "main, src/main.rs, src/mapping_index.rs",
        // the start of the name
        "test, test.js, latest.js",
        // the shorter one
        "read, README.md, README.de.md",
        "a, b/a, a/xa",
        // the whole name
        "main, src/main/, src/maintenance/",
        "pom.xml, deep/down/there/pom.xml, pom.xml.bak",
        // the shorter path
        "index, index.ts, a/b/c/index.ts",
    })
    void theFirstOfTwoRanksHigher(String query, String better, String worse) {
        assertThat(rank(query, worse)).isNotEqualTo(FuzzyQuery.NO_MATCH);
        assertThat(best(query, worse, better)).isEqualTo(better);
    }

    @ParameterizedTest
    @CsvSource({
        "cv, src/ComposerView.java, src/[C]omposer[V]iew.java",
        "main, domain/main.c, domain/[main].c",
        "src/co, x/src/Code.java, x/[src/Co]de.java",
        "mm, mammal/memo.txt, mammal/[m]e[m]o.txt",
    })
    void thePositionsAreThoseOfTheBestMatch(String query, String path, String expected) {
        assertThat(marked(query, path)).isEqualTo(expected);
    }

    @Test
    void anEmptyQueryMatchesEverythingAndPrefersShortTexts() {
        assertThat(FuzzyQuery.of("  ").isEmpty()).isTrue();
        assertThat(best(" ", "long name", "a")).isEqualTo("a");
    }

    @Test
    void theMaskNeverRejectsAMatch() {
        for (String text : List.of("Größe.txt", "a b-c_d/E.F", "日本語", "😀.png", "\u0000x")) {
            for (int i = 0; i < text.length(); i++) {
                for (int j = i + 1; j <= text.length(); j++) {
                    String part = text.substring(i, j);
                    assertThat(FuzzyQuery.of(part).mayMatch(FuzzyQuery.mask(text, 0))).isTrue();
                }
            }
        }
        assertThat(FuzzyQuery.of("q").mayMatch(FuzzyQuery.mask("abc", 0))).isFalse();
    }

    @Test
    void veryLongTextsAndQueriesAreRanked() {
        String name = "x".repeat(50_000) + "y";
        assertThat(rank("xy", name)).isNotEqualTo(FuzzyQuery.NO_MATCH);
        assertThat(rank("x".repeat(10_000), name)).isNotEqualTo(FuzzyQuery.NO_MATCH);
    }

    @Test
    void anInstanceCanBeUsedForManyTexts() {
        FuzzyQuery q = FuzzyQuery.of("ab");
        int alone = q.rank("axb", 0);
        q.rank("a".repeat(150) + "b", 0);
        assertThat(q.rank("axb", 0)).isEqualTo(alone);
    }
}
