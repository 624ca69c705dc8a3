package dev.oriel.app.transcript;

import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.StyledSegment;
import org.jspecify.annotations.Nullable;

/// The links, lines that open something, and other texts in sight that a click acts on, as stops of
/// the Tab key. Belongs to the JavaFX thread.
final class ActionStops {
    private final TranscriptArea area;

    /// A stop; the caret is put at its start, and its text is selected.
    record Stop(int paragraph, int start, int end, ClickAction action) {
        private boolean isAfter(int otherParagraph, int column) {
            return paragraph > otherParagraph || (paragraph == otherParagraph && start > column);
        }

        private boolean isBefore(int otherParagraph, int column) {
            return paragraph < otherParagraph || (paragraph == otherParagraph && start < column);
        }
    }

    ActionStops(TranscriptArea area) {
        this.area = area;
    }

    /// Goes to the next stop in sight.
    ///
    /// @return null if there is none in this direction
    @Nullable Stop go(boolean forward) {
        int first = area.firstVisible();
        int last = Math.min(area.lastVisible(), area.getParagraphs().size() - 1);
        int paragraph = area.getCurrentParagraph();
        int column = area.getCaretColumn();
        if (paragraph < first || paragraph > last) {
            paragraph = forward ? first : last;
            column = forward ? -1 : Integer.MAX_VALUE;
        } else if (forward && area.getSelection().getLength() == 0) {
            // A stop right at the caret counts.
            column--;
        }
        @Nullable Stop found = null;
        for (int p = first; p <= last; p++) {
            for (Stop stop : of(p, area.getParagraph(p))) {
                if (forward && stop.isAfter(paragraph, column)) {
                    return select(stop);
                }
                if (!forward && stop.isBefore(paragraph, column)) {
                    found = stop;
                }
            }
        }
        return found == null ? null : select(found);
    }

    /// What a click at the caret does; null for nothing.
    static @Nullable ClickAction atCaret(TranscriptArea area) {
        Paragraph<ParagraphStyle, String, TextStyle> paragraph =
                area.getParagraph(area.getCurrentParagraph());
        @Nullable ClickAction action = null;
        if (paragraph.length() > 0) {
            int column = Math.min(area.getCaretColumn() + 1, paragraph.length());
            action = paragraph.getStyleAtPosition(column).action();
        }
        return action == null ? paragraph.getParagraphStyle().action() : action;
    }

    private Stop select(Stop stop) {
        area.selectRange(stop.paragraph(), stop.end(), stop.paragraph(), stop.start());
        return stop;
    }

    /// The stops of a paragraph, in order.
    static List<Stop> of(int index, Paragraph<ParagraphStyle, String, TextStyle> paragraph) {
        List<Stop> stops = new ArrayList<>();
        ClickAction whole = paragraph.getParagraphStyle().action();
        if (whole != null) {
            stops.add(new Stop(index, 0, paragraph.length(), whole));
        }
        int at = 0;
        for (StyledSegment<String, TextStyle> segment : paragraph.getStyledSegments()) {
            int end = at + segment.getSegment().length();
            ClickAction own = segment.getStyle().action();
            Stop last = stops.isEmpty() ? null : stops.getLast();
            if (own != null && last != null && last.end() == at && own.equals(last.action())) {
                stops.set(stops.size() - 1, new Stop(index, last.start(), end, own));
            } else if (own != null && !own.equals(whole)) {
                stops.add(new Stop(index, at, end, own));
            }
            at = end;
        }
        return stops;
    }
}
