package dev.oriel.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Colours and other styles of output that was printed for a terminal.
class TerminalLineTest {
    private static TerminalStyle style(String raw) {
        List<TerminalLine.Run> runs = TerminalText.lines(raw).getFirst().runs();
        assertThat(runs).hasSize(1);
        return runs.getFirst().style();
    }

    private static List<String> runs(String raw) {
        TerminalLine line = TerminalText.lines(raw).getFirst();
        return line.runs().stream().map(r -> line.text().substring(r.from(), r.to())).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "31, 1",
        "36, 6",
        "90, 8",
        "97, 15",
        "38;5;3, 3",
        "38;5;12, 12",
        "38:5:12, 12",
        "0;1;32, 2"
    })
    void namedColours(String parameters, int index) {
        assertThat(style("\u001b[" + parameters + "mx").foreground())
                .isEqualTo(new TerminalColor.Named(index));
    }

    @ParameterizedTest
    @CsvSource({
        "38;2;1;2;3, 010203",
        "38:2:1:2:3, 010203",
        "38:2::1:2:3, 010203",
        "38;5;16, 000000",
        "38;5;231, ffffff",
        "38;5;196, ff0000",
        "38;5;232, 080808",
        "38;5;255, eeeeee"
    })
    void fixedColours(String parameters, String rgb) {
        assertThat(style("\u001b[" + parameters + "mx").foreground())
                .isEqualTo(new TerminalColor.Fixed(Integer.parseInt(rgb, 16)));
    }

    @ParameterizedTest
    @CsvSource({
        "38;2;300;0;0",
        "38;5;256",
        "38;5",
        "38;2;1;2",
        "38",
        "99",
        "38;2;99999999999;0;0",
        "?31",
        ">4;2",
        "38;7;1"
    })
    void invalidColoursChangeNothing(String parameters) {
        assertThat(style("\u001b[" + parameters + "mx")).isEqualTo(TerminalStyle.PLAIN);
    }

    @Test
    void attributesAreSetAndReset() {
        TerminalStyle all = style("\u001b[1;2;3;4;7;9;41mx");
        assertThat(all.bold() && all.dim() && all.italic() && all.underlined()).isTrue();
        assertThat(all.inverse() && all.struck()).isTrue();
        assertThat(all.background()).isEqualTo(new TerminalColor.Named(1));
        assertThat(style("\u001b[1;2;3;4;7;9;31;41m\u001b[22;23;24;27;29;39;49mx"))
                .isEqualTo(TerminalStyle.PLAIN);
        assertThat(style("\u001b[1;31m\u001b[mx")).isEqualTo(TerminalStyle.PLAIN);
        assertThat(style("\u001b[4:3mx").underlined()).isTrue();
        assertThat(style("\u001b[4m\u001b[4:0mx").underlined()).isFalse();
    }

    @Test
    void concealedTextIsShown() {
        assertThat(style("\u001b[8mrm -rf")).isEqualTo(TerminalStyle.PLAIN);
    }

    @Test
    void aStyleHoldsUntilItIsChangedAlsoAcrossLines() {
        List<TerminalLine> lines = TerminalText.lines("\u001b[32ma\nb\u001b[0mc");
        assertThat(lines.getFirst().runs().getFirst().style())
                .isEqualTo(lines.getLast().runs().getFirst().style());
        assertThat(lines.getLast().runs().getLast().style()).isEqualTo(TerminalStyle.PLAIN);
    }

    @Test
    void overwrittenTextHasTheStyleOfWhatIsSeen() {
        assertThat(runs("\u001b[31mred\u001b[0m\rX")).containsExactly("X", "ed");
        assertThat(style("\u001b[31m 10%\r\u001b[32m 100%").foreground())
                .isEqualTo(new TerminalColor.Named(2));
        assertThat(runs("plain\u001b[5Dab\u001b[31mcd")).containsExactly("ab", "cd", "n");
    }

    @Test
    void erasedTextTakesItsStyleWithIt() {
        assertThat(runs("\u001b[31mlong red\r\u001b[K\u001b[0mnew")).containsExactly("new");
        assertThat(style("\u001b[31mlong red\r\u001b[K\u001b[0mnew"))
                .isEqualTo(TerminalStyle.PLAIN);
    }

    @Test
    void aGapBeforeTextIsPlain() {
        assertThat(runs("\u001b[5C\u001b[31mx")).containsExactly("     ", "x");
    }

    @Test
    void aLinkHasItsTarget() {
        TerminalLine line =
                TerminalText.lines(
                                "a \u001b]8;id=1;https://example.org/x\u0007log\u001b]8;;\u0007 b")
                        .getFirst();
        assertThat(line.runs().stream().map(r -> r.style().link()))
                .containsExactly("", "https://example.org/x", "");
    }

    @Test
    void textWithoutSequencesIsOneRunALine() {
        assertThat(TerminalText.lines("one\n\ntwo"))
                .extracting(TerminalLine::text)
                .containsExactly("one", "", "two");
        assertThat(runs("one")).containsExactly("one");
        assertThat(TerminalText.lines("")).isEmpty();
    }

    @Test
    void anyBytesAreCoveredByRunsWithoutGaps() {
        Random random = new Random(7);
        String alphabet = "\u001b[]m;:0123456789\r\n\bKAGHJ\u0007 ab\u00e9\ud83d\ude00\u009b\\";
        for (int round = 0; round < 2_000; round++) {
            StringBuilder raw = new StringBuilder();
            for (int i = random.nextInt(120); i > 0; i--) {
                raw.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            List<TerminalLine> lines = TerminalText.lines(raw.toString());
            for (TerminalLine line : lines) {
                int at = 0;
                for (TerminalLine.Run run : line.runs()) {
                    assertThat(run.from()).isEqualTo(at);
                    assertThat(run.to()).isGreaterThan(at);
                    at = run.to();
                }
                assertThat(at).isEqualTo(line.text().length());
            }
        }
    }
}
