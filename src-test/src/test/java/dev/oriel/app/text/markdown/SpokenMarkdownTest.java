package dev.oriel.app.text.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpokenMarkdownTest {
    private static String spoken(String markdown) {
        return SpokenMarkdown.of(markdown, 400);
    }

    @Test
    void proseIsReadWithoutItsMarkup() {
        assertThat(spoken("# Panes\n\nThe *oriel* has\n`three` [panes](https://example.org)."))
                .isEqualTo("Panes. The oriel has three panes.");
    }

    @Test
    void codeAndTablesAreReadAsTheirSize() {
        assertThat(spoken("Run this:\n\n```sh\nmake\nmake test\n```"))
                .isEqualTo("Run this: Code, 2 lines.");
        assertThat(spoken("```\nmake\n```")).isEqualTo("Code: make.");
        assertThat(spoken("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |"))
                .isEqualTo("Table, 3 rows.");
    }

    @Test
    void aPartThatIsFoldedIsNamedAndAnOpenOneIsRead() {
        assertThat(spoken("<details><summary>More</summary>\n\nhidden\n\n</details>"))
                .isEqualTo("More, can be opened.");
        assertThat(spoken("<details open><summary>Less?</summary>\n\nshown\n\n- a\n\n</details>"))
                .isEqualTo("Less? shown. a.");
        assertThat(spoken("| a |\n|---|")).isEqualTo("Table, 1 row.");
    }

    @Test
    void aListIsReadItemByItem() {
        assertThat(spoken("- one\n- two")).isEqualTo("one. two.");
    }

    @Test
    void aLongAnswerIsCutWithAHint() {
        String said = spoken(("word ".repeat(60) + "\n\n").repeat(9));
        assertThat(said).endsWith("There is more.").hasSizeLessThan(460);
    }

    @Test
    void noWordIsOmitted() {
        assertThat(spoken("A <brand> with \\(x_1\\)<br>and $a*b*c$."))
                .isEqualTo("A <brand> with \\(x_1\\) and $a*b*c$.");
    }
}
