package dev.oriel.app.transcript.document;

/// A group of consecutive paragraphs that are not wrapped. They are scrolled sideways together if
/// they are wider than the column of text: a block of code, a table, two sides of a change.
///
/// @param id equal for the paragraphs of a group, different from those of all other groups in the
///   document. The group is scrolled back if it is rendered again with another id.
/// @param width the greatest width of a line, pixels; 0 if it is not known before the lines are
///   laid out
/// @param last whether the paragraph is the last one of its group, which shows the scroll bar
public record WideLines(String id, double width, boolean last) {
    /// A group whose width is not known.
    public static WideLines of(String id) {
        return new WideLines(id, 0, false);
    }

    public WideLines toLast() {
        return new WideLines(id, width, true);
    }
}
