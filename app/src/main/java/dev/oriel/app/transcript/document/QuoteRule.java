package dev.oriel.app.transcript.document;

/// The vertical rule of a quote at the left of a paragraph.
///
/// @param left pixels from the left of the text column
/// @param kind the style class of its colour
/// @param top how far below the upper edge of the paragraph, with its margin, it begins, pixels
/// @param bottom how far above the lower edge it ends, pixels
public record QuoteRule(int left, String kind, int top, int bottom) {
    /// The rule beside the upper part of a paragraph that is cut in two.
    QuoteRule toUpperPart() {
        return new QuoteRule(left, kind, top, 0);
    }

    /// The rule beside the lower part.
    QuoteRule toLowerPart() {
        return new QuoteRule(left, kind, 0, bottom);
    }
}
