package dev.oriel.app.highlight;

import java.util.List;

/// The colours of consecutive lines of code, as far as they are known.
///
/// @param spans of the first lines; the lines after them are plain
/// @param complete whether no more colours will be known later
public record ColoredLines(List<Spans> spans, boolean complete) {
    /// Plain text, which stays plain.
    public static final ColoredLines PLAIN = new ColoredLines(List.of(), true);

    /// The spans of a line, counted from 0.
    public Spans line(int index) {
        return index < spans.size() ? spans.get(index) : Spans.NONE;
    }
}
