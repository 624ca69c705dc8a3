package dev.oriel.app.transcript.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.diff.EditDiffs;
import dev.oriel.app.diff.TextDiff;
import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.highlight.ColoredLines;
import dev.oriel.app.highlight.Language;
import dev.oriel.app.highlight.Spans;
import dev.oriel.app.highlight.SyntaxClass;
import dev.oriel.app.reading.DiffLayout;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.markdown.TextColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fxmisc.richtext.model.StyledSegment;
import org.junit.jupiter.api.Test;

class DiffRendererTest {
    private static DiffView view(int columns, DiffLayout layout) {
        return new DiffView(
                ParagraphStyle.of("diff-row"),
                columns,
                layout,
                1_000,
                2_000,
                Set.<String>of()::contains,
                part -> new ClickAction.TogglePart("item", part),
                null,
                CodeColors.NONE);
    }

    private static DiffView opened(DiffView v, String... parts) {
        return new DiffView(
                v.line(),
                v.columns(),
                v.layout(),
                v.most(),
                v.longest(),
                Set.<String>of(parts)::contains,
                v.toggle(),
                v.language(),
                v.colors());
    }

    private static List<EditDiffs.Titled> file(String before, String after) {
        return List.of(
                new EditDiffs.Titled("", TextDiff.ofFile(before, after, UnaryOperator.identity())));
    }

    private static List<String> texts(RenderedDiff diff) {
        return diff.rows().stream().map(DiffRendererTest::text).toList();
    }

    private static String text(RenderedDiff.Row row) {
        return row.text().stream().map(StyledSegment::getSegment).collect(Collectors.joining());
    }

