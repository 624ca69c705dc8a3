package dev.oriel.app.transcript.document;

import dev.oriel.app.highlight.Spans;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// Cuts a line of code into segments of its syntax colours.
public final class SyntaxRuns {
    private final String line;
    private final List<StyledSegment<String, TextStyle>> out = new ArrayList<>();

    /// The last segment goes from here to `end`, and is written once another style follows.
    private int start;

    private int end;
    private TextStyle style;

    private SyntaxRuns(String line, TextStyle ink) {
        this.line = line;
        style = ink;
    }

    /// The whole line, its spans with their classes in addition. A span that does not fit the line
    /// is cut.
    ///
    /// White space has no colour, so it belongs to the segment beside it: each segment is a node of
    /// its own on the screen, and half of those of a usual line would be a single space.
    ///
    /// @param ink of text that is plain
    public static List<StyledSegment<String, TextStyle>> split(
            String line, Spans spans, TextStyle ink) {
        if (spans.isEmpty()) {
            return List.of(new StyledSegment<>(line, ink));
        }
        SyntaxRuns runs = new SyntaxRuns(line, ink);
        for (Spans.Span span : spans.list()) {
            int from = Math.clamp(span.start(), runs.end, line.length());
            int to = Math.clamp(span.end(), from, line.length());
            if (to > from) {
                runs.add(from, ink);
                runs.add(to, ink.withClass(span.kind().styleClass()));
            }
        }
        runs.add(line.length(), ink);
        runs.write();
        return runs.out;
    }

    /// Continues the line to `to` in a style.
    private void add(int to, TextStyle ink) {
        if (!isBlank(end, to)) {
            if (!ink.equals(style) && !isBlank(start, end)) {
                write();
            }
            style = ink;
        }
        end = to;
    }

    private void write() {
        out.add(new StyledSegment<>(line.substring(start, end), style));
        start = end;
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isWhitespace(line.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
