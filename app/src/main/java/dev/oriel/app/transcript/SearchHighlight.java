package dev.oriel.app.transcript;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.paging.ReadingPosition;
import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.transcript.area.ItemPositions;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.render.BlockCache;
import dev.oriel.app.transcript.render.SearchTargetMatcher;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Shows a search hit: opens its item, highlights its paragraph for a moment, and moves the caret
/// there, so that the keyboard and a screen reader continue from it. Belongs to the JavaFX thread.
final class SearchHighlight {
    private static final Duration HIGHLIGHTED = Duration.ofMillis(2_500);

    private final TranscriptArea area;
    private final BlockCache blocks;
    private final Scheduler scheduler;
    private final Runnable requestFrame;
    private final Consumer<String> unhide;
    private Runnable cancelEnd = () -> {};

    /// @param requestFrame called when the highlight ends
    /// @param unhide shows an item that a line stands for
    SearchHighlight(
            TranscriptArea area,
            BlockCache blocks,
            Scheduler scheduler,
            Runnable requestFrame,
            Consumer<String> unhide) {
        this.area = area;
        this.blocks = blocks;
        this.scheduler = scheduler;
        this.requestFrame = requestFrame;
        this.unhide = unhide;
    }

    /// Another conversation is shown: its blocks have no highlight.
    void clear() {
        cancelEnd.run();
    }

    /// Opens the item of a hit and highlights its paragraph. To be called before the items are
    /// rendered.
    void show(SearchTarget.Located hit, List<Item> items) {
        if (hit.target().words().isEmpty()) {
            return;
        }
        for (Item item : items) {
            if (item.id().equals(hit.itemId())) {
                unhide.accept(item.id());
                blocks.reveal(item, new SearchTargetMatcher(hit.target()));
            }
        }
        cancelEnd.run();
        cancelEnd =
                scheduler.schedule(
                        HIGHLIGHTED,
                        () -> {
                            blocks.clearHighlight();
                            requestFrame.run();
                        });
    }

    /// Selects the words of a hit. To be called once the document has its paragraphs.
    ///
    /// @return where to scroll to
    ReadingPosition.At select(SearchTarget.Located hit, ItemPositions positions) {
        SearchTargetMatcher matcher = new SearchTargetMatcher(hit.target());
        int start = positions.startOf(hit.itemId());
        int best = start;
        for (int i = start; i < positions.endOf(hit.itemId()); i++) {
            if (matcher.score(text(i)) > matcher.score(text(best))) {
                best = i;
            }
        }
        int[] range = matcher.range(text(best));
        if (range.length == 0) {
            area.moveTo(best, 0);
        } else {
            area.selectRange(best, range[0], best, range[1]);
        }
        return new ReadingPosition.At(hit.itemId(), best - start, area.getViewportHeight() / 4);
    }

    private String text(int paragraph) {
        return area.getParagraph(paragraph).getText();
    }
}
