package dev.oriel.app.transcript.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextExcerptTest {
    private static List<String> lines(int count) {
        return Collections.nCopies(count, "line");
    }

    @Test
    void aShortTextIsShownWhole() {
        assertThat(TextExcerpt.of(lines(5), 5, 0)).isEqualTo(new TextExcerpt(lines(5), 0));
    }

    @Test
    void aLongTextIsCutAndEachExpansionAddsLines() {
        TextExcerpt first = TextExcerpt.of(lines(100), 5, 0);
        assertThat(first.lines()).hasSize(5);
        assertThat(first.showMoreText()).isEqualTo("Show more (95 lines)");

        assertThat(TextExcerpt.of(lines(100), 5, 1).lines()).hasSize(55);
        assertThat(TextExcerpt.of(lines(100), 5, 2).hiddenLines()).isZero();
        assertThat(TextExcerpt.of(lines(6), 5, 0).showMoreText()).isEqualTo("Show 1 more line");
    }

    @Test
    void aLongLineIsCutAndGrowsWithEachExpansion() {
        List<String> line = List.of("x".repeat(100_000));
        TextExcerpt first = TextExcerpt.of(line, 5, 0);
        assertThat(first.lines().getFirst()).endsWith("[… 92,000 more characters in this line]");
        assertThat(first.hiddenLines()).isZero();

        assertThat(TextExcerpt.of(line, 5, 1).lines().getFirst())
                .hasSizeGreaterThan(first.lines().getFirst().length());
    }
}
