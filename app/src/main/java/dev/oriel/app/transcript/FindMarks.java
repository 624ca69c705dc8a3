package dev.oriel.app.transcript;

import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.render.ItemLines;
import dev.oriel.message.find.SearchDeadline;
import dev.oriel.message.find.SlowQueryException;
import dev.oriel.message.find.TextMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.StyleSpan;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;
import org.jspecify.annotations.Nullable;

/// Marks matches in the paragraphs in sight by changing their style. The text stays the same, so a
/// selection and the place of the reader do too. Belongs to the JavaFX thread.
final class FindMarks {
    static final String FOUND = "found";
    static final String CURRENT = "found-current";

    /// Matching takes at most this long in a frame.
    private static final long BUDGET = Duration.ofMillis(3).toNanos();

    private final TranscriptArea area;
    private boolean marked;

    /// A part of a paragraph.
    record Range(int start, int end) {}

    FindMarks(TranscriptArea area) {
        this.area = area;
    }

    /// Marks the paragraphs in sight.
    ///
    /// @param currentParagraph the paragraph with the current hit; -1 if there is none
    /// @param current null if there is none
    void show(TextMatcher matcher, int currentParagraph, @Nullable Range current) {
        SearchDeadline deadline = SearchDeadline.in(BUDGET);
        int last = Math.min(area.lastVisible(), area.getParagraphs().size() - 1);
        marked = true;
        try {
            for (int p = area.firstVisible(); p <= last; p++) {
                List<Range> ranges = new ArrayList<>();
                matcher.find(
                        ItemLines.of(area.getParagraph(p)),
                        deadline,
                        (start, end) -> ranges.add(new Range(start, end)));
                apply(p, ranges, p == currentParagraph ? current : null);
            }
        } catch (SlowQueryException e) {
            // The next frame marks the others, if it can.
            return;
        }
    }

    /// Removes all marks.
    void clear() {
        if (marked) {
            marked = false;
            for (int p = 0; p < area.getParagraphs().size(); p++) {
                if (isMarked(area.getParagraph(p))) {
                    apply(p, List.of(), null);
                }
            }
        }
    }

    private static boolean isMarked(Paragraph<ParagraphStyle, String, TextStyle> paragraph) {
        for (StyleSpan<TextStyle> span : paragraph.getStyleSpans()) {
            if (span.getStyle().classes().contains(FOUND)) {
                return true;
            }
        }
        return false;
    }

    private void apply(int paragraph, List<Range> ranges, @Nullable Range current) {
        Paragraph<ParagraphStyle, String, TextStyle> text = area.getParagraph(paragraph);
        if (text.length() == 0 || (ranges.isEmpty() && !isMarked(text))) {
            return;
        }
        StyleSpans<TextStyle> before = text.getStyleSpans();
        StyleSpans<TextStyle> after = spans(before, ranges, current);
        if (!after.equals(before)) {
            area.setStyleSpans(paragraph, 0, after);
        }
    }

    /// The styles with the ranges marked, and nothing else.
    static StyleSpans<TextStyle> spans(
            StyleSpans<TextStyle> before, List<Range> ranges, @Nullable Range current) {
        StyleSpansBuilder<TextStyle> spans = new StyleSpansBuilder<>();
        int at = 0;
        int next = 0;
        for (StyleSpan<TextStyle> span : before) {
            TextStyle plain = span.getStyle().withoutClasses(FOUND, CURRENT);
            int end = at + span.getLength();
            while (at < end) {
                while (next < ranges.size() && ranges.get(next).end() <= at) {
                    next++;
                }
                Range range = next < ranges.size() ? ranges.get(next) : null;
                boolean inside = range != null && range.start() <= at;
                int to = range == null ? end : Math.min(end, inside ? range.end() : range.start());
                spans.add(inside ? marked(plain, range, current) : plain, to - at);
                at = to;
            }
        }
        return spans.create();
    }

    private static TextStyle marked(
            TextStyle plain, @Nullable Range range, @Nullable Range current) {
        TextStyle found = plain.withClass(FOUND);
        return range != null && range.equals(current) ? found.withClass(CURRENT) : found;
    }
}
