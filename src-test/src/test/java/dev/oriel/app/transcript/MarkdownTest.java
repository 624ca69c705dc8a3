package dev.oriel.app.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fxmisc.richtext.model.Paragraph;
import org.junit.jupiter.api.Test;

class MarkdownTest {
    private static final String EVERYTHING =
            """
            # Title
            Some **strong** and *soft* text with `code`, a [link](https://example.org) and
            a second line.

            1. first
               - inner
               - inner too

               with a paragraph
            2. second

            - [x] done
            - [ ] open

            > quoted
            > twice

            ```java
            class A {

            }
            ```

                indented

            | a | b |
            |---|--:|
            | 1 | 2 |

            Setext
            ======

            ***

            The end, https://example.org/bare too.
            """;

    private static List<Paragraph<Par, String, Ink>> render(String text) {
        return paragraphs(
                new Markdown(80).render(text, true).stream().map(Markdown.Piece::block).toList());
    }

    private static List<Paragraph<Par, String, Ink>> paragraphs(List<Block> blocks) {
        List<Paragraph<Par, String, Ink>> all = new ArrayList<>();
        for (Block b : blocks) {
            all.addAll(b.document().getParagraphs().subList(0, b.paragraphs()));
        }
        return all;
    }

    private static List<String> texts(String markdown) {
        return render(markdown).stream().map(Paragraph::getText).toList();
    }

    @Test
    void aParagraphFlowsOverItsLineBreaks() {
        assertThat(texts("one\ntwo\n\nthree")).containsExactly("one two", "three");
    }

    @Test
    void marksBecomeStylesAndGo() {
        Paragraph<Par, String, Ink> p = render("a **b** `c`").getFirst();

        assertThat(p.getText()).isEqualTo("a b c");
        assertThat(p.getStyleAtPosition(3).classes()).containsExactly("strong");
        assertThat(p.getStyleAtPosition(5).classes()).containsExactly("code-inline");
    }

    @Test
    void onlyHarmlessLinksCanBeOpened() {
        assertThat(render("[x](https://example.org)").getFirst().getStyleAtPosition(1).action())
                .isEqualTo(new Action.OpenLink("https://example.org"));
        assertThat(render("[x](file:///etc/passwd)").getFirst().getStyleAtPosition(1).action())
                .isNull();
        assertThat(render("[x](javascript:alert(1))").getFirst().getStyleAtPosition(1).action())
                .isNull();
    }

    @Test
    void aBareAddressIsALink() {
        assertThat(render("https://example.org/a").getFirst().getStyleAtPosition(3).action())
                .isEqualTo(new Action.OpenLink("https://example.org/a"));
    }

    @Test
    void listItemsCarryTheirBullets() {
        assertThat(
                        render("3. a\n4. b\n   - c\n- [x] d").stream()
                                .map(p -> p.getParagraphStyle().mark()))
                .containsExactly(
                        new Par.Mark.Bullet("3.", 24),
                        new Par.Mark.Bullet("4.", 24),
                        new Par.Mark.Bullet("◦", 48),
                        new Par.Mark.Bullet("☑", 24));
    }

    @Test
    void codeKeepsItsLinesAndCanBeCopied() {
        List<Paragraph<Par, String, Ink>> lines = render("```js\nlet a;\n\nb\n```");

        assertThat(lines.stream().map(Paragraph::getText))
                .containsExactly("js   Copy", "let a;", "", "b");
        assertThat(lines.getFirst().getStyleAtPosition(8).action())
                .isEqualTo(new Action.Copy("let a;\n\nb\n"));
    }

    @Test
    void tableColumnsStandUnderEachOther() {
        assertThat(texts("|name|n|\n|:--|--:|\n|a|1|\n|longer|100|"))
                .containsExactly("name       n", "a          1", "longer   100");
    }

    @Test
    void aWideTableWrapsItsCellsAndLosesNothing() {
        String cell = "word ".repeat(60).strip();
        List<Paragraph<Par, String, Ink>> rows = render("|a|b|\n|-|-|\n|x|" + cell + "|");

        assertThat(rows).allSatisfy(r -> assertThat(r.length()).isLessThanOrEqualTo(80));
        assertThat(
                        String.join(" ", rows.stream().map(Paragraph::getText).toList())
                                .split("word", -1))
                .hasSize(61);
    }

    @Test
    void noParagraphIsLongerThanTheLayoutBears() {
        String minified = "x".repeat(200_000);

        assertThat(render(minified + "\n\n```\n" + minified + "\n```\n\n- " + minified))
                .allSatisfy(p -> assertThat(p.length()).isLessThanOrEqualTo(Lines.LONGEST));
        assertThat(String.join("", texts(minified))).isEqualTo(minified);
    }

    @Test
    void aCutNeverSplitsACharacter() {
        String emoji = "a" + "😀".repeat(3_000);

        assertThat(texts(emoji))
                .allSatisfy(t -> assertThat(Character.isLowSurrogate(t.charAt(0))).isFalse());
    }

    @Test
    void controlCharactersDoNotReachTheLayout() {
        assertThat(texts("a\u0000b\u001b[31mc")).containsExactly("abc");
    }

    @Test
    void streamedInPiecesItLooksAsIfItHadComeAtOnce() {
        List<Paragraph<Par, String, Ink>> atOnce = render(EVERYTHING);
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            OpenAnswer open = new OpenAnswer(new Markdown(80));
            List<Block> last = List.of();
            int at = 0;
            while (at < EVERYTHING.length()) {
                at = Math.min(EVERYTHING.length(), at + 1 + random.nextInt(12));
                last = open.blocks(EVERYTHING.substring(0, at));
            }
            assertThat(paragraphs(last)).as("seed %d", seed).isEqualTo(atOnce);
        }
    }

    @Test
    void finishedBlocksAreNotReadAgain() {
        OpenAnswer open = new OpenAnswer(new Markdown(80));
        List<Block> before = open.blocks("one\n\ntwo\n\nthree\n");
        List<Block> after = open.blocks("one\n\ntwo\n\nthree\nand more\n");

        assertThat(after.subList(0, 2)).isEqualTo(before.subList(0, 2));
        assertThat(open.finishedChars()).isEqualTo("one\n\ntwo\n\n".length());
    }

    @Test
    void aLineThatIsNotCompleteDoesNotFinishTheBlockBeforeIt() {
        OpenAnswer open = new OpenAnswer(new Markdown(80));
        open.blocks("para\n#");

        assertThat(paragraphs(open.blocks("para\n#tag\n")).stream().map(Paragraph::getText))
                .containsExactly("para #tag");
    }
}
