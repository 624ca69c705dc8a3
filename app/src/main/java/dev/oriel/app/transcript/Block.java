package dev.oriel.app.transcript;

import org.fxmisc.richtext.model.ReadOnlyStyledDocument;

/// A run of finished paragraphs, the unit in which the document changes. Immutable, made on any
/// thread; equal only to itself.
final class Block {
    private final ReadOnlyStyledDocument<Par, String, Ink> document;

    /// @param document the paragraphs, and an empty one behind them that makes the last one end
    ///   with a line break
    Block(ReadOnlyStyledDocument<Par, String, Ink> document) {
        this.document = document;
    }

    ReadOnlyStyledDocument<Par, String, Ink> document() {
        return document;
    }

    int paragraphs() {
        return document.getParagraphCount() - 1;
    }

    boolean looksLike(Block other) {
        return this == other || document.equals(other.document);
    }
}
