package dev.oriel.app.transcript.document;

import dev.oriel.app.highlight.Spans;
import dev.oriel.app.highlight.SyntaxClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.fxmisc.richtext.model.StyledSegment;

/// Cuts a line of code into segments of its syntax colours.
public final class SyntaxRuns {
    /// The styles of usual code. Long code has many segments, and all of them are kept.
    private static final Map<SyntaxClass, TextStyle> CODE =
            Arrays.stream(SyntaxClass.values())
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    kind -> kind,
                                    kind -> TextStyle.CODE.withClass(kind.styleClass())));

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
                runs.add(to, colored(ink, span.kind()));
            }
        }
        runs.add(line.length(), ink);
        runs.write();
        return runs.out;
    }

    private static TextStyle colored(TextStyle ink, SyntaxClass kind) {
        return ink.equals(TextStyle.CODE)
                ? Objects.requireNonNull(CODE.get(kind))
                : ink.withClass(kind.styleClass());
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
