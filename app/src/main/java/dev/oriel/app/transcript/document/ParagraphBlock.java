package dev.oriel.app.transcript.document;

import org.fxmisc.richtext.model.ReadOnlyStyledDocument;

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

    public boolean hasSameContent(ParagraphBlock other) {
        return this == other || document.equals(other.document);
    }
}
