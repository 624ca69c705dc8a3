package dev.oriel.app.transcript.tools;

import dev.oriel.app.highlight.Spans;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// A line of code in its colours.
final class CodeSegments {
    private CodeSegments() {}

    static List<StyledSegment<String, TextStyle>> of(String line, Spans spans) {
        List<StyledSegment<String, TextStyle>> out = new ArrayList<>();
        int at = 0;
        for (Spans.Span span : spans.list()) {
            int start = Math.clamp(span.start(), at, line.length());
            int end = Math.clamp(span.end(), start, line.length());
            if (start > at) {
                out.add(new StyledSegment<>(line.substring(at, start), TextStyle.CODE));
            }
            if (end > start) {
                out.add(
                        new StyledSegment<>(
                                line.substring(start, end),
                                TextStyle.CODE.withClass(span.kind().styleClass())));
            }
            at = end;
        }
        if (at < line.length() || out.isEmpty()) {
            out.add(new StyledSegment<>(line.substring(at), TextStyle.CODE));
        }
        return out;
    }
}
