package dev.oriel.app.transcript.markdown;

import java.util.Locale;
import org.commonmark.node.ListItem;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;

/// List items that start with `[ ]` or `[x]`.
final class TaskMarkers {
    private TaskMarkers() {}

    /// The bullet of a list item. Removes the box from its text if there is one.
    static String bullet(ListItem item, String usual) {
        if (item.getFirstChild() instanceof Paragraph p && p.getFirstChild() instanceof Text t) {
            String text = t.getLiteral();
            String box = text.length() < 4 ? "" : text.substring(0, 4).toLowerCase(Locale.ROOT);
            if (box.equals("[ ] ") || box.equals("[x] ")) {
                t.setLiteral(text.substring(4));
                return box.equals("[x] ") ? "☑" : "☐";
            }
        }
        return usual;
    }
}
