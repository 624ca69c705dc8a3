package dev.oriel.app.transcript.area;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.List;
import org.fxmisc.richtext.model.SimpleEditableStyledDocument;
import org.fxmisc.richtext.model.StyledSegment;
import org.junit.jupiter.api.Test;

/// What screen readers get of a document with images, and how its offsets correspond.
class SpokenTextTest {
    private static final String LABEL = "Image, 4 × 3, PNG";

    private static SpokenText spoken(List<ParagraphBlock> blocks) {
        SimpleEditableStyledDocument<ParagraphStyle, TextStyle> document =
                new SimpleEditableStyledDocument<>(ParagraphStyle.PLAIN, TextStyle.PLAIN);
        new DocumentUpdater(document).update(blocks, 0);
        return SpokenText.of(document);
    }

    @Test
    void anImageIsSpokenAsItsDescription() {
        SpokenText text = spoken(EmbeddedSamples.between("see ", "image/png", " there"));
        assertThat(text.text()).startsWith("see " + LABEL + " there");
    }

    @Test
    void offsetsAfterAnImageAreTranslatedInBothDirections() {
        SpokenText text = spoken(EmbeddedSamples.between("see ", "image/png", " there"));
        assertThat(text.toSpoken(0)).isZero();
        assertThat(text.toSpoken(4)).isEqualTo(4);
        assertThat(text.toSpoken(5)).isEqualTo(4 + LABEL.length());
        assertThat(text.toDocument(3)).isEqualTo(3);
        assertThat(text.toDocument(4 + LABEL.length())).isEqualTo(5);
        assertThat(text.toDocument(4 + LABEL.length() + 2)).isEqualTo(7);
    }

    @Test
    void anOffsetInsideADescriptionIsThatOfTheImage() {
        SpokenText text = spoken(EmbeddedSamples.between("see ", "image/png", " there"));
        for (int i = 4; i < 4 + LABEL.length(); i++) {
            assertThat(text.toDocument(i)).isEqualTo(4);
        }
    }

    @Test
    void everyOffsetOfADocumentWithManyImagesIsTheSameAfterBothTranslations() {
        BlockBuilder out = new BlockBuilder();
        for (int i = 0; i < 30; i++) {
            out.add(
                    ParagraphStyle.PLAIN,
                    List.of(
                            EmbeddedSamples.picture("image/png", 2 * i).segment(),
                            new StyledSegment<>(" ", TextStyle.PLAIN),
                            EmbeddedSamples.picture("image/webp", 2 * i + 1).segment()));
        }
        SpokenText text = spoken(List.of(out.build()));
        for (int i = 0; i < 30 * 4; i++) {
            assertThat(text.toDocument(text.toSpoken(i))).isEqualTo(i);
        }
    }

    @Test
    void whatALineOpensIsSaidToBeCollapsedOrExpanded() {
        ParagraphStyle fold = ParagraphStyle.of().withAction(new ClickAction.Toggle("a"));
        BlockBuilder out = new BlockBuilder();
        out.add(fold, "More", TextStyle.PLAIN);
        out.add(fold.toOpened(), "Less", TextStyle.PLAIN);
        out.add(ParagraphStyle.PLAIN, "text", TextStyle.PLAIN);
        SpokenText text = spoken(List.of(out.build()));
        assertThat(text.text()).isEqualTo("More, collapsed\nLess, expanded\ntext\n");
        assertThat(text.toSpoken(5)).isEqualTo(16);
        assertThat(text.toDocument(16)).isEqualTo(5);
        assertThat(text.text().substring(0, text.endOfLine(4))).isEqualTo("More, collapsed");
        assertThat(text.toDocument(10)).isEqualTo(4);
    }

    @Test
    void theCharacterItselfInTheTextIsNoImage() {
        BlockBuilder out = new BlockBuilder();
        out.add(ParagraphStyle.PLAIN, "a \uFFFC b", TextStyle.PLAIN);
        SpokenText text = spoken(List.of(out.build()));
        assertThat(text.text()).startsWith("a \uFFFC b");
        assertThat(text.toSpoken(4)).isEqualTo(4);
    }
}
