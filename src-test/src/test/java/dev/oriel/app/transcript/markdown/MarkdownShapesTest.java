package dev.oriel.app.transcript.markdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.text.markdown.SpokenMarkdown;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.fxmisc.richtext.model.Paragraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Footnotes, alerts, foldable parts, links and images; and texts that are meant to do harm.
class MarkdownShapesTest {
    private static List<Paragraph<ParagraphStyle, String, TextStyle>> render(
            String text, Folds folds) {
        MarkdownLayout layout = SampleLayouts.of(80).withFolds(folds);
        List<Paragraph<ParagraphStyle, String, TextStyle>> all = new ArrayList<>();
        new MarkdownRenderer(layout, CodeColors.NONE)
                .render(text, true)
                .forEach(b -> {
                    ParagraphBlock block = b.block();
                    all.addAll(block.document().getParagraphs().subList(0, block.paragraphCount()));
                });
        return all;
    }

    private static List<String> texts(String text) {
        return render(text, Folds.NONE).stream().map(Paragraph::getText).toList();
    }

    @Test
    void footnotesAreNumberedInTheOrderOfTheirReferences() {
        String text = "A[^b] and B[^a], again[^b].\n\n[^a]: first text\n[^b]: second `text`\n";
        assertThat(texts(text))
                .containsExactly(
                        "A[1] and B[2], again[1].",
                        "first text\u00a0\u21a9\ufe0e",
                        "second text\u00a0\u21a9\ufe0e");
        assertThat(render(text, Folds.NONE).stream().map(p -> p.getParagraphStyle().marker()))
                .containsExactly(
                        null,
                        new ParagraphStyle.Marker.Bullet("2.", 24),
                        new ParagraphStyle.Marker.Bullet("1.", 24));
    }

    @Test
    void whatIsNoReferenceToAFootnoteStaysText() {
        assertThat(texts("A class [^a-z] and [^1].")).containsExactly("A class [^a-z] and [^1].");
        assertThat(texts("In `[^1]` code\n\n[^1]: note")).containsExactly("In [^1] code", "note");
    }

    @Test
    void aFootnoteHasAllItsIndentedParagraphs() {
        assertThat(texts("x[^1]\n\n[^1]: one\n\n    two\n\nafter"))
                .containsExactly("x[1]", "one", "two\u00a0\u21a9\ufe0e", "after");
    }

