package dev.oriel.app.transcript.document;

/// The vertical rule of a quote beside a paragraph.
///
/// @param from how far it is from the side of the text column, pixels
/// @param atRight whether that is the right side, because the quote is read from there
/// @param kind the style class of its colour
/// @param top how far below the upper edge of the paragraph, with its margin, it begins, pixels
/// @param bottom how far above the lower edge it ends, pixels
public record QuoteRule(int from, boolean atRight, String kind, int top, int bottom) {
    /// The rule further inside of the column.
    ///
    /// @param pixels how much
    QuoteRule moved(int pixels) {
        return new QuoteRule(from + pixels, atRight, kind, top, bottom);
    }

    /// The rule beside the upper part of a paragraph that is cut in two.
    QuoteRule toUpperPart() {
        return new QuoteRule(from, atRight, kind, top, 0);
    }

    /// The rule beside the lower part.
    QuoteRule toLowerPart() {
        return new QuoteRule(from, atRight, kind, 0, bottom);
    }
}
