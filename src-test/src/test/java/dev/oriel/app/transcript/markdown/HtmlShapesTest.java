package dev.oriel.app.transcript.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.text.markdown.SpokenMarkdown;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.Paragraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists and tables that are written in HTML.
class HtmlShapesTest {
    private static List<Paragraph<ParagraphStyle, String, TextStyle>> render(String text) {
        List<Paragraph<ParagraphStyle, String, TextStyle>> all = new ArrayList<>();
        new MarkdownRenderer(SampleLayouts.of(80), CodeColors.NONE)
                .render(text, true)
                .forEach(b -> {
                    ParagraphBlock block = b.block();
                    all.addAll(block.document().getParagraphs().subList(0, block.paragraphCount()));
                });
        return all;
    }

    private static List<String> texts(String text) {
        return render(text).stream().map(Paragraph::getText).toList();
    }

    private static List<String> bullets(String text) {
        return render(text).stream()
                .map(p -> p.getParagraphStyle().marker())
                .map(m -> m instanceof ParagraphStyle.Marker.Bullet b ? b.text() : "")
                .toList();
    }

    private static final String TABLE =
            """
            <table class="wide">
              <thead>
                <tr><th>Name</th><th align="right">Size</th></tr>
              </thead>
              <tbody>
                <tr><td><code>a.txt</code></td><td style="text-align: right">1&nbsp;kB</td></tr>
                <tr><th>b</th><td>H<sub>2</sub>O<br>more</td></tr>
              </tbody>
            </table>
            """;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\n\n", "\n\n\n"})
    void blankLinesInATableOrListDoNotEndIt(String between) {
        String table = "Before\n\n" + TABLE.strip().replace("\n", between) + "\n\nAfter";
        assertThat(texts(table)).isEqualTo(texts("Before\n\n" + TABLE + "\nAfter"));
        assertThat(
                        texts(
                                "<ul>"
                                        + between
                                        + "<li>a</li>"
                                        + between
                                        + "<li>b</li>"
                                        + between
                                        + "</ul>"))
                .containsExactly("a", "b");
        // What follows a list that does not end is shown as it is.
        assertThat(texts("<ul>" + between + "<li>a</li>\n\nAfter\n\n<p>x</p>"))
                .endsWith("After", "x");
    }

    @Test
    void whileItArrivesATableWithBlankLinesIsOneBlock() {
        IncrementalMarkdown growing =
                new IncrementalMarkdown(
                        new MarkdownRenderer(SampleLayouts.of(80), CodeColors.NONE));
        String all = "Before\n\n" + TABLE.strip().replace("\n", "\n\n") + "\n\nAfter\n";
        List<ParagraphBlock> shown = List.of();
        for (int i = 1; i <= all.length(); i++) {
            shown = growing.render(all.substring(0, i));
        }
        assertThat(
                        shown.stream()
                                .flatMap(b ->
                                        b.document().getParagraphs().stream()
                                                .limit(b.paragraphCount()))
                                .map(Paragraph::getText))
                .isEqualTo(texts(all));
    }

    @Test
    void aTableIsATable() {
        List<Paragraph<ParagraphStyle, String, TextStyle>> rows = render(TABLE);
        assertThat(rows)
                .allSatisfy(p -> assertThat(p.getParagraphStyle().classes()).contains("table-row"));
        assertThat(rows.stream().map(Paragraph::getText))
                .containsExactly("Name\tSize", "a.txt\t1\u00a0kB", "b\tH2O", "\tmore");
        assertThat(rows.getFirst().getParagraphStyle().classes()).contains("table-head");
        assertThat(rows.get(1).getParagraphStyle().classes()).doesNotContain("table-head");
        assertThat(rows.get(1).getStyleAtPosition(1).classes()).contains("code-inline");
        assertThat(rows.get(2).getStyleAtPosition(1).classes()).contains("strong");
    }

    @Test
    void aRowIsCopiedAsMarkdown() {
        assertThat(render(TABLE).get(1).getParagraphStyle().copyText())
                .isEqualTo("| <code>a.txt</code> | 1&nbsp;kB |");
        assertThat(
                        render("<table><tr><td>a|b</td><td></td></tr></table>")
                                .getFirst()
                                .getParagraphStyle()
                                .copyText())
                .isEqualTo("| a\\|b |  |");
    }

