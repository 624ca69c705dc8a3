package dev.oriel.app.text.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The lines of a Markdown text without its marks.
class PlainLinesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "# Replace the glass; Replace the glass",
                "1. **Measure** all panes in `plan.svg`; 1. Measure all panes in plan.svg",
                "  - the *middle* one; the middle one",
                "> - a [link](https://example.org) in a quote; a link in a quote",
                "| left | 412 mm |; left  412 mm",
                "-5 degrees; -5 degrees",
                "a <b>bold</b> word; a <b>bold</b> word"
            })
    void aLineHasNoMarks(String markdown, String plain) {
        assertThat(PlainLines.of(markdown)).containsExactly(plain);
    }

    @Test
    void codeIsAsItIsWrittenAndItsFencesAreNoLines() {
        assertThat(PlainLines.of("```java\nint *p = **q;\n```\nand *more*"))
                .containsExactly("int *p = **q;", "and more");
    }

    @Test
    void rulesAndBlankLinesAreNoLines() {
        assertThat(PlainLines.of("a\n\n---\n|:--|--:|\n***\n-\n```")).containsExactly("a");
        assertThat(PlainLines.of("")).isEmpty();
    }
}
