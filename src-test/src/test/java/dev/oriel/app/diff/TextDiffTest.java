package dev.oriel.app.diff;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.diff.FileDiff.Line;
import dev.oriel.app.diff.FileDiff.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextDiffTest {
    private static FileDiff file(String before, String after) {
        return TextDiff.ofFile(before, after, UnaryOperator.identity());
    }

    /// The diff as lines: numbers, sign, and the text with its marks in brackets.
    private static List<String> rows(FileDiff diff) {
        List<String> rows = new ArrayList<>(diff.notes());
        for (Part part : diff.parts()) {
            switch (part) {
                case Part.Kept k -> k.lines().forEach(l -> rows.add(row(' ', l)));
                case Part.Changed c -> {
                    c.removed().forEach(l -> rows.add(row('-', l)));
                    c.added().forEach(l -> rows.add(row('+', l)));
                }
                case Part.Gap g -> rows.add("… " + g.count());
            }
        }
        return rows;
    }

    private static String row(char sign, Line line) {
        StringBuilder text = new StringBuilder(line.text());
        for (FileDiff.Mark mark : line.marks().reversed()) {
            text.insert(mark.to(), ']').insert(mark.from(), '[');
        }
        return "%d %d %s%s%s"
                .formatted(
                        line.oldNumber(),
                        line.newNumber(),
                        sign,
                        text,
                        line.withoutNewline() ? "⏎̸" : "");
    }

    @Test
    void aChangeHasNumbersMarksAndThreeLinesAround() {
        String before = numbered(1, 20);
        String after = before.replace("line 10\n", "line ten\n");

        assertThat(rows(file(before, after)))
                .containsExactly(
                        "… 6",
                        "7 7  line 7",
                        "8 8  line 8",
                        "9 9  line 9",
                        "10 0 -line [10]",
                        "0 10 +line [ten]",
                        "11 11  line 11",
                        "12 12  line 12",
                        "13 13  line 13",
                        "… 7");
    }

    private static String numbered(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void fewUnchangedLinesAreNotFolded() {
        String before = numbered(1, 9);

        assertThat(rows(file(before, before.replace("line 1\n", "").replace("line 9\n", ""))))
                .contains("5 4  line 5")
                .noneMatch(r -> r.startsWith("…"));
    }

    @Test
    void aFoldKnowsItsLines() {
        FileDiff diff = file(numbered(1, 20), numbered(1, 20) + "more\n");

        Part.Gap gap = (Part.Gap) diff.parts().getFirst();
        assertThat(gap.count()).isEqualTo(17);
        assertThat(gap.lines()).hasSize(17);
        assertThat(gap.lines().getLast().text()).isEqualTo("line 17");
    }

    @Test
    void linesOfAPieceHaveNoNumbersAndNoFolds() {
        FileDiff diff =
                TextDiff.ofPiece(
                        numbered(1, 30), numbered(1, 30) + "end", UnaryOperator.identity());

        assertThat(diff.lastNumber()).isZero();
        assertThat(rows(diff)).hasSize(31).contains("0 0 +end");
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a\\nb\\n|a\\nb|1 1  a;2 0 -b;0 2 +b⏎̸",
                "a\\nb|a\\nb\\n|1 1  a;2 0 -b⏎̸;0 2 +b",
                "a\\nb|a\\nc|1 1  a;2 0 -b⏎̸;0 2 +c⏎̸",
                "a|a\\nb|1 0 -a⏎̸;0 1 +a;0 2 +b⏎̸",
                "''|a\\n|0 1 +a",
                "a\\n|''|1 0 -a",
                "''|''|No change",
                "a\\n|a\\n|No change",
                "a\\r\\nb\\r\\n|a\\nb\\n|Line endings changed: CRLF → LF",
                "a\\nb\\n|a\\r\\nb\\r\\n|Line endings changed: LF → CRLF",
                "a\\nb\\n|a\\rb\\r|Line endings changed: LF → CR",
                "a\\r\\nb\\n|a\\nb\\n|Line endings changed in 1 line",
                "a\\r\\nb\\r\\n|a\\r\\nc\\r\\n|1 1  a;2 0 -b;0 2 +c",
                "a\\r\\nb\\r\\n|a\\nc\\n|Line endings changed: CRLF → LF;1 1  a;2 0 -b;0 2 +c",
                "a\\n\\n\\n|a\\n\\n|1 1  a;2 2  ;3 0 -",
                "\\ta\\n|    a\\n|1 0 -[\\t]a;0 1 +[    ]a",
                "a \\n|a\\n|1 0 -a[ ];0 1 +a"
            })
    void endsOfLinesAndFilesAreTold(String before, String after, String rows) {
        assertThat(rows(file(unescape(before), unescape(after))))
                .containsExactly(unescape(rows).split(";"));
    }

    private static String unescape(String text) {
        return text.replace("''", "").translateEscapes();
    }

    @Test
    void aBinaryFileIsOnlyItsSize() {
        FileDiff changed = file("a\0b", "a\0bü");

        assertThat(changed.parts()).isEmpty();
        assertThat(changed.notes()).containsExactly("Binary file, 3 → 5 bytes");
        assertThat(file("", "\0".repeat(1_500)).notes())
                .containsExactly("Binary file, 1,500 bytes");
    }

    @Test
    void aMovedBlockIsRemovedAndAdded() {
        String a = numbered(1, 3);
        String b = numbered(11, 16);
        FileDiff diff = file(a + b, b + a);

        assertThat(diff.removed()).isEqualTo(3);
        assertThat(diff.added()).isEqualTo(3);
    }

    @Test
    void theDisplayedTextIsMarkedNotTheOriginal() {
        FileDiff diff =
                TextDiff.ofFile("a \u202e b\n", "a \u202e c\n", s -> s.replace("\u202e", "⟨RLO⟩"));

        assertThat(rows(diff)).containsExactly("1 0 -a ⟨RLO⟩ [b]", "0 1 +a ⟨RLO⟩ [c]");
    }

    @Test
    void bothTextsCanBeReadFromTheDiff() {
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            String before = randomText(random);
            String after = randomText(random);
            FileDiff diff = file(before, after);
            if (diff.isEmpty()) {
                continue;
            }
            assertThat(side(diff, true)).isEqualTo(before.lines().toList());
            assertThat(side(diff, false)).isEqualTo(after.lines().toList());
        }
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append((char) ('a' + random.nextInt(6))).append('\n');
        }
        return text.toString();
    }

    private static List<String> side(FileDiff diff, boolean old) {
        List<String> lines = new ArrayList<>();
        for (Part part : diff.parts()) {
            List<Line> own =
                    switch (part) {
                        case Part.Kept k -> k.lines();
                        case Part.Gap g -> g.lines();
                        case Part.Changed c -> old ? c.removed() : c.added();
                    };
            own.forEach(l -> {
                lines.add(l.text());
                assertThat(old ? l.oldNumber() : l.newNumber()).isEqualTo(lines.size());
            });
        }
        return lines;
    }

    @Test
    @Timeout(value = 20, unit = SECONDS)
    void aRewrittenLargeFileIsDividedAtItsUniqueLines() {
        String before = lines(20_000, i -> i % 2 == 0 ? "old " + i : "same " + i);
        String after = lines(20_000, i -> i % 2 == 0 ? "new " + i : "same " + i);

        FileDiff diff = file(before, after);

        assertThat(diff.added()).isEqualTo(10_000);
        assertThat(diff.removed()).isEqualTo(10_000);
    }

    @Test
    @Timeout(value = 20, unit = SECONDS)
    void largeFilesWithoutACommonLineAreListedWhole() {
        FileDiff diff = file(lines(20_000, i -> "old " + i), lines(20_000, i -> "new " + i));

        assertThat(diff.parts()).hasSize(1);
        assertThat(diff.added() + diff.removed()).isEqualTo(40_000);
    }

    private static String lines(int n, java.util.function.IntFunction<String> line) {
        return IntStream.range(0, n).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    @Timeout(value = 20, unit = SECONDS)
    void whatChangedInAVeryLongLineIsMarked() {
        String long1 = "x".repeat(100_000) + "👍🏽" + "y".repeat(100_000);
        String long2 = "x".repeat(100_000) + "👍🏿" + "y".repeat(100_000);

        Part.Changed changed = (Part.Changed) file(long1, long2).parts().getFirst();

        assertThat(changed.added().getFirst().marks())
                .containsExactly(new FileDiff.Mark(100_000, 100_004));
    }
}
