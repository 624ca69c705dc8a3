package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.text.DisplayText;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.options.RenderOptions;
import dev.oriel.app.transcript.options.TextExcerpt;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows an item that Oriel could not render: a line that says so, and its text as it came. So a
/// defect of a renderer takes away the format of one item, not the conversation.
final class UnformattedItem {
    private static final Logger LOG = LoggerFactory.getLogger(UnformattedItem.class);

    private static final int LINES = 200;

    private UnformattedItem() {}

    /// Logs where the rendering failed, without the text, and renders the item unformatted.
    static List<ParagraphBlock> afterFailure(Item item, RenderOptions options, Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        LOG.warn(
                "cannot render an item of the kind {}: {} at {}",
                item.getClass().getSimpleName(),
                failure.getClass().getName(),
                stack.length == 0 ? "an unknown place" : stack[0]);
        return render(item, options);
    }

    static List<ParagraphBlock> render(Item item, RenderOptions options) {
        BlockBuilder block = new BlockBuilder();
        block.add(
                ParagraphStyle.of("notice", "notice-warning", "ruled")
                        .withVerticalMargin(ParagraphStyle.ITEM_SPACE, 4)
                        .withPadding(0, 12, 0, 14),
                "Oriel cannot show this with its format.",
                TextStyle.of("quiet"));
        TextExcerpt shown =
                TextExcerpt.of(
                        DisplayText.prose(text(item)).lines().toList(),
                        LINES,
                        options.expansions());
        for (String line : shown.lines()) {
            block.add(ParagraphStyle.PLAIN, line, TextStyle.PLAIN);
        }
        if (shown.hiddenLines() > 0) {
            block.add(
                    ParagraphStyle.PLAIN.withAction(new ClickAction.ShowMore(item.id())),
                    shown.showMoreText(),
                    TextStyle.of("more"));
        }
        return List.of(block.build());
    }

    private static String text(Item item) {
        return switch (item) {
            case Item.Prompt p -> p.text();
            case Item.Answer a -> a.markdown();
            case Item.Thinking t -> t.text();
            case Item.Tool t -> t.run().name();
            case Item.Compaction c -> c.summary();
            case Item.Notice n -> n.text();
            case Item.TurnEnd _, Item.Work _ -> "";
        };
    }
}
