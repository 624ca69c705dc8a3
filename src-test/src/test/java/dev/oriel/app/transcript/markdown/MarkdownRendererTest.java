package dev.oriel.app.transcript.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fxmisc.richtext.model.Paragraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownRendererTest {
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

            A sum $a_1*b_1$ and \\(E=mc^2\\) for $5, a <brand> and a<br>break.
            \\[
            \\begin{x} 1 & 2 \\\\ 3 \\end{x} \\,\\{x\\}
            \\]

            $$ never closed, with **strong** words

            The end, https://example.org/bare too.
            """;

    private static List<Paragraph<ParagraphStyle, String, TextStyle>> render(String text) {
        return paragraphs(
                SampleLayouts.renderer(80).render(text, true).stream()
                        .map(MarkdownRenderer.RenderedBlock::block)
                        .toList());
    }

    private static List<Paragraph<ParagraphStyle, String, TextStyle>> paragraphs(
            List<ParagraphBlock> blocks) {
        List<Paragraph<ParagraphStyle, String, TextStyle>> all = new ArrayList<>();
        for (ParagraphBlock b : blocks) {
            all.addAll(b.document().getParagraphs().subList(0, b.paragraphCount()));
        }
        return all;
    }

    private static List<String> texts(String markdown) {
        return render(markdown).stream().map(Paragraph::getText).toList();
    }

    @Test
    void aLineBreakInAParagraphIsASpace() {
        assertThat(texts("one\ntwo\n\nthree")).containsExactly("one two", "three");
    }

    @Test
    void inlineMarkupBecomesStyles() {
        Paragraph<ParagraphStyle, String, TextStyle> p = render("a **b** `c`").getFirst();

        assertThat(p.getText()).isEqualTo("a b c");
        assertThat(p.getStyleAtPosition(3).classes()).containsExactly("strong");
        assertThat(p.getStyleAtPosition(5).classes()).containsExactly("code-inline");
    }

    @Test
    void onlyWebAndMailLinksCanBeOpened() {
        assertThat(render("[x](https://example.org)").getFirst().getStyleAtPosition(1).action())
                .isEqualTo(new ClickAction.OpenLink("https://example.org"));
        assertThat(render("[x](file:///etc/passwd)").getFirst().getStyleAtPosition(1).action())
                .isNull();
        assertThat(render("[x](javascript:alert(1))").getFirst().getStyleAtPosition(1).action())
                .isNull();
    }

    @Test
    void aBareAddressIsALink() {
        assertThat(render("https://example.org/a").getFirst().getStyleAtPosition(3).action())
                .isEqualTo(new ClickAction.OpenLink("https://example.org/a"));
    }

    @Test
    void listItemsHaveTheirBullets() {
        assertThat(
                        render("3. a\n4. b\n   - c\n- [x] d").stream()
                                .map(p -> p.getParagraphStyle().marker()))
                .containsExactly(
                        new ParagraphStyle.Marker.Bullet("3.", 24),
                        new ParagraphStyle.Marker.Bullet("4.", 24),
                        new ParagraphStyle.Marker.Bullet("◦", 48),
                        new ParagraphStyle.Marker.Bullet("☑", 24));
    }

    @Test
    void codeKeepsItsLinesAndCanBeCopied() {
        List<Paragraph<ParagraphStyle, String, TextStyle>> lines =
                render("```js\nlet a;\n\nb\n```");

        assertThat(lines.stream().map(Paragraph::getText))
                .containsExactly("JavaScript   Copy", "let a;", "", "b");
        assertThat(lines.getFirst().getStyleAtPosition(15).action())
                .isEqualTo(new ClickAction.Copy("let a;\n\nb\n"));
    }

    @Test
    void cellsOfATableAreDividedByTabsThatLeadToTheirColumns() {
        List<Paragraph<ParagraphStyle, String, TextStyle>> rows =
                render("|name|n|\n|:--|--:|\n|a|1|\n|longer|100|");

        assertThat(rows.stream().map(Paragraph::getText))
                .containsExactly("name\tn", "a\t1", "longer\t100");
        // Six characters and a gap of 18 pixels, then three characters aligned to the right.
        assertThat(rows.stream().map(r -> r.getParagraphStyle().tabPixels()))
                .containsExactly(List.of(66 + 16), List.of(66 + 16), List.of(66));
    }

    @Test
    void aTableThatIsTooWideWrapsItsCells() {
        String cell = "word ".repeat(60).strip();
        List<Paragraph<ParagraphStyle, String, TextStyle>> rows =
                render("|a|b|\n|-|-|\n|x|" + cell + "|");

        assertThat(rows).allSatisfy(r -> assertThat(r.length()).isLessThanOrEqualTo(80));
        assertThat(rows).hasSizeGreaterThan(4);
        assertThat(
                        String.join(" ", rows.stream().map(Paragraph::getText).toList())
                                .split("word", -1))
                .hasSize(61);
    }

    @Test
    void cellsKeepTheirMarkupLinksAndBreaks() {
        List<Paragraph<ParagraphStyle, String, TextStyle>> rows =
                render("|a|b|\n|-|-|\n|`x \\| y`<br>**z**|[l](https://example.org)|\n|only one|\n");

        assertThat(rows.stream().map(Paragraph::getText))
                .containsExactly("a\tb", "x | y\tl", "z\t", "only one\t");
        assertThat(rows.get(1).getStyleAtPosition(1).classes())
                .containsExactly("cell", "code-inline");
        assertThat(rows.get(1).getStyleAtPosition(7).action())
                .isEqualTo(new ClickAction.OpenLink("https://example.org"));
        assertThat(rows.get(2).getStyleAtPosition(1).classes()).containsExactly("cell", "strong");
    }

    @Test
    void aRowOfPlainCellsIsOneSegment() {
        String row = "|" + "cell|".repeat(200);
        List<Paragraph<ParagraphStyle, String, TextStyle>> rows =
                render(row + "\n|" + "-|".repeat(200) + "\n" + row);

        assertThat(rows).hasSize(2);
        assertThat(rows).allSatisfy(r -> assertThat(r.getStyledSegments()).hasSize(1));
    }

    @Test
    void aTableWithoutMeasureOfColumnsShowsTheFirstOnes() {
        String text = "|" + "x|".repeat(100_000) + "\n|" + "-|".repeat(100_000) + "\n";
        List<String> rows = texts(text + "|a|");

        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst()).endsWith("… 99,600 more columns");
        assertThat(rows.getFirst().split("\t")).hasSize(401);
    }

    @Test
    void noParagraphIsLongerThanTheLimit() {
        String minified = "x".repeat(200_000);

        assertThat(render(minified + "\n\n```\n" + minified + "\n```\n\n- " + minified))
                .allSatisfy(p -> assertThat(p.length()).isLessThanOrEqualTo(BlockBuilder.LONGEST));
        assertThat(String.join("", texts(minified))).isEqualTo(minified);
    }

    @Test
    void aCutDoesNotSplitACharacter() {
        String emoji = "a" + "😀".repeat(3_000);

        assertThat(texts(emoji))
                .allSatisfy(t -> assertThat(Character.isLowSurrogate(t.charAt(0))).isFalse());
    }

    @Test
    void controlCharactersDoNotReachTheLayout() {
        assertThat(texts("a\u0000b\u001b[31mc")).containsExactly("abc");
    }

    @Test
    void streamedPiecesRenderLikeTheWholeText() {
        List<Paragraph<ParagraphStyle, String, TextStyle>> atOnce = render(EVERYTHING);
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            IncrementalMarkdown open = new IncrementalMarkdown(SampleLayouts.renderer(80));
            List<ParagraphBlock> last = List.of();
            int at = 0;
            while (at < EVERYTHING.length()) {
                at = Math.min(EVERYTHING.length(), at + 1 + random.nextInt(12));
                last = open.render(EVERYTHING.substring(0, at));
            }
            assertThat(paragraphs(last)).as("seed %d", seed).isEqualTo(atOnce);
        }
    }

    @Test
    void allKindsOfLineEndsRenderTheSame() {
        for (String end : List.of("\r", "\r\n")) {
            String text = EVERYTHING.replace("\n", end);
            assertThat(render(text)).isEqualTo(render(EVERYTHING));
            IncrementalMarkdown open = new IncrementalMarkdown(SampleLayouts.renderer(80));
            List<ParagraphBlock> last = List.of();
            for (int at = 1; at <= text.length(); at++) {
                last = open.render(text.substring(0, at));
            }
            assertThat(paragraphs(last)).isEqualTo(render(EVERYTHING));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\(E=mc^2\\)",
                "$a_1*b_1 + a_2*b_2$",
                "\\[x_1 * y_1 * z\\]",
                "$$\\sum_{i=1}^{n} x_i * y_i * z_i$$",
                "\\[\n\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} \\,\\{x\\}\n\\]",
                "$$\na_{1} = `b`\n- c * d * e\n$$",
                "$\\{a, b\\} \\$ c_1 _d_$"
            })
    void aFormulaKeepsEveryCharacter(String formula) {
        assertThat(String.join("\n", texts(formula))).isEqualTo(formula);
        assertThat(String.join("\n", texts("- " + formula.replace("\n", "\n  "))))
                .isEqualTo(formula);
        assertThat(texts("Let " + formula.replace('\n', ' ') + " be *it*."))
                .containsExactly("Let " + formula.replace('\n', ' ') + " be it.");
    }

    @Test
    void amountsOfMoneyAndVariablesAreNotFormulas() {
        assertThat(texts("It costs $5 and *not* $6, see $HOME and *also* $PATH."))
                .containsExactly("It costs $5 and not $6, see $HOME and also $PATH.");
        assertThat(texts("$$ is the *process*")).containsExactly("$$ is the process");
        assertThat(texts("\\(open *word*")).containsExactly("\\(open word");
    }

    @Test
    void onlyABrElementBreaksALine() {
        assertThat(texts("a<br>b<BR />c<br class=\"x\">d")).containsExactly("a", "b", "c", "d");
        assertThat(texts("a <brand> and <break/> and <br-x>"))
                .containsExactly("a <brand> and <break/> and <br-x>");
        assertThat(texts("a\n\n<br>\n\nb")).containsExactly("a", "b");
    }

    @Test
    void everyHeadingLevelHasItsOwnStyle() {
        assertThat(
                        render("# a\n## b\n### c\n#### d\n##### e\n###### f").stream()
                                .map(p -> p.getStyleAtPosition(1).classes()))
                .containsExactly(
                        List.of("h1"),
                        List.of("h2"),
                        List.of("h3"),
                        List.of("h4"),
                        List.of("h5"),
                        List.of("h6"));
    }

    @Test
    void aThematicBreakHasAHeight() {
        assertThat(render("a\n\n---\n\nb").get(1).length()).isPositive();
    }

    @Test
    void finishedBlocksAreNotParsedAgain() {
        IncrementalMarkdown open = new IncrementalMarkdown(SampleLayouts.renderer(80));
        List<ParagraphBlock> before = open.render("one\n\ntwo\n\nthree\n");
        List<ParagraphBlock> after = open.render("one\n\ntwo\n\nthree\nand more\n");

        assertThat(after.subList(0, 2)).isEqualTo(before.subList(0, 2));
        assertThat(open.finishedChars()).isEqualTo("one\n\ntwo\n\n".length());
    }

    @Test
    void anIncompleteLineDoesNotFinishTheBlockBeforeIt() {
        IncrementalMarkdown open = new IncrementalMarkdown(SampleLayouts.renderer(80));
        open.render("para\n#");

        assertThat(paragraphs(open.render("para\n#tag\n")).stream().map(Paragraph::getText))
                .containsExactly("para #tag");
    }
}
