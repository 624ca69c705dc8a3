package dev.oriel.app.transcript.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.highlight.Spans;
import dev.oriel.app.highlight.SyntaxClass;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A line of code in the segments of its colours.
class SyntaxRunsTest {
    private static String split(String line, Spans.Span... spans) {
        return SyntaxRuns.split(line, new Spans(List.of(spans)), TextStyle.CODE).stream()
                .map(s -> s.getSegment() + s.getStyle().classes())
                .collect(Collectors.joining(" "));
    }

    private static Spans.Span keyword(int start, int end) {
        return new Spans.Span(start, end, SyntaxClass.KEYWORD);
    }

    private static Spans.Span number(int start, int end) {
        return new Spans.Span(start, end, SyntaxClass.NUMBER);
    }

    @Test
    void spansHaveTheirClassAndTheRestIsPlain() {
        assertThat(split("int x;", keyword(0, 3))).isEqualTo("int[mono, syn-keyword]  x;[mono]");
        assertThat(split("a int", keyword(2, 5))).isEqualTo("a [mono] int[mono, syn-keyword]");
        assertThat(split("int", keyword(0, 3))).isEqualTo("int[mono, syn-keyword]");
    }

    /// Each segment is a node on the screen, so those of white space alone would be costly.
    @Test
    void whiteSpaceBelongsToTheSegmentBesideIt() {
        assertThat(split("  int x", keyword(2, 5))).isEqualTo("  int[mono, syn-keyword]  x[mono]");
        assertThat(split("final int", keyword(0, 5), keyword(6, 9)))
                .isEqualTo("final int[mono, syn-keyword]");
        assertThat(split("a int \t", keyword(2, 5)))
                .isEqualTo("a [mono] int \t[mono, syn-keyword]");
        assertThat(split("int 1;", keyword(0, 3), number(4, 5)))
                .isEqualTo("int [mono, syn-keyword] 1[mono, syn-number] ;[mono]");
        assertThat(split("  ", keyword(0, 1))).isEqualTo("  [mono]");
    }

    @Test
    void aPlainLineIsOneSegment() {
        assertThat(split("int x;")).isEqualTo("int x;[mono]");
        assertThat(split("")).isEqualTo("[mono]");
    }

    /// The spans of an older, other text must not break the line.
    @Test
    void spansThatDoNotFitAreCut() {
        assertThat(split("ab", keyword(1, 9))).isEqualTo("a[mono] b[mono, syn-keyword]");
        assertThat(split("ab", keyword(5, 9))).isEqualTo("ab[mono]");
        assertThat(split("abc", keyword(0, 2), number(1, 3)))
                .isEqualTo("ab[mono, syn-keyword] c[mono, syn-number]");
        assertThat(split("", keyword(0, 2))).isEqualTo("[mono]");
    }
}
