package dev.oriel.app.transcript.area;

import dev.oriel.app.transcript.document.Embedded;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import javafx.scene.control.IndexRange;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.StyledDocument;
import org.fxmisc.richtext.model.StyledSegment;
import org.fxmisc.richtext.model.TwoDimensional.Bias;
import org.fxmisc.richtext.model.TwoDimensional.Position;

/// The text of a selection as it is copied.
final class SelectionText {
    private SelectionText() {}

    static String of(StyledDocument<ParagraphStyle, String, TextStyle> document, IndexRange range) {
        Position from = document.offsetToPosition(range.getStart(), Bias.Forward);
        Position to = document.offsetToPosition(range.getEnd(), Bias.Forward);
        StringBuilder out = new StringBuilder();
        for (int i = from.getMajor(); i <= to.getMajor(); i++) {
            Paragraph<ParagraphStyle, String, TextStyle> paragraph = document.getParagraph(i);
            ParagraphStyle par = paragraph.getParagraphStyle();
            String own = from.getMajor() < to.getMajor() ? par.copyText() : null;
            if (own != null && i > from.getMajor() && isRestOfRow(par)) {
                continue;
            }
            int start = i == from.getMajor() ? from.getMinor() : 0;
            int end = i == to.getMajor() ? to.getMinor() : paragraph.length();
            if (i > from.getMajor() && !par.continuation()) {
                out.append('\n');
                if (par.margin().top() >= ParagraphStyle.ITEM_SPACE) {
                    out.append('\n');
                }
            }
            if (start == 0 && end > 0 && par.marker() instanceof ParagraphStyle.Marker.Bullet b) {
                out.append("  ".repeat(Math.max(0, b.width() / 24 - 1)))
                        .append(b.text())
                        .append(' ');
            }
            if (own != null) {
                out.append(own);
            } else {
                append(out, paragraph, start, end);
            }
        }
        return out.toString();
    }

    /// Whether the text of this line is copied with the first line of its row.
    private static boolean isRestOfRow(ParagraphStyle par) {
        return par.continuation() && par.classes().contains("table-row");
    }

    private static void append(
            StringBuilder out,
            Paragraph<ParagraphStyle, String, TextStyle> paragraph,
            int start,
            int end) {
        int at = 0;
        for (StyledSegment<String, TextStyle> segment : paragraph.getStyledSegments()) {
            String text = segment.getSegment();
            int from = Math.max(0, start - at);
            int to = Math.min(text.length(), end - at);
            // Numbers of lines are not part of the text.
            if (from < to
                    && !segment.getStyle().isLayoutMark()
                    && !segment.getStyle().classes().contains("gutter")) {
                Embedded embedded = segment.getStyle().embedded();
                out.append(embedded == null ? text.substring(from, to) : embedded.text());
            }
            at += text.length();
        }
    }
}
