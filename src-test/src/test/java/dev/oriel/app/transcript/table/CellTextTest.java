package dev.oriel.app.transcript.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.markdown.SampleLayouts;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;
import org.junit.jupiter.api.Test;

/// Characters are 8 pixels wide.
class CellTextTest {
    private static StyledSegment<String, TextStyle> plain(String text) {
        return new StyledSegment<>(text, TextStyle.PLAIN);
    }

    private static List<String> lines(int width, String... segments) {
        List<StyledSegment<String, TextStyle>> row =
                List.of(segments).stream().map(CellTextTest::plain).toList();
        return new CellText(List.of(row), SampleLayouts.measure())
                .wrap(width).stream()
                        .map(l ->
                                l.segments().stream()
                                        .map(StyledSegment::getSegment)
                                        .reduce("", String::concat))
                        .toList();
    }

    @Test
    void linesAreBrokenBetweenWords() {
        assertThat(lines(80, "one two three four")).containsExactly("one two ", "three four");
    }

    @Test
    void aWordInTwoStylesIsNotBroken() {
        assertThat(lines(64, "one ab", "cdefg")).containsExactly("one ", "abcdefg");
    }

    @Test
    void aWordThatIsTooLongIsBrokenBetweenCharacters() {
        assertThat(lines(40, "abcdefghijkl")).containsExactly("abcde", "fghij", "kl");
        assertThat(lines(16, "e\u0301e\u0301e\u0301"))
                .containsExactly("e\u0301", "e\u0301", "e\u0301");
        assertThat(lines(1, "ab")).containsExactly("a", "b");
    }

    @Test
    void chineseAndThaiAreBrokenWithoutSpaces() {
        assertThat(lines(32, "測試測試測試")).containsExactly("測試測試", "測試");
        assertThat(lines(40, "ภาษาไทย")).hasSizeGreaterThan(1);
    }

    @Test
    void widthsDoNotCountBlanksAtTheEnd() {
        CellText text =
                new CellText(
                        List.of(List.of(plain("one three ")), List.of(plain("x"))),
                        SampleLayouts.measure());
        assertThat(text.natural()).isEqualTo(9 * 8);
        assertThat(text.longestWord()).isEqualTo(5 * 8);
        assertThat(text.wrap(60)).hasSize(3);
    }

    @Test
    void anEmptyCellHasOneEmptyLine() {
        assertThat(lines(40)).containsExactly("");
    }
}
