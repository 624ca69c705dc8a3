package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.reading.DetailLevel;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.ParagraphStyle.Marker;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.markdown.MarkdownRenderer;
import dev.oriel.app.transcript.options.RenderOptions;
import java.util.ArrayList;
import java.util.List;

/// Renders a compaction: one line, and the summary if it is opened.
final class CompactionRenderer {
    private CompactionRenderer() {}

    static List<ParagraphBlock> render(Item.Compaction item, RenderOptions options) {
        boolean verbose = options.settings().reading().detail() == DetailLevel.VERBOSE;
        boolean opened = options.isOpen(verbose) && !item.summary().isBlank();
        ParagraphStyle line =
                ParagraphStyle.of("fold")
                        .withVerticalMargin(ParagraphStyle.ITEM_SPACE, 4)
                        .withMarker(new Marker.Icon("fth-archive", 28));
        if (!item.summary().isBlank()) {
            line = line.withAction(new ClickAction.Toggle(item.id()));
        }
        line = opened ? line.toOpened() : line;
        List<ParagraphBlock> blocks = new ArrayList<>();
        blocks.add(new BlockBuilder().add(line, text(item), TextStyle.of("quiet")).build());
        if (opened) {
            new MarkdownRenderer(options.markdown(item.id()), options.colors())
                    .render(item.summary(), true)
                    .forEach(b -> blocks.add(b.block()));
        }
        return blocks;
    }

    /// For example `Compacted the conversation: 152.0k → 12.0k tokens`.
    static String text(Item.Compaction item) {
        String all = "Compacted the conversation";
        if (item.before() > 0 && item.after() > 0) {
            return all
                    + ": "
                    + ItemRenderer.count(item.before())
                    + " → "
                    + ItemRenderer.count(item.after())
                    + " tokens";
        }
        return item.before() > 0
                ? all + ": " + ItemRenderer.count(item.before()) + " tokens until here"
                : all;
    }
}
