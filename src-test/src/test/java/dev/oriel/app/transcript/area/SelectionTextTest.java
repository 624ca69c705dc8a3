package dev.oriel.app.transcript.area;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.markdown.MarkdownRenderer;
import dev.oriel.app.transcript.markdown.SampleLayouts;
import javafx.scene.control.IndexRange;
import org.fxmisc.richtext.model.SimpleEditableStyledDocument;
import org.junit.jupiter.api.Test;

/// What a selection in rendered Markdown is copied as.
class SelectionTextTest {
    private final SimpleEditableStyledDocument<ParagraphStyle, TextStyle> document =
            new SimpleEditableStyledDocument<>(ParagraphStyle.PLAIN, TextStyle.PLAIN);
    private final DocumentUpdater updater = new DocumentUpdater(document);

    private void show(String markdown) {
        updater.update(
                SampleLayouts.renderer(80).render(markdown, true).stream()
                        .map(MarkdownRenderer.RenderedBlock::block)
                        .toList(),
                0);
    }

    private String copied(String from, String to) {
        int start = document.getText().indexOf(from);
        int end = document.getText().indexOf(to) + to.length();
        return SelectionText.of(document, new IndexRange(start, end));
    }

    @Test
    void markersOfAListAreCopiedOnlyIfItsLineIsSelectedFromTheStart() {
        show("- one\n- two\n  - deep\n");
        assertThat(copied("one", "deep").lines()).containsExactly("• one", "• two", "  ◦ deep");
        assertThat(copied("ne", "two").lines()).containsExactly("ne", "• two");
    }

    @Test
    void aPartOfOneLineIsCopiedAsItIs() {
        show("alpha beta gamma");
        assertThat(copied("beta", "beta")).isEqualTo("beta");
        assertThat(SelectionText.of(document, new IndexRange(3, 3))).isEmpty();
    }

    @Test
    void aLineThatIsDividedIntoParagraphsIsCopiedAsOneLine() {
        String line = "word ".repeat(900).strip();
        show(line);
        assertThat(document.getParagraphs().size()).isGreaterThan(2);
        String all =
                SelectionText.of(document, new IndexRange(0, document.getText().lastIndexOf('\n')));
        assertThat(all).isEqualTo(line);
    }

    @Test
    void anEmbeddedImageIsCopiedAsItsDescription() {
        updater.update(EmbeddedSamples.between("see ", "image/png", " there"), 0);
        assertThat(document.getText()).startsWith("see \uFFFC there");
        assertThat(SelectionText.of(document, new IndexRange(2, 7)))
                .isEqualTo("e Image, 4 × 3, PNG t");
        assertThat(SelectionText.of(document, new IndexRange(0, 4))).isEqualTo("see ");
    }

    @Test
    void rowsOfATableAreCopiedAsMarkdownAndAPartOfOneLineAsItIs() {
        String table = "| a | **b** |\n|:--|----:|\n| one `x` | two |\n| three | four |";
        show("before\n\n" + table + "\n\nafter");
        assertThat(copied("before", "after"))
                .isEqualTo(
                        """
                        before
                        | a | **b** |
                        |:--|--:|
                        | one `x` | two |
                        | three | four |
                        after\
                        """);
        assertThat(copied("one", "three")).isEqualTo("| one `x` | two |\n| three | four |");
        assertThat(copied("one", "two")).isEqualTo("one x\ttwo");
    }

    @Test
    void aRowThatTakesSeveralLinesIsCopiedOnce() {
        String cell = "word ".repeat(60).strip();
        show("|a|b|\n|-|-|\n|first|" + cell + "|\n|last|row|");
        String rows = "|first|" + cell + "|\n|last|row|";
        assertThat(copied("first", "last")).isEqualTo(rows);
        int second = document.getAbsolutePosition(2, 0);
        int end = document.getText().indexOf("last") + 4;
        assertThat(SelectionText.of(document, new IndexRange(second, end))).isEqualTo(rows);
    }
}
