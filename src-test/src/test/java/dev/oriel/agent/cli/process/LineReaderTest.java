package dev.oriel.agent.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
    private static final String TOO_LONG = "(too long)";

    /// Reads with a limit of `max` bytes, at most `piece` bytes at a time.
    private static List<String> lines(String text, int max, int piece) {
        List<String> lines = new ArrayList<>();
        InputStream in =
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
                    @Override
                    public synchronized int read(byte[] b, int off, int len) {
                        return super.read(b, off, Math.min(len, piece));
                    }
                };
        new LineReader(
                        in,
                        max,
                        new LineReader.LineListener() {
                            @Override
                            public void onLine(byte[] line) {
                                lines.add(new String(line, StandardCharsets.UTF_8));
                            }

                            @Override
                            public void onLineTooLong() {
                                lines.add(TOO_LONG);
                            }
                        })
                .readAll();
        return lines;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 1000})
    void linesComeWholeHoweverTheyAreCut(int piece) {
        assertThat(lines("a\nbcdefgh\n👋 wörld, at length\nlast\n", 100, piece))
                .containsExactly("a", "bcdefgh", "👋 wörld, at length", "last");
    }

    @Test
    void theLastLineNeedsNoBreak() {
        assertThat(lines("a\nb", 100, 1000)).containsExactly("a", "b");
    }

    @Test
    void blankLinesAreSkipped() {
        assertThat(lines("\n\na\n  \t\r\n\nb\n\n", 100, 1000)).containsExactly("a", "b");
        assertThat(lines("", 100, 1000)).isEmpty();
        assertThat(lines("\n", 100, 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 11, 1000})
    void aLineOverTheBoundIsSkippedToItsEnd(int piece) {
        String over = "y".repeat(57);
        assertThat(lines("a\n" + over + "\nb\n", 10, piece)).containsExactly("a", TOO_LONG, "b");
        assertThat(lines("a\n" + over, 10, piece)).containsExactly("a", TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1000})
    void aLineOfJustTheBoundIsTaken(int piece) {
        String just = "z".repeat(10);
        String over = "z".repeat(11);
        assertThat(lines(just + "\n" + over + "\n" + just, 10, piece))
                .containsExactly(just, TOO_LONG, just);
    }

    @Test
    void aLineMayBeFarLongerThanTheBuffer() {
        String big = "b".repeat(3_000_000);
        assertThat(lines("a\n" + big + "\nc\n" + big + "\n", 4_000_000, 70_000))
                .containsExactly("a", big, "c", big);
    }

    @Test
    void randomLinesInRandomPiecesArriveUnchanged() {
        Random random = new Random(7);
        List<String> expected =
                IntStream.range(0, 5_000)
                        .mapToObj(i -> i + "é".repeat(random.nextInt(400)))
                        .toList();
        String text = expected.stream().map(l -> l + "\n").collect(Collectors.joining());
        for (int piece : List.of(13, 4096, 65_536, 1_000_000)) {
            assertThat(lines(text, 10_000, piece)).isEqualTo(expected);
        }
    }

    @Test
    void anErrorEndsTheStream() {
        List<String> lines = new ArrayList<>();
        InputStream broken =
                new InputStream() {
                    private boolean given;

                    @Override
                    public int read() throws IOException {
                        throw new IOException("not used");
                    }

                    @Override
                    public int read(byte[] b, int off, int len) throws IOException {
                        if (given) {
                            throw new IOException("broken");
                        }
                        given = true;
                        b[off] = 'a';
                        b[off + 1] = '\n';
                        return 2;
                    }
                };
        new LineReader(
                        broken,
                        100,
                        new LineReader.LineListener() {
                            @Override
                            public void onLine(byte[] line) {
                                lines.add(new String(line, StandardCharsets.UTF_8));
                            }

                            @Override
                            public void onLineTooLong() {
                                lines.add(TOO_LONG);
                            }
                        })
                .readAll();
        assertThat(lines).containsExactly("a");
    }
}
