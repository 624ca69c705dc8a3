package dev.oriel.app.conversation.item;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// How attachments are described.
class AttachmentTest {
    private static Attachment of(Attachment.Kind kind, String type, String name, int width) {
        return new Attachment(kind, type, name, 1_234_567, width, width / 2, new MediaPlace(1, 0));
    }

    @Test
    void anImageIsDescribedByItsSizeAndFormat() {
        assertThat(of(Attachment.Kind.IMAGE, "image/png", "", 1280).label())
                .isEqualTo("Image, 1280 × 640, PNG");
        assertThat(of(Attachment.Kind.IMAGE, "image/svg+xml", "", 0).label())
                .isEqualTo("Image, SVG");
    }

    @Test
    void aDocumentIsDescribedByNameFormatAndSize() {
        assertThat(of(Attachment.Kind.DOCUMENT, "application/pdf", "report.pdf", 0).label())
                .isEqualTo("Document, report.pdf, PDF, 1.2 MB");
    }

    @Test
    void aHugeOrStrangeTypeStaysOneLine() {
        assertThat(of(Attachment.Kind.OTHER, "x/" + "y".repeat(5_000), "a\nb", 0).label())
                .doesNotContain("\n")
                .hasSizeLessThan(1_000);
    }
}
