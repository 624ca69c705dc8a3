package dev.oriel.app.transcript.document;

import dev.oriel.app.highlight.Spans;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// Cuts a line of code into segments of its syntax colours.
public final class SyntaxRuns {
    private SyntaxRuns() {}

    /// The whole line, its spans with their classes in addition. A span that does not fit the line
    /// is cut.
    ///
    /// @param ink of text that is plain
    public static List<StyledSegment<String, TextStyle>> split(
            String line, Spans spans, TextStyle ink) {
        if (spans.isEmpty()) {
            return List.of(new StyledSegment<>(line, ink));
        }
        List<StyledSegment<String, TextStyle>> out = new ArrayList<>();
        int from = 0;
        for (Spans.Span span : spans.list()) {
            int start = Math.clamp(span.start(), from, line.length());
            int end = Math.clamp(span.end(), start, line.length());
            if (end == start) {
                continue;
            }
            if (start > from) {
                out.add(new StyledSegment<>(line.substring(from, start), ink));
            }
            out.add(
                    new StyledSegment<>(
                            line.substring(start, end), ink.withClass(span.kind().styleClass())));
            from = end;
        }
        if (from < line.length() || out.isEmpty()) {
            out.add(new StyledSegment<>(line.substring(from), ink));
        }
        return out;
    }
}
