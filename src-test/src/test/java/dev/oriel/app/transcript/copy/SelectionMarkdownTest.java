package dev.oriel.app.transcript.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.transcript.area.ItemPositions;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.markdown.MarkdownRenderer;
import dev.oriel.app.transcript.options.RenderSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.IndexRange;
import org.fxmisc.richtext.model.ReadOnlyStyledDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The Markdown of selections in answers. `⏎` is a line break; the selection goes from the first
/// occurrence of one text to the end of the next one of another.
class SelectionMarkdownTest {
    private static final RenderSettings SETTINGS = RenderSettings.of(80);

    private final ItemPositions positions = new ItemPositions();
    private ReadOnlyStyledDocument<ParagraphStyle, String, TextStyle> document =
            new BlockBuilder().build().document();
    private boolean empty = true;

    private void answer(String id, String markdown) {
        Item.Answer item = new Item.Answer(id, 1, markdown, false);
        List<ParagraphBlock> blocks = new ArrayList<>();
        new MarkdownRenderer(SETTINGS.markdown(id), CodeColors.NONE)
                .render(markdown, true)
                .forEach(b -> blocks.add(b.block()));
        positions.add(item, blocks);
        for (ParagraphBlock block : blocks) {
            document = empty ? block.document() : document.concat(block.document());
            empty = false;
        }
    }

    private String select(String first, String last) {
        String text = document.getText();
        int start = text.indexOf(first);
        int end = text.indexOf(last, start) + last.length();
        assertThat(start).as(first).isNotNegative();
        IndexRange range = new IndexRange(start, end);
        return SelectionMarkdown.of(document, range, positions, SETTINGS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '"',
            textBlock =
                    """
                    a **bold** word here → bold → bold → **bold**
                    a **bold** word here → ld → word → **ld** word
                    one **two *three* four** five → wo → hr → **wo *thr***
                    an `a*b` span → b → span → `b` span
                    an `a b` span → "an" → " a" → an `a`
                    a [link](https://x.y/z) here → in → he → [ink](https://x.y/z) he
                    2 \\* 3 and a\\_b\\_ → 2 → b → 2 * 3 and a_b
                    ~~gone~~ and *em* → one → em → ~~one~~ and *em*
                    # Head⏎⏎text one⏎⏎text two → Head → text → # Head⏎⏎text
                    # Head⏎⏎text → ead → te → ead⏎⏎te
                    - a⏎- b⏎- c⏎⏎end → b → c → - b⏎- c
                    - a⏎  - b⏎    - c⏎- d → b → c → - b⏎  - c
                    - a⏎  1. b⏎     - c⏎- d → a → c → - a⏎  1. b⏎     - c
                    1. a⏎2. b⏎3. c → b → c → 2. b⏎3. c
                    - [ ] a⏎- [x] b⏎- c → a → b → - [ ] a⏎- [x] b
                    > q one⏎>⏎> q two⏎⏎end → q → two → > q one⏎>⏎> q two
                    > q one⏎>⏎> q two⏎⏎end → one → q → > one⏎>⏎> q
                    ```java⏎int a;⏎int b;⏎int c;⏎``` → int b → int c; → ```java⏎int b;⏎int c;⏎```
                    ```java⏎int a;⏎int b;⏎``` → b → b → `b`
                    ````md⏎a⏎```⏎b⏎```⏎c⏎```` → a → ``` → ````md⏎a⏎```⏎````
                    ````md⏎a⏎```⏎b⏎c⏎```` → b → c → ```md⏎b⏎c⏎```
                    - x⏎⏎  ```sh⏎  ls⏎  pwd⏎  ```⏎⏎- y → x → pwd → - x⏎⏎  ```sh⏎  ls⏎  pwd⏎  ```
                    one⏎⏎1\\. no list → one → no → one⏎⏎1\\. no
                    one⏎⏎\\# no → one → no → one⏎⏎\\# no
                    one⏎⏎\\* no list → one → no → one⏎⏎\\* no
                    one⏎⏎oh\\![a](https://x.y/z) bc → ne → b → ne⏎⏎oh\\![a](https://x.y/z) b
                    a⏎⏎---⏎⏎b c → a → b → a⏎⏎---⏎⏎b
                    """)
    void aPartOfAnAnswerIsThatPartAsMarkdown(
            String markdown, String first, String last, String expected) {
        answer("a", markdown.replace("⏎", "\n"));
        assertThat(select(first, last).replace("\n", "⏎")).isEqualTo(expected);
    }

    @Test
    void whatIsSelectedWholeIsCopiedAsItWasWritten() {
        String table = "| A | B |\n|:--|--:|\n| 1 | `x` |";
        answer("a", "Intro text.\n\n" + table + "\n\n* odd *list*\n\nEnd text.");
        assertThat(select("text.", "End"))
                .isEqualTo("text.\n\n" + table + "\n\n* odd *list*\n\nEnd");
    }

    @Test
    void thePartsOfADividedBlockOfHtmlAreKept() {
        answer("a", "<details open><summary>Sum</summary>\ninner</details> after it");

        assertThat(select("Sum", "after")).contains("Sum", "inner", "after");
    }

    /// It took minutes.
    @Test
    void theTimeForCopyingCodeGrowsWithItsLength() {
        answer("a", "```java\nfirst\n" + "x\n".repeat(40_000) + "```");
        String copied =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(30), () -> select("irst", "x\n".repeat(40_000).strip()));

        assertThat(copied).startsWith("```java\nirst\nx\n").endsWith("x\n```").hasSize(80_016);
    }

    @Test
    void rowsOfATableAreATable() {
        answer("a", "| Name | Size |\n|---|---|\n| **one** | 1 |\n| two | a\\|b |\n| three | 3 |");
        assertThat(select("one", "two")).startsWith("| **one** | 1 |\n|---|---|\n| two |");
        assertThat(select("two", "3")).isEqualTo("| two | a\\|b |\n|---|---|\n| three | 3 |");
    }

    @Test
    void aSelectionAcrossAnswersKeepsBoth() {
        answer("a", "First one.\n\nSecond *one*.");
        answer("b", "Third.");
        answer("c", "Fourth and last.");
        assertThat(select("one*".substring(0, 3) + ".", "Fourth"))
                .isEqualTo("one.\n\nSecond *one*.\n\nThird.\n\nFourth");
    }

    @Test
    void aLongLineThatIsCutIsOneLine() {
        String word = "word ".repeat(900).strip();
        answer("a", "Start here.\n\n```\n" + word + "\nlast\n```");
        assertThat(select("here", "last")).isEqualTo("here.\n\n```\n" + word + "\nlast\n```");
    }
}
