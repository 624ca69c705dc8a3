package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.options.RenderOptions;
import dev.oriel.app.transcript.options.RenderSettings;
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
            Set.of("label", "tool-state", "more", "meta", "gutter", "bullet", "footnote-back");

    /// Replaces characters that are not searched.
    private static final String FILLER = "\n";

    private ItemLines() {}

    /// The lines of an item once all of it is open.
    public static List<String> of(Item item, RenderSettings settings) {
        return of(ItemRenderer.render(item, RenderOptions.ofAllOpen(settings, ALL)));
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
}
