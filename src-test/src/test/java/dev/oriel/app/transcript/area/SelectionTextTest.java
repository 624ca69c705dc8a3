package dev.oriel.app.transcript.area;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.markdown.MarkdownRenderer;
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
                new MarkdownRenderer(80)
                        .render(markdown, true).stream()
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
}