    @ParameterizedTest
    @CsvSource({
        "NOTE,Note",
        "tip,Tip",
        "Important,Important",
        "WARNING,Warning",
        "CAUTION,Caution"
    })
    void anAlertHasASignAndAWord(String kind, String word) {
        List<Paragraph<ParagraphStyle, String, TextStyle>> all =
                render("> [!" + kind + "]\n> Text *here*.", Folds.NONE);
        assertThat(all).hasSize(2);
        assertThat(all.getFirst().getText()).endsWith("  " + word).doesNotStartWith(" ");
        assertThat(all.getLast().getText()).isEqualTo("Text here.");
        assertThat(all.getLast().getParagraphStyle().classes())
                .contains("quote", "alert", "alert-" + word.toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void otherQuotesAreNoAlerts() {
        assertThat(texts("> [!OTHER]\n> text")).containsExactly("[!OTHER] text");
        assertThat(texts("> [!NOTE] with text")).containsExactly("[!NOTE] with text");
    }

    private static final String FOLDED =
            """
            before

            <details>
            <summary>The <b>title</b> &amp; more</summary>

            hidden *text*

            ```
            code
            ```

            </details>

            after\
            """;

    @Test
    void aClosedPartShowsItsSummary() {
        List<Paragraph<ParagraphStyle, String, TextStyle>> all = render(FOLDED, Folds.NONE);
        assertThat(all.stream().map(Paragraph::getText))
                .containsExactly("before", "The title & more", "after");
        assertThat(all.get(1).getParagraphStyle().action()).isNull();
        assertThat(render(FOLDED, folds(false)).get(1).getParagraphStyle().action())
                .isEqualTo(new ClickAction.TogglePart("item", "details/1/0"));
    }

    @Test
    void aPartIsOpenedAndClosedOneByOneOrWithAllOthers() {
        Folds one = folds(false, "details/1/0");
        assertThat(render(FOLDED, one).stream().map(Paragraph::getText)).contains("hidden text");
        Folds all = folds(true);
        assertThat(render(FOLDED, all).stream().map(Paragraph::getText))
                .containsExactly(
                        "before",
                        "The title & more",
                        "hidden text",
                        "Text   Copy",
                        "code",
                        "after");
        assertThat(render(FOLDED, one)).hasSize(6);
    }

    private static Folds folds(boolean allOpen, String... toggled) {
        return new Folds("item", "", allOpen, Set.of(toggled));
    }

    @Test
    void aPartKeepsItsNameWhenAnotherOneIsOpened() {
        String text =
                """
                <details><summary>A</summary>

                <details><summary>B</summary>

                b

                </details>

                </details>

                <details><summary>C</summary>

                c

                </details>
                """;
        Folds third = folds(false, "details/1/0");
        assertThat(render(text, third).stream().map(Paragraph::getText))
                .containsExactly("A", "C", "c");
        Folds nested = folds(false, "details/0/0", "details/0/0/0", "details/1/0");
        assertThat(render(text, nested).stream().map(Paragraph::getText))
                .containsExactly("A", "B", "b", "C", "c");
    }

    @Test
    void partsCanBeNestedOpenAndOnOneLine() {
        assertThat(
                        texts(
                                """
                                <details open><summary>A</summary>

                                one

                                <details>
                                <summary>B</summary>

                                two

                                </details>

                                three

                                </details>

                                <details open><summary>C</summary>four **4**</details>\
                                """))
                .containsExactly("A", "one", "B", "three", "C", "four 4");
        assertThat(texts("<details open>\n\nx\n\n</details>")).containsExactly("Details", "x");
        assertThat(texts("text\n\n</details>\n\nmore")).containsExactly("text", "more");
    }

    @Test
    void aPartThatIsNotClosedYetKeepsWhatFollows() {
        IncrementalMarkdown open = new IncrementalMarkdown(SampleLayouts.renderer(80));
        String all = FOLDED + "\n\nthe end\n";
        List<ParagraphBlock> last = List.of();
        for (int i = 1; i <= all.length(); i++) {
            last = open.render(all.substring(0, i));
        }
        assertThat(last.stream().map(b -> b.document().getText().strip()))
                .containsExactly("before", "The title & more", "after", "the end");
    }

    @Test
    void aLinkWhoseTextIsAnotherAddressShowsWhereItLeads() {
        assertThat(texts("[https://bank.com/x](https://evil.net/y)"))
                .containsExactly("https://bank.com/x (leads to evil.net)");
        assertThat(texts("[www.bank.com](https://www.bank.com.evil.net)"))
                .containsExactly("www.bank.com (leads to www.bank.com.evil.net)");
        assertThat(texts("[**bank.com**](http://evil.net)"))
                .containsExactly("bank.com (leads to evil.net)");
        for (String honest :
                List.of(
                        "[the bank](https://bank.com)",
                        "[https://bank.com](https://www.bank.com/login)",
                        "[Main.java](https://github.com/x/Main.java)",
                        "https://bank.com/a.b",
                        "[v1.2.3](https://example.org)")) {
            assertThat(texts(honest).getFirst()).doesNotContain("leads to");
        }
    }

    private static List<String> inks(String markdown) {
        return render(markdown, Folds.NONE).getFirst().getStyledSegments().stream()
                .map(s -> s.getSegment() + String.join("", s.getStyle().classes()))
                .toList();
    }

    @Test
    void elementsThatOnlyChangeTheLookAreApplied() {
        assertThat(inks("H<sub>2</sub>O <kbd>C</kbd> <b>x <I>y</I></b>"))
                .containsExactly("H", "2sub", "O ", "Ccode-inline", " ", "x strong", "ystrongem");
        assertThat(inks("<a href=\"https://example.org\">l</a>")).containsExactly("llink");
        assertThat(inks("<a href='https://evil.net'>bank.com</a>"))
                .containsExactly("bank.comlink", " (leads to evil.net)link-warning");
        assertThat(texts("<img src=\"https://i.example.org/x.png\" alt=\"A cat\"> b"))
                .containsExactly("[image: A cat · i.example.org] b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "an unclosed <b>tag",
                "a stray </b> tag",
                "<unknown>tag</unknown>",
                "<i>a <b>b</i> c",
                "a < b > c",
                "y <!-- a comment --> x",
                "*<b>*</b>"
            })
    void otherTagsAreText(String markdown) {
        String shown = texts(markdown).getFirst();
        assertThat(shown.replaceAll("</?i>", ""))
                .isEqualTo(markdown.replaceAll("</?i>", "").replace("*", ""));
    }

    @Test
    void manyTagsTakeNoLongTime() {
        String many = "x " + "<b>".repeat(20_000) + "</i>".repeat(20_000);
        assertThat(texts(many)).isNotEmpty();
    }

    @Test
    void paragraphsAndHeadingsInHtmlAreParagraphsAndHeadings() {
        assertThat(texts("<p align=\"center\">\n  <b>A</b> logo\n</p>\n\n<h2>Head</h2>"))
                .containsExactly("A logo", "Head");
        assertThat(render("<h2>Head</h2>", Folds.NONE).getFirst().getParagraphStyle().classes())
                .contains("heading");
        assertThat(texts("<form><p>x</p></form>"))
                .containsExactly("HTML   Copy", "<form><p>x</p></form>");
    }

    @Test
    void aReferenceLeadsToItsFootnoteAndTheFootnoteBack() {
        List<Paragraph<ParagraphStyle, String, TextStyle>> all =
                render(
                        "A claim[^a] here.\n\n[^a]: The note.\n\n    ```\n    x\n    ```",
                        Folds.NONE);
        assertThat(all.getFirst().getStyleAtPosition(9).action())
                .isEqualTo(new ClickAction.ToFootnote(1));
        assertThat(all.get(1).getParagraphStyle().classes())
                .contains(MarkdownBlockWriter.FOOTNOTE + 1);
        assertThat(all.getLast().getStyleAtPosition(2).action())
                .isEqualTo(new ClickAction.ToReference(1));
        assertThat(texts("[^a]: Nobody refers to it.")).containsExactly("Nobody refers to it.");
    }

    @Test
    void wideNumbersHaveRoomAndListsInListsHaveOtherBullets() {
        assertThat(bullets("8. a\n9. b").getFirst().width()).isEqualTo(24);
        assertThat(bullets("9. a\n10. b").getFirst().width()).isEqualTo(34);
        assertThat(bullets("999. a\n1000. b").getFirst().width()).isEqualTo(54);
        assertThat(bullets("0. a\n1. b").stream().map(ParagraphStyle.Marker.Bullet::text))
                .containsExactly("0.", "1.");
        assertThat(
                        bullets("- a\n  - b\n    - c\n      - d").stream()
                                .map(ParagraphStyle.Marker.Bullet::text))
                .containsExactly("•", "◦", "–", "•");
    }

    @Test
    void anEmptyItemHasItsBullet() {
        assertThat(bullets("-\n- x\n-").stream().map(ParagraphStyle.Marker.Bullet::text))
                .containsExactly("•", "•", "•");
    }

    @Test
    void anEscapedBracketIsABracketAndAFormulaIsAFormula() {
        assertThat(texts("\\[x] and \\[y] and \\(a")).containsExactly("[x] and [y] and \\(a");
        assertThat(texts("\\[x\\] and \\(a\\)")).containsExactly("\\[x\\] and \\(a\\)");
    }

    @Test
    void anOverrideOfTheDirectionIsWrittenOut() {
        assertThat(texts("a \u202Eb c")).containsExactly("a ⟨U+202E⟩b c");
        assertThat(texts("a \u200Fb \u2067c\u2069")).containsExactly("a \u200Fb \u2067c\u2069");
    }

    private static List<ParagraphStyle.Marker.Bullet> bullets(String markdown) {
        return render(markdown, Folds.NONE).stream()
                .map(p -> (ParagraphStyle.Marker.Bullet) p.getParagraphStyle().marker())
                .toList();
    }

    @Test
    void anImageIsALinkWithItsHost() {
        List<Paragraph<ParagraphStyle, String, TextStyle>> all =
                render("![a chart](https://img.example.org/c.png) ![](x.png)", Folds.NONE);
        assertThat(all.getFirst().getText())
                .isEqualTo("[image: a chart · img.example.org] [image: without a description]");
        assertThat(all.getFirst().getStyleAtPosition(10).action())
                .isEqualTo(new ClickAction.OpenLink("https://img.example.org/c.png"));
    }

    @Test
    void listsInQuotesAndCodeAndTablesInListsAreWhole() {
        assertThat(texts("> - a\n>   - b\n>\n> c")).containsExactly("a", "b", "c");
        assertThat(texts("1. a\n\n   ```\n   x\n   ```\n\n   | h |\n   |---|\n   | v |\n2. b"))
                .containsExactly("a", "Text   Copy", "x", "h", "v", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ">",
                "- ",
                "1. ",
                "**",
                "[",
                "![",
                "`",
                "<details>\n\n",
                "> [!NOTE]\n> ",
                "| ",
                "[^a]: ",
                "\\(",
                "$",
                "\u202e",
                "\u200b",
                "<details><summary>"
            })
    void whatIsNestedOrNeverClosedIsRendered(String part) {
        for (String text : List.of(part.repeat(1_000), part.repeat(1_000) + "word")) {
            assertThat(render(text, Folds.ALL_OPEN))
                    .allSatisfy(
                            p -> assertThat(p.length()).isLessThanOrEqualTo(BlockBuilder.LONGEST));
            assertThat(SpokenMarkdown.of(text, 500)).isNotNull();
        }
    }

    /// Each took minutes, or overflowed the stack.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\(",
                "\\[ ",
                "<br>\n",
                "<details ",
                "<details>\n<summary>",
                "www.a.",
                "*a* "
            })
    void theTimeForManyPartsGrowsWithTheirNumber(String part) {
        String text = part.repeat(256 * 1024 / part.length());
        String cell = part.replace("\n", " ").repeat(96 * 1024 / part.length());
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> {
                    assertThat(render(text, Folds.ALL_OPEN)).isNotNull();
                    assertThat(render("|a|\n|-|\n|" + cell + "|", Folds.NONE)).isNotEmpty();
                });
    }

    @Test
    void aHundredThousandPipesAreRendered() {
        assertThat(texts("|".repeat(100_000))).isNotEmpty();
        assertThat(texts("|a|\n|-|\n" + "|".repeat(100_000))).isNotEmpty();
        assertThat(texts("|a|\n|-|\n|" + "x".repeat(100_000) + "|"))
                .allSatisfy(t -> assertThat(t.length()).isLessThan(200));
    }
}
