package dev.oriel.app.diff;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.diff.FileDiff.Line;
import dev.oriel.app.diff.FileDiff.Part;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordDiffTest {
    private static Line line(String text) {
        return new Line(1, 1, text, List.of(), false);
    }

    private static Part.Changed compare(List<String> removed, List<String> added) {
        return new WordDiff()
                .compare(
                        removed.stream().map(WordDiffTest::line).toList(),
                        added.stream().map(WordDiffTest::line).toList());
    }

    private static String marked(Line line) {
        StringBuilder text = new StringBuilder(line.text());
        for (FileDiff.Mark mark : line.marks().reversed()) {
            text.insert(mark.to(), ']').insert(mark.from(), '[');
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "int width = 10;|int height = 10;|int [width] = 10;|int [height] = 10;",
                "foo(a, b)|foo(a, b, c)|foo(a, b)|foo(a, b[, c])",
                // Neighbouring changes are one mark.
                "one two three four five|one 2 3 four five|one [two three] four five|one [2 3] four"
                        + " five",
                // Lines that hardly resemble each other have no marks.
                "int width = 10;|return nothing at all|int width = 10;|return nothing at all",
                "}|return x;|}|return x;",
                // Grapheme clusters are whole.
                "ok 👩‍💻 done here|ok 👩‍🚀 done here|ok [👩‍💻] done here|ok [👩‍🚀] done here",
                "the cafe\u0301 is open|the cafe is open|the [cafe\u0301] is open|the [cafe] is"
                        + " open",
                "x = 🇩🇪 + 1 + 2|x = 🇩🇰 + 1 + 2|x = [🇩🇪] + 1 + 2|x = [🇩🇰] + 1 + 2",
                // Chinese has no spaces between words.
                "今天天气很好吗|今天天气不好吗|今天天气[很]好吗|今天天气[不]好吗",
                "let שלום = 1 + 2|let עולם = 1 + 2|let [שלום] = 1 + 2|let [עולם] = 1 + 2",
            })
    void wordsThatDifferAreMarked(String before, String after, String removed, String added) {
        Part.Changed changed = compare(List.of(before), List.of(after));

        assertThat(marked(changed.removed().getFirst())).isEqualTo(removed);
        assertThat(marked(changed.added().getFirst())).isEqualTo(added);
    }

    @Test
    void linesArePairedWithThoseTheyResemble() {
        Part.Changed changed =
                compare(
                        List.of("int width = 10;", "String name = \"a\";"),
                        List.of("// A comment.", "int width = 20;", "", "String name = \"b\";"));

        assertThat(changed.pairs())
                .containsExactly(new FileDiff.Pair(0, 1), new FileDiff.Pair(1, 3));
        assertThat(marked(changed.added().get(1))).isEqualTo("int width = [20];");
    }

    @Test
    void pairsNeverCross() {
        Part.Changed changed =
                compare(
                        List.of("alpha beta gamma 1", "delta epsilon zeta 1"),
                        List.of("delta epsilon zeta 2", "alpha beta gamma 2"));

        assertThat(changed.pairs()).hasSize(1);
    }

    @Test
    @Timeout(value = 20, unit = SECONDS)
    void theWorkIsBoundedForManyLines() {
        WordDiff words = new WordDiff();
        List<Line> old = lines("old");
        List<Line> now = lines("new");

        Part.Changed first = words.compare(old, now);
        IntStream.range(0, 20).forEach(_ -> words.compare(old, now));
        Part.Changed last = words.compare(old, now);

        assertThat(first.pairs()).isNotEmpty();
        assertThat(last.pairs()).isEmpty();
        assertThat(last.removed()).isEqualTo(old);
    }

    private static List<Line> lines(String word) {
        return IntStream.range(0, 500)
                .mapToObj(i -> line("this is the " + word + " line with the number " + i))
                .toList();
    }

    @Test
    @Timeout(value = 20, unit = SECONDS)
    void aLineOfManyWordsIsComparedAtItsEnds() {
        String[] words = IntStream.range(0, 600).mapToObj(i -> "w" + i).toArray(String[]::new);
        String before = String.join(" ", words);
        words[300] = "other";
        String after = String.join(" ", Arrays.asList(words));

        Part.Changed changed = compare(List.of(before), List.of(after));

        assertThat(marked(changed.added().getFirst())).contains("w299 [other] w301");
    }
}
