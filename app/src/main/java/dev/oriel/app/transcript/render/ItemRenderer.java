package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Durations;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.reading.DetailLevel;
import dev.oriel.app.text.DisplayText;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.ParagraphStyle.Marker;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.markdown.MarkdownRenderer;
import dev.oriel.app.transcript.options.RenderOptions;
import dev.oriel.app.transcript.options.TextExcerpt;
import dev.oriel.app.transcript.tools.ToolCards;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Renders items into blocks of paragraphs. Pure; on any thread.
public final class ItemRenderer {
    private ItemRenderer() {}

    /// An item that cannot be rendered is shown as [UnformattedItem].
    ///
    /// @param item complete or not; a growing answer is rendered from its start
    static List<ParagraphBlock> render(Item item, RenderOptions options) {
        try {
            return formatted(item, options);
        } catch (RuntimeException | StackOverflowError e) {
            return UnformattedItem.afterFailure(item, options, e);
        }
    }

    private static List<ParagraphBlock> formatted(Item item, RenderOptions options) {
        return switch (item) {
            case Item.Prompt p -> List.of(PromptRenderer.render(p, options));
            case Item.Answer a ->
                    new MarkdownRenderer(options.markdown(a.id()), options.colors())
                            .render(a.markdown(), true).stream()
                                    .map(MarkdownRenderer.RenderedBlock::block)
                                    .toList();
            case Item.Thinking t -> thinking(t, options);
            case Item.Tool t -> ToolCards.render(t, options);
            case Item.TurnEnd e -> List.of(turnEnd(e));
            case Item.Notice n -> List.of(NoticeRenderer.render(n, options));
            case Item.Compaction c -> CompactionRenderer.render(c, options);
            case Item.Work w -> List.of(WorkRenderer.render(w, options.toggled()));
        };
    }

    private static List<ParagraphBlock> thinking(Item.Thinking t, RenderOptions options) {
        boolean verbose = options.settings().reading().detail() == DetailLevel.VERBOSE;
        boolean opened = options.isOpen(verbose) && !t.text().isBlank();
        BlockBuilder head = new BlockBuilder();
        ParagraphStyle line =
                ParagraphStyle.of("fold")
                        .withVerticalMargin(ParagraphStyle.ITEM_SPACE, 4)
                        .withMarker(new Marker.Icon("fth-cloud", 28));
        if (!t.text().isBlank()) {
            line = line.withAction(new ClickAction.Toggle(t.id()));
        }
        head.add(
                opened ? line.toOpened() : line,
                thinkingLabel(t, options.now()),
                TextStyle.of("quiet"));
        if (!opened) {
            return List.of(head.build());
        }
        BlockBuilder body = new BlockBuilder();
        TextExcerpt shown =
                TextExcerpt.of(
                        DisplayText.prose(t.text()).lines().toList(), 200, options.expansions());
        for (String text : shown.lines()) {
            body.add(ParagraphStyle.of("thought").withLeftMargin(28), text, TextStyle.of("quiet"));
        }
        if (shown.hiddenLines() > 0) {
            body.add(
                    ParagraphStyle.of("thought")
                            .withLeftMargin(28)
                            .withAction(new ClickAction.ShowMore(t.id())),
                    shown.showMoreText(),
                    TextStyle.of("more"));
        }
        return List.of(head.build(), body.build());
    }

    private static String thinkingLabel(Item.Thinking t, Instant now) {
        if (t.open()) {
            Duration so = t.since() == null ? Duration.ZERO : Duration.between(t.since(), now);
            return so.toSeconds() < 1 ? "Thinking" : "Thinking for " + Durations.format(so);
        }
        String label = t.took() == null ? "Thought" : "Thought for " + Durations.format(t.took());
        return t.redacted() ? label + ". The API encrypted this part." : label;
    }

    private static ParagraphBlock turnEnd(Item.TurnEnd end) {
        List<String> parts = new ArrayList<>();
        switch (end.outcome()) {
            case COMPLETED -> {}
            case STOPPED -> parts.add("Stopped");
            case FAILED -> parts.add("Failed");
        }
        if (end.took() != null) {
            parts.add(Durations.format(end.took()));
        }
        if (end.tokensIn() + end.tokensOut() > 0) {
            parts.add(count(end.tokensIn()) + " tokens in, " + count(end.tokensOut()) + " out");
        }
        if (end.costUsd() != null && end.costUsd() > 0) {
            String cost = end.costUsd() < 0.01 ? "$%.4f" : "$%.2f";
            parts.add(String.format(Locale.ROOT, cost, end.costUsd()));
        }
        ParagraphStyle par =
                ParagraphStyle.of("turn-end").withVerticalMargin(ParagraphStyle.ITEM_SPACE, 8);
        return new BlockBuilder()
                .add(par, String.join("  ·  ", parts), TextStyle.of("meta"))
                .build();
    }

    static String count(long n) {
        if (n < 10_000) {
            return String.format(Locale.ROOT, "%,d", n);
        }
        // From here on one decimal would be rounded to 1000.0k.
        return n < 999_950
                ? String.format(Locale.ROOT, "%.1fk", n / 1_000.0)
                : String.format(Locale.ROOT, "%.1fM", n / 1_000_000.0);
    }
}
