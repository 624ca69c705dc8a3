package dev.oriel.app.transcript.document;

import java.util.List;
import org.fxmisc.richtext.model.ReadOnlyStyledDocument;
import org.fxmisc.richtext.model.ReadOnlyStyledDocumentBuilder;
import org.fxmisc.richtext.model.StyledSegment;

/// Consecutive paragraphs, the unit in which the document changes. Immutable, created on any
/// thread; equal only to itself.
public final class ParagraphBlock {
    private final ReadOnlyStyledDocument<ParagraphStyle, String, TextStyle> document;

    /// @param document the paragraphs and an empty one after them, which ends the last one with a
    ///   line break
    public ParagraphBlock(ReadOnlyStyledDocument<ParagraphStyle, String, TextStyle> document) {
        this.document = document;
    }

    public ReadOnlyStyledDocument<ParagraphStyle, String, TextStyle> document() {
        return document;
    }

    public int paragraphCount() {
        return document.getParagraphCount() - 1;
    }

    /// A block of the first paragraphs.
    ///
    /// @param count how many, at most [#paragraphCount()]
    public ParagraphBlock start(int count) {
        return part(0, count);
    }

    /// A block of the last paragraphs.
    ///
    /// @param count how many, at most [#paragraphCount()]
    public ParagraphBlock end(int count) {
        return part(paragraphCount() - count, paragraphCount());
    }

    private ParagraphBlock part(int from, int to) {
        var builder =
                new ReadOnlyStyledDocumentBuilder<ParagraphStyle, String, TextStyle>(
                        BlockBuilder.OPS, ParagraphStyle.PLAIN);
        for (var paragraph : document.getParagraphs().subList(from, to)) {
            builder.addParagraph(paragraph.getStyledSegments(), paragraph.getParagraphStyle());
        }
        builder.addParagraph(
                List.of(new StyledSegment<>("", TextStyle.PLAIN)), ParagraphStyle.PLAIN);
        return new ParagraphBlock(builder.build());
    }

    public boolean hasSameContent(ParagraphBlock other) {
        return this == other || document.equals(other.document);
    }
}