    @Test
    void aCellOverSeveralColumnsLeavesThemEmpty() {
        assertThat(
                        texts(
                                "<table><tr><td"
                                        + " colspan=2>a</td><td>b</td></tr><tr><td>1</td><td>2</td>"
                                        + "<td>3</td></tr></table>"))
                .containsExactly("a\t\tb", "1\t2\t3");
    }

    @Test
    void aListIsAList() {
        String list =
                "<ul>\n<li>one <b>bold</b>\n<ol start=\"3\">\n<li>in</li><li>side</li></ol></li>\n"
                        + "<li>[x] two</li>\n<li></li></ul>";
        assertThat(texts(list)).containsExactly("one bold", "in", "side", "two", "");
        assertThat(bullets(list)).containsExactly("•", "3.", "4.", "☑", "•");
        assertThat(texts("<ul><li><p>one</p><p>two</p></li></ul>")).containsExactly("one", "two");
    }

    @Test
    void whatIsInAListOrTableIsAsSafeAsElsewhere() {
        List<Paragraph<ParagraphStyle, String, TextStyle>> all =
                render(
                        "<ul><li><a href=\"javascript:alert(1)\">click</a></li><li><a"
                                + " href=\"https://evil.example\">https://good.example</a></li><li"
                                + " onclick=\"x()\">text</li></ul>");
        assertThat(all.getFirst().getText()).isEqualTo("click (javascript:alert(1))");
        assertThat(all.getFirst().getStyleAtPosition(1).action()).isNull();
        assertThat(all.get(1).getText()).contains("leads to evil.example");
        assertThat(all.get(1).getStyleAtPosition(1).action())
                .isEqualTo(new ClickAction.OpenLink("https://evil.example"));
        assertThat(all.get(2).getText()).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<table><tr><td>no end",
                "<table></table>",
                "<table><tr></tr></table>",
                "<ul></ul>",
                "<ul>text<li>a</li></ul>",
                "<ul><li>a</ul></li>",
                "<li>alone</li>",
                "<tr><td>alone</td></tr>",
                "<table><td>no row</td></table>",
                "<table><tr><td rowspan=2>a</td></tr></table>",
                "<table><tr><td><ul><li>a</li></ul></td></tr></table>",
                "<table><tr><td><script>alert(1)</script></td></tr></table>",
                "<table><tr><td><input value=x></td></tr></table>",
                "<ol reversed><li>a</li></ol>",
                "<ol start=99999999999><li>a</li></ol>",
                "<ul><li>a</li></ul></ul>",
                "<ul><li>a<!-- comment --></li></ul>",
            })
    void whatIsMalformedOrUnknownIsShownAsItWasWritten(String html) {
        assertThat(String.join("", texts(html))).contains(html);
    }

    @Test
    void deepOrLongHtmlIsShownAsItWasWritten() {
        String deep = "<ul><li>".repeat(200) + "x" + "</li></ul>".repeat(200);
        assertThat(String.join("", texts(deep))).contains(deep);
        assertThat(texts("<ul><li " + "a ".repeat(9_000) + ">x</li></ul>")).containsExactly("x");
        String broken = "<ul><li " + " ".repeat(9_000) + "\"";
        assertThat(String.join("", texts(broken))).contains(broken.strip());
    }

    @Test
    void itIsReadAloudAsAListAndAsTheSizeOfATable() {
        assertThat(SpokenMarkdown.of(TABLE, 400)).isEqualTo("Table, 3 rows.");
        assertThat(SpokenMarkdown.of("<ul><li>one</li><li>two</li></ul>", 400))
                .isEqualTo("one. two.");
    }

    @Test
    void itIsReadInQuotesListsAndFoldableParts() {
        assertThat(texts("> <ul><li>a</li></ul>")).containsExactly("a");
        assertThat(texts("- <table><tr><td>a</td></tr></table>")).containsExactly("", "a");
        assertThat(texts("<details open><summary>S</summary><ul><li>a</li></ul></details>"))
                .containsExactly("S", "a");
    }
}
