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

    @Test
    void spansHaveTheirClassAndTheRestIsPlain() {
        assertThat(split("int x;", keyword(0, 3))).isEqualTo("int[mono, syn-keyword]  x;[mono]");
        assertThat(split("a int", keyword(2, 5))).isEqualTo("a [mono] int[mono, syn-keyword]");
        assertThat(split("int", keyword(0, 3))).isEqualTo("int[mono, syn-keyword]");
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
        assertThat(split("abc", keyword(0, 2), keyword(1, 3)))
                .isEqualTo("ab[mono, syn-keyword] c[mono, syn-keyword]");
        assertThat(split("", keyword(0, 2))).isEqualTo("[mono]");
    }
}