    private static String numbered(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void aUnifiedDiffHasBothNumbersASignAndTheCode() {
        assertThat(
                        texts(
                                DiffRenderer.render(
                                        file("a\nb\nc\n", "a\nB\nc\n"),
                                        view(80, DiffLayout.UNIFIED))))
                .containsExactly(" 1  1   a", " 2    − b", "    2 + B", " 3  3   c");
    }

    @Test
    void aNarrowDiffKeepsOneNumber() {
        assertThat(
                        texts(
                                DiffRenderer.render(
                                        file("a\nb\nc\n", "a\nB\nc\n"),
                                        view(40, DiffLayout.UNIFIED))))
                .containsExactly(" 1   a", " 2 − b", " 2 + B", " 3   c");
    }

    @Test
    void linesThatResembleEachOtherAreBesideEachOther() {
        List<String> rows =
                texts(
                        DiffRenderer.render(
                                file("same\nint a = 1;\n", "same\n// new\nint a = 2;\n"),
                                view(60, DiffLayout.SIDE_BY_SIDE)));

        assertThat(rows)
                .containsExactly(
                        " 1   same                      1   same",
                        "                               2 + // new",
                        " 2 − int a = 1;                3 + int a = 2;");
    }

    @Test
    void theRightSideStartsAtItsColumnForWideCharacters() {
        RenderedDiff diff =
                DiffRenderer.render(
                        file("漢字漢字 = 👍🏽;\n", "漢字 = e\u0301;\n"),
                        view(60, DiffLayout.SIDE_BY_SIDE));

        RenderedDiff.Row row = diff.rows().getFirst();
        assertThat(row.par().tabStops()).containsExactly(30);
        String text = text(row);
        assertThat(TextColumns.width(text.substring(0, text.indexOf(" 1 +")))).isEqualTo(30);
    }

    @Test
    void aLongLineContinuesUnderItsCode() {
        RenderedDiff diff =
                DiffRenderer.render(file("", "x".repeat(100) + "\n"), view(40, DiffLayout.UNIFIED));

        assertThat(texts(diff))
                .containsExactly(
                        " 1 + " + "x".repeat(35),
                        "     " + "x".repeat(35),
                        "     " + "x".repeat(30));
        assertThat(diff.rows())
                .extracting(r -> r.par().continuation())
                .containsExactly(false, true, true);
    }

    @Test
    void eachSideWrapsInItsOwnColumn() {
        RenderedDiff diff =
                DiffRenderer.render(
                        file("aa " + "x".repeat(60) + "\n", "aa\n"),
                        view(60, DiffLayout.SIDE_BY_SIDE));

        assertThat(diff.rows()).hasSizeGreaterThan(2);
        assertThat(diff.rows())
                .allMatch(r -> TextColumns.width(text(r)) <= 60)
                .allMatch(r -> r.par().tabStops().getLast() == 30);
    }

    @Test
    void aTabEndsAtAMultipleOfFourColumnsOfTheCode() {
        RenderedDiff.Row row =
                DiffRenderer.render(file("", "\tab\tc\n"), view(40, DiffLayout.UNIFIED))
                        .rows()
                        .getFirst();

        assertThat(row.par().tabStops()).containsExactly(5 + 4, 5 + 8);
        assertThat(text(row)).endsWith("\tab\tc");
    }

    @Test
    void aFoldOpensWhereItsLinesAreKnown() {
        List<EditDiffs.Titled> diff = file(numbered(1, 20), numbered(1, 20) + "end\n");
        DiffView view = view(80, DiffLayout.UNIFIED);

        RenderedDiff folded = DiffRenderer.render(diff, view);
        RenderedDiff open = DiffRenderer.render(diff, opened(view, "fold-0-0"));

        assertThat(texts(folded)).startsWith("⋯ 17 unchanged lines", "18 18   line 18");
        assertThat(folded.rows().getFirst().par().action())
                .isEqualTo(new ClickAction.TogglePart("item", "fold-0-0"));
        assertThat(texts(open)).startsWith("⋯ Fold 17 unchanged lines", " 1  1   line 1");
    }

    @Test
    void aMissingNewlineIsSaidUnderItsLine() {
        DiffView split = view(100, DiffLayout.SIDE_BY_SIDE);

        assertThat(texts(DiffRenderer.render(file("a", "a\n"), view(80, DiffLayout.UNIFIED))))
                .containsExactly(" 1    − a", "        No newline at end of file", "    1 + a");
        assertThat(texts(DiffRenderer.render(file("a", "a\n"), split)).get(1))
                .startsWith("     No newline at end of file");
    }

    @Test
    void moreRowsThanAllowedAreCounted() {
        DiffView v = view(80, DiffLayout.UNIFIED);
        DiffView few =
                new DiffView(
                        v.line(),
                        80,
                        v.layout(),
                        10,
                        2_000,
                        Set.<String>of()::contains,
                        v.toggle(),
                        null,
                        v.colors());

        RenderedDiff diff = DiffRenderer.render(file("", numbered(1, 500)), few);

        assertThat(diff.rows()).hasSize(10);
        assertThat(diff.hiddenLines()).isEqualTo(490);
    }

    @Test
    void changesAreTheRowsWhereAChangeStarts() {
        String before = numbered(1, 40);
        RenderedDiff diff =
                DiffRenderer.render(
                        file(before, before.replace("line 10\n", "").replace("line 30\n", "x\n")),
                        view(80, DiffLayout.UNIFIED));

        assertThat(diff.changes())
                .extracting(i -> texts(diff).get(i))
                .containsExactly("10    − line 10", "30    − line 30");
    }

    @Test
    void aLongLineIsCutAroundItsFirstChange() {
        String long1 = "x".repeat(50_000) + "A" + "y".repeat(50_000);
        DiffView v = view(80, DiffLayout.UNIFIED);

        String shown =
                String.join(
                        "", texts(DiffRenderer.render(file(long1, long1.replace("A", "BB")), v)));

        assertThat(shown.length()).isLessThan(8_000);
        assertThat(shown).contains("characters] ", "BB", "more characters in this line]");
    }

    @Test
    void theWordsThatChangedHaveAStyleOfTheirOwn() {
        RenderedDiff diff =
                DiffRenderer.render(
                        file("int a = 1;\n", "int b = 1;\n"), view(80, DiffLayout.UNIFIED));

        assertThat(styled(diff, "diff-removed-word")).containsExactly("a");
        assertThat(styled(diff, "diff-added-word")).containsExactly("b");
    }

    private static List<String> styled(RenderedDiff diff, String styleClass) {
        List<String> found = new ArrayList<>();
        for (RenderedDiff.Row row : diff.rows()) {
            for (StyledSegment<String, TextStyle> s : row.text()) {
                if (s.getStyle().classes().contains(styleClass)) {
                    found.add(s.getSegment());
                }
            }
        }
        return found;
    }

    @Test
    void eachSideHasItsOwnSyntaxColours() {
        CodeColors colors =
                (_, lines) ->
                        new ColoredLines(
                                lines.stream()
                                        .map(l ->
                                                new Spans(
                                                        List.of(
                                                                new Spans.Span(
                                                                        0,
                                                                        3,
                                                                        SyntaxClass.KEYWORD))))
                                        .toList(),
                                true);
        DiffView v = view(80, DiffLayout.UNIFIED);
        DiffView colored =
                new DiffView(
                        v.line(),
                        80,
                        v.layout(),
                        100,
                        2_000,
                        Set.<String>of()::contains,
                        v.toggle(),
                        Language.JAVA,
                        colors);

        RenderedDiff diff =
                DiffRenderer.render(file("int a = 1;\n", "int bcd = 1;\nvar c;\n"), colored);

        assertThat(styled(diff, SyntaxClass.KEYWORD.styleClass()))
                .containsExactly("int", "int", "var");
    }

    @Test
    void rightToLeftCodeStaysInItsColumns() {
        RenderedDiff diff =
                DiffRenderer.render(
                        file("שלום = 1\n", "עולם = 1\n"), view(80, DiffLayout.SIDE_BY_SIDE));

        assertThat(diff.rows().getFirst().text().getFirst().getStyle().classes())
                .contains("left-to-right");
    }

    @Test
    void theLayoutDependsOnTheRoomAndTheSetting() {
        assertThat(DiffView.isSplit(DiffLayout.AUTOMATIC, 88)).isFalse();
        assertThat(DiffView.isSplit(DiffLayout.AUTOMATIC, 160)).isTrue();
        assertThat(DiffView.isSplit(DiffLayout.SIDE_BY_SIDE, 88)).isTrue();
        assertThat(DiffView.isSplit(DiffLayout.SIDE_BY_SIDE, 40)).isFalse();
        assertThat(DiffView.isSplit(DiffLayout.UNIFIED, 200)).isFalse();
    }

    @Test
    void aNewFileIsNeverSplit() {
        List<String> rows =
                texts(DiffRenderer.render(file("", "a\nb\n"), view(100, DiffLayout.SIDE_BY_SIDE)));

        assertThat(rows).containsExactly("    1 + a", "    2 + b");
    }

    @Test
    void coloursAreOnlyAskedForTheLinesThatAreShown() {
        List<List<String>> asked = new ArrayList<>();
        CodeColors colors =
                (_, lines) -> {
                    asked.add(List.copyOf(lines));
                    return ColoredLines.PLAIN;
                };
        DiffView v = view(80, DiffLayout.UNIFIED);
        DiffView few =
                new DiffView(
                        v.line(),
                        v.columns(),
                        v.layout(),
                        10,
                        v.longest(),
                        v.opened(),
                        v.toggle(),
                        Language.JAVA,
                        colors);
        String replaced = numbered(1, 4).replace("line", "other");

        RenderedDiff diff =
                DiffRenderer.render(
                        file(numbered(1, 1_000), replaced + numbered(5, 1_000) + "more\n"), few);
        DiffRenderer.render(file("", numbered(1, 1_000)), few);

        assertThat(diff.rows()).hasSize(10);
        assertThat(asked.getFirst()).startsWith("line 1").contains("line 6");
        assertThat(asked.get(1)).startsWith("other 1").contains("line 6");
        assertThat(asked.getLast()).hasSize(10).startsWith("line 1").endsWith("line 10");
    }
}
