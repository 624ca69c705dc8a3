package dev.oriel.app.transcript.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fxmisc.richtext.model.StyledSegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Output of commands: which lines are shown, and in which styles.
class PrintedOutputTest {
    private static String text(List<StyledSegment<String, TextStyle>> line) {
        return line.stream().map(StyledSegment::getSegment).collect(Collectors.joining());
    }

    private static List<String> texts(List<List<StyledSegment<String, TextStyle>>> lines) {
        return lines.stream().map(PrintedOutputTest::text).toList();
    }

    private static TextStyle ink(String raw) {
        return PrintedOutput.of(raw, 0).head().getFirst().getFirst().getStyle();
    }

    private static String numbers(int n) {
        return IntStream.rangeClosed(1, n)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void startAndEndOfALongOutputAreShown() {
        PrintedOutput shown = PrintedOutput.of(numbers(1_000), 0);

        assertThat(texts(shown.head())).hasSize(16).startsWith("1").endsWith("16");
        assertThat(shown.hidden()).isEqualTo(976);
        assertThat(texts(shown.tail())).hasSize(8).startsWith("993").endsWith("1000");
    }

    @Test
    void eachExpansionShowsMoreUntilAllIsShown() {
        assertThat(PrintedOutput.of(numbers(1_000), 1).head()).hasSize(266);
        PrintedOutput all = PrintedOutput.of(numbers(1_000), 4);
        assertThat(all.head()).hasSize(1_000);
        assertThat(all.hidden()).isZero();
        assertThat(all.tail()).isEmpty();
    }

    @Test
    void oneHiddenLineIsShownInPlaceOfTheOffer() {
        assertThat(PrintedOutput.of(numbers(25), 0).head()).hasSize(25);
        assertThat(PrintedOutput.of(numbers(26), 0).hidden()).isEqualTo(2);
    }

    @Test
    void emptyLinesAtTheEndAreOmitted() {
        assertThat(texts(PrintedOutput.of("a\n\n \n\n", 0).head())).containsExactly("a");
        assertThat(PrintedOutput.of("\n\n", 0).head()).isEmpty();
    }

    @Test
    void aLongLineIsCutAndTheCutIsCounted() {
        PrintedOutput shown = PrintedOutput.of("x".repeat(200_000), 0);

        assertThat(texts(shown.head()))
                .singleElement()
                .asString()
                .endsWith("x [… 192,000 more characters in this line]");
        assertThat(shown.text()).hasSize(200_000);
    }

    @Test
    void namedColoursAreStyleClasses() {
        assertThat(ink("\u001b[31mx").classes()).contains("ansi-red");
        assertThat(ink("\u001b[94mx").classes()).contains("ansi-bright-blue");
        assertThat(ink("\u001b[30;46mx").classes()).contains("ansi-on-cyan");
        assertThat(ink("\u001b[31;7mx").classes()).contains("ansi-on-red");
        assertThat(ink("\u001b[7mx").classes()).contains("ansi-on-text");
        assertThat(ink("\u001b[1;3;4;9mx").classes())
                .contains("strong", "em", "ansi-underlined", "strike");
        assertThat(ink("\u001b[2mx").classes()).contains("ansi-dim");
        assertThat(ink("x")).isEqualTo(TextStyle.of("mono", "output-text"));
    }

    @Test
    void aFixedColourHasAShadeForLightAndOneForDarkCards() {
        String css = ink("\u001b[38;2;120;120;120mx").css();
        assertThat(css).startsWith("-fx-fill: ladder(-oriel-card-bg, #");
        assertThat(css).doesNotContain("#787878");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/x", "http://localhost:1/", "mailto:a@example.org"})
    void aWebLinkCanBeOpened(String url) {
        assertThat(ink("\u001b]8;;" + url + "\u0007x\u001b]8;;\u0007").action())
                .isEqualTo(new ClickAction.OpenLink(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "javascript:alert(1)",
                "ssh://host",
                "/bin/sh",
                "x:y",
                ""
            })
    void otherLinksAreText(String url) {
        assertThat(ink("\u001b]8;;" + url + "\u0007x\u001b]8;;\u0007").action()).isNull();
    }

    @Test
    void hiddenAndReorderingCharactersAreWrittenOutInEveryStyle() {
        assertThat(texts(PrintedOutput.of("\u001b[31ma\u202eb\u001b[0m", 0).head()))
                .containsExactly("a⟨U+202E⟩b");
    }
}
