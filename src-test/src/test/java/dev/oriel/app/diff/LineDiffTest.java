package dev.oriel.app.diff;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.diff.LineDiff.Change;
import dev.oriel.app.diff.LineDiff.Row;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineDiffTest {
    /// Each letter is a line.
    private static List<String> lines(String letters) {
        return letters.isEmpty() ? List.of() : List.of(letters.split(""));
    }

    private static String diff(String before, String after) {
        return LineDiff.of(lines(before), lines(after)).stream()
                .map(LineDiffTest::format)
                .collect(Collectors.joining(" "));
    }

    private static String format(Row row) {
        return switch (row.change()) {
            case KEPT -> row.text();
            case ADDED -> "+" + row.text();
            case REMOVED -> "-" + row.text();
        };
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({
        "abc, abc, a b c",
        "abc, axc, a -b +x c",
        "abcde, axcye, a -b +x c -d +y e",
        "abc, zabc, +z a b c",
        "abc, abcz, a b c +z",
        "abc, ac, a -b c",
        "'', ab, +a +b",
        "ab, '', -a -b",
        "ab, cd, -a -b +c +d",
        "'', '', ''",
    })
    void changedLinesStandBetweenKeptOnes(String before, String after, String diff) {
        assertThat(diff(before, after)).isEqualTo(diff);
    }

    @Test
    void bothTextsAreInTheRows() {
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            List<String> before = randomLines(random);
            List<String> after = randomLines(random);
            List<Row> rows = LineDiff.of(before, after);

            assertThat(textsWithout(Change.ADDED, rows)).isEqualTo(before);
            assertThat(textsWithout(Change.REMOVED, rows)).isEqualTo(after);
        }
    }

    private static List<String> randomLines(Random random) {
        return random.ints(random.nextInt(30), 'a', 'e').mapToObj(Character::toString).toList();
    }

    private static List<String> textsWithout(Change change, List<Row> rows) {
        return rows.stream().filter(r -> r.change() != change).map(Row::text).toList();
    }

    @Test
    @Timeout(value = 10, unit = SECONDS)
    void largeTextsWithoutACommonLineAreListedWhole() {
        List<String> before = IntStream.range(0, 20_000).mapToObj(i -> "old " + i).toList();
        List<String> after = IntStream.range(0, 20_000).mapToObj(i -> "new " + i).toList();

        List<Row> rows = LineDiff.of(before, after);

        assertThat(rows).hasSize(40_000);
        assertThat(textsWithout(Change.ADDED, rows)).isEqualTo(before);
        assertThat(textsWithout(Change.REMOVED, rows)).isEqualTo(after);
    }

    @Test
    @Timeout(value = 10, unit = SECONDS)
    void aSmallChangeOfALargeTextIsFound() {
        List<String> before = IntStream.range(0, 20_000).mapToObj(i -> "line " + i).toList();
        List<String> after =
                before.stream().map(l -> l.equals("line 9999") ? "changed" : l).toList();

        assertThat(LineDiff.of(before, after))
                .filteredOn(r -> r.change() != Change.KEPT)
                .containsExactly(
                        new Row(Change.REMOVED, "line 9999"), new Row(Change.ADDED, "changed"));
    }
}
