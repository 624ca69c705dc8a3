package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.options.RenderOptions;
import dev.oriel.app.transcript.options.RenderSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.StyledSegment;

/// The lines of items in which a user finds text: the paragraphs without what the window itself
/// writes there, such as the state of a tool. Pure; on any thread.
public final class ItemLines {
    /// Expansions after which any text is shown whole.
    static final int ALL = 100;

    /// Style classes of what the window writes.
    private static final Set<String> OWN =
            Set.of("label", "tool-state", "more", "meta", "gutter", "bullet");

    /// Replaces characters that are not searched.
    private static final String FILLER = "\n";

    private ItemLines() {}

    /// The lines of an item once all of it is open.
    public static List<String> of(Item item, RenderSettings settings) {
        List<String> first = render(item, false, settings);
        List<String> second = render(item, true, settings);
        return first.size() >= second.size() ? first : second;
    }

    private static List<String> render(Item item, boolean toggled, RenderSettings settings) {
        return of(
                ItemRenderer.render(
                        item, new RenderOptions(toggled, ALL, settings, Instant.EPOCH)));
    }

    /// The lines of what is rendered.
    public static List<String> of(List<ParagraphBlock> blocks) {
        List<String> lines = new ArrayList<>();
        for (ParagraphBlock block : blocks) {
            var paragraphs = block.document().getParagraphs();
            for (int i = 0; i < block.paragraphCount(); i++) {
                lines.add(of(paragraphs.get(i)));
            }
        }
        return lines;
    }

    /// The text of a paragraph; characters that are not searched are line feeds.
    public static String of(Paragraph<ParagraphStyle, String, TextStyle> paragraph) {
        StringBuilder line = null;
        int at = 0;
        for (StyledSegment<String, TextStyle> segment : paragraph.getStyledSegments()) {
            int length = segment.getSegment().length();
            if (segment.getStyle().classes().stream().anyMatch(OWN::contains)) {
                if (line == null) {
                    line = new StringBuilder(paragraph.getText());
                }
                line.replace(at, at + length, FILLER.repeat(length));
            }
            at += length;
        }
        return line == null ? paragraph.getText() : line.toString();
    }

    /// Where a line of an item is among the lines of it that are shown. Shown lines are a part of
    /// all lines, in the same order, with some lines of the window between them.
    ///
    /// @return -1 if it is not shown
    public static int indexAmong(List<String> shown, List<String> all, int line) {
        int at = 0;
        for (int i = 0; i < shown.size() && at <= line; i++) {
            int found = indexOf(all, shown.get(i), at, line);
            if (found == line) {
                return i;
            }
            at = found < 0 ? at : found + 1;
        }
        return -1;
    }

    private static int indexOf(List<String> all, String text, int from, int to) {
        for (int i = from; i <= to; i++) {
            if (all.get(i).equals(text)) {
                return i;
            }
        }
        return -1;
    }
}
