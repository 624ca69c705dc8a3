package dev.oriel.app.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.transcript.FindMarks.Range;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.List;
import java.util.stream.Collectors;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FindMarksTest {
    /// Ten plain characters, then five of code.
    private static StyleSpans<TextStyle> line() {
        return new StyleSpansBuilder<TextStyle>()
                .add(TextStyle.PLAIN, 10)
                .add(TextStyle.CODE, 5)
                .create();
    }

    private static String marked(
            StyleSpans<TextStyle> before, List<Range> ranges, @Nullable Range current) {
        return FindMarks.spans(before, ranges, current).stream()
                .map(s -> s.getLength() + String.join("+", s.getStyle().classes()))
                .collect(Collectors.joining(" "));
    }

    @Test
    void matchesAreMarkedAcrossStyles() {
        assertThat(marked(line(), List.of(new Range(8, 12)), null))
                .isEqualTo("8 2found 2mono+found 3mono");
        assertThat(marked(line(), List.of(new Range(0, 1), new Range(14, 15)), null))
                .isEqualTo("1found 9 4mono 1mono+found");
    }

    @Test
    void theCurrentMatchIsMarkedDistinctly() {
        assertThat(marked(line(), List.of(new Range(0, 2), new Range(2, 4)), new Range(2, 4)))
                .isEqualTo("2found 2found+found-current 6 5mono");
    }

    @Test
    void marksAreRemovedAgain() {
        StyleSpans<TextStyle> with =
                FindMarks.spans(line(), List.of(new Range(3, 12)), new Range(3, 12));
        assertThat(FindMarks.spans(with, List.of(), null)).isEqualTo(line());
    }
}
