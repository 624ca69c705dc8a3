package dev.oriel.app.asks.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.asks.request.AskDetail.Line;
import dev.oriel.app.asks.request.AskDetail.Mark;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DetailRowsTest {
    private static DetailRows plain(String... texts) {
        return DetailRows.of(List.of(texts).stream().map(t -> new Line(Mark.PLAIN, t)).toList());
    }

    @Test
    void addedAndRemovedLinesHaveTheirSign() {
        DetailRows rows =
                DetailRows.of(
                        List.of(
                                new Line(Mark.HEADING, "file"),
                                new Line(Mark.PLAIN, "a"),
                                new Line(Mark.REMOVED, "b"),
                                new Line(Mark.ADDED, "c")));

        assertThat(rows.rows())
                .extracting(DetailRows.Row::text)
                .containsExactly("file", "a", "− b", "+ c");
    }

    @Test
    void aLongLineIsSeveralRowsWithOneNumber() {
        String line = "word ".repeat(500);
        DetailRows rows = plain("first", line);

        assertThat(rows.lines()).isEqualTo(2);
        assertThat(rows.rows()).hasSizeGreaterThan(3);
        assertThat(rows.rows().subList(1, rows.rows().size()))
                .allMatch(r -> r.number() == 2 && r.text().length() <= 600);
        assertThat(rows.rows().stream().skip(1).map(DetailRows.Row::text))
                .satisfies(parts -> assertThat(String.join("", parts)).isEqualTo(line));
    }

    @Test
    void aLongLineWithoutSpacesIsCutBetweenCharacters() {
        String line = "🙂".repeat(700);

        assertThat(plain(line).rows().stream().map(DetailRows.Row::text))
                .allMatch(t -> t.codePoints().allMatch(c -> c == 0x1f642))
                .satisfies(parts ->
                        assertThat(parts.stream().collect(Collectors.joining())).isEqualTo(line));
    }

    @Test
    void linesOutOfSightAreCounted() {
        DetailRows rows = plain("a", "b", "c", "d");

        assertThat(rows.describeHidden(0, 3)).isEqualTo("4 lines");
        assertThat(rows.describeHidden(0, 1)).isEqualTo("4 lines, 2 below");
        assertThat(rows.describeHidden(1, 2)).isEqualTo("4 lines, 1 above, 1 below");
        assertThat(rows.describeHidden(0, -1)).isEqualTo("4 lines, 4 below");
        assertThat(plain("a").describeHidden(0, 0)).isEqualTo("1 line");
    }

    @Test
    void theRestOfALongLineCountsAsALine() {
        DetailRows rows = plain("word ".repeat(500));

        assertThat(rows.describeHidden(0, 0)).isEqualTo("1 line, 1 below");
    }
}
