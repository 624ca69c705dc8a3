package dev.oriel.app.transcript.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.StyledSegment;
import org.junit.jupiter.api.Test;

class DirectionRunsTest {
    private static Paragraph<ParagraphStyle, String, TextStyle> paragraph(
            String style, String text) {
        return new BlockBuilder()
                .add(ParagraphStyle.of(style), text, TextStyle.PLAIN)
                .build()
                .document()
                .getParagraph(0);
    }

    @Test
    void proseWhoseFirstLetterIsRightToLeftIsLaidOutFromTheRight() {
        assertThat(paragraph("prose", "(12) שלום main.py.").getParagraphStyle().classes())
                .contains("rtl");
        assertThat(paragraph("prose", "سلام! README").getParagraphStyle().classes())
                .contains("rtl");
        assertThat(paragraph("prose", "English, then עברית").getParagraphStyle().classes())
                .doesNotContain("rtl");
        assertThat(paragraph("prose", "12 %").getParagraphStyle().classes()).doesNotContain("rtl");
    }

    @Test
    void codeStaysLeftToRight() {
        assertThat(paragraph("code", "שלום = 1").getParagraphStyle().classes())
                .doesNotContain("rtl");
    }

    @Test
    void rightToLeftLettersAreSeparateRunsThatJoinToTheText() {
        Paragraph<ParagraphStyle, String, TextStyle> p = paragraph("prose", "שלום עולם, (אבג) 12");
        assertThat(p.getText()).isEqualTo("שלום עולם, (אבג) 12");
        assertThat(p.getStyledSegments().stream().map(StyledSegment::getSegment))
                .containsExactly("שלום עולם", ", (", "אבג", ") 12");
        p = paragraph("prose", "یک، دو؛ سه؟ (چهار)!");
        assertThat(p.getStyledSegments().stream().map(StyledSegment::getSegment))
                .containsExactly("یک، دو؛ سه؟ ", "(", "چهار", ")!");
    }
}
