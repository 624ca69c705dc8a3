package dev.oriel.app.transcript.document;

import org.fxmisc.richtext.model.ReadOnlyStyledDocument;

/// A run of finished paragraphs, the unit in which the document changes. Immutable, made on any
/// thread; equal only to itself.
public final class ParagraphBlock {
    private final ReadOnlyStyledDocument<ParagraphStyle, String, TextStyle> document;

    /// @param document the paragraphs, and an empty one behind them that makes the last one end
    ///   with a line break
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
