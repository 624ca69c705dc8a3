package dev.oriel.app.highlight;

import java.util.List;

/// The coloured parts of one line of code, in their order. The text between them is plain.
public record Spans(List<Span> list) {
    /// A line without colours.
    public static final Spans NONE = new Spans(List.of());

    /// A part of a line.
    ///
    /// @param start of its text in the line, characters
    /// @param end after its text
    public record Span(int start, int end, SyntaxClass kind) {}

    /// @param list does not overlap
    public Spans {
        list = List.copyOf(list);
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }
}
