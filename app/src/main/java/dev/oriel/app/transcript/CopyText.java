package dev.oriel.app.transcript;

import javafx.scene.control.IndexRange;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.TwoDimensional.Bias;
import org.fxmisc.richtext.model.TwoDimensional.Position;

/// The text of a selection.
final class CopyText {
    private CopyText() {}

    static String of(Pane pane, IndexRange range) {
        Position from = pane.offsetToPosition(range.getStart(), Bias.Forward);
        Position to = pane.offsetToPosition(range.getEnd(), Bias.Forward);
        StringBuilder out = new StringBuilder();
        for (int i = from.getMajor(); i <= to.getMajor(); i++) {
            Paragraph<Par, String, Ink> paragraph = pane.getParagraph(i);
            Par par = paragraph.getParagraphStyle();
            int start = i == from.getMajor() ? from.getMinor() : 0;
            int end = i == to.getMajor() ? to.getMinor() : paragraph.length();
            if (i > from.getMajor() && !par.joined()) {
                out.append('\n');
                if (par.margin().top() >= ItemRenderer.ITEM_SPACE) {
                    out.append('\n');
                }
            }
            if (start == 0 && end > 0 && par.mark() instanceof Par.Mark.Bullet b) {
                out.append("  ".repeat(Math.max(0, b.width() / 24 - 1)))
                        .append(b.text())
                        .append(' ');
            }
            out.append(paragraph.getText(), start, end);
        }
        return out.toString();
    }
}
