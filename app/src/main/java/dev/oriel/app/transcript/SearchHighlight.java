package dev.oriel.app.transcript;

import dev.oriel.app.conversation.ConversationModel;
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
import org.jspecify.annotations.Nullable;

/// Shows a search hit: opens its item, highlights its paragraph for a moment, and moves the caret
/// there, so that the keyboard and a screen reader continue from it.
///
/// A hit whose item is held is awaited until the item is rendered, unless the user goes elsewhere
/// meanwhile. Belongs to the JavaFX thread.
final class SearchHighlight {
    private static final Duration HIGHLIGHTED = Duration.ofMillis(2_500);

    private final TranscriptArea area;
    private final BlockCache blocks;
    private final Scheduler scheduler;
    private final Runnable requestFrame;
    private final TailFollower follow;
    private final Consumer<String> unhide;

    /// The hit that is shown once its item is rendered.
    private SearchTarget.@Nullable Located awaited;

    private Runnable cancelEnd = () -> {};

    /// @param requestFrame called when the highlight ends
    /// @param unhide shows an item that a line stands for
    SearchHighlight(
            TranscriptArea area,
            BlockCache blocks,
            Scheduler scheduler,
            TailFollower follow,
            Runnable requestFrame,
            Consumer<String> unhide) {
        this.area = area;
        this.blocks = blocks;
        this.scheduler = scheduler;
        this.follow = follow;
        this.requestFrame = requestFrame;
        this.unhide = unhide;
    }

    /// Another conversation is shown: its blocks have no highlight.
    void clear() {
        awaited = null;
        cancelEnd.run();
    }

    /// Opens the item of the hit that is sought, and goes there. To be called in a frame before the
    /// items are rendered.
    void beforeRendering(ConversationModel model, List<Item> items) {
        SearchTarget.Located hit = model.locatedTarget();
        if (hit == null) {
            awaited = null;
        } else if (!hit.equals(awaited)) {
            awaited = hit;
            open(hit, items);
            follow.goTo(place(hit, 0));
        } else if (!follow.awaits(hit.itemId())) {
            stopAwaiting(model); // the user went elsewhere
        }
    }

    /// Selects the words of the hit that is sought, and goes there, if the document has its
    /// paragraphs. To be called in a frame after the items were rendered.
    ///
    /// @param shown the items, also those that are not rendered yet
    void afterRendering(ConversationModel model, List<Item> shown, ItemPositions positions) {
        SearchTarget.Located hit = awaited;
        if (hit == null) {
            return;
        }
        if (positions.startOf(hit.itemId()) >= 0) {
            stopAwaiting(model);
            follow.goTo(select(hit, positions));
        } else if (ItemPositions.indexOf(hit.itemId(), shown) < 0) {
            stopAwaiting(model); // this level of detail does not show it
            follow.apply(new FollowState.Trigger.ScrolledUp());
        }
    }

    private void stopAwaiting(ConversationModel model) {
        awaited = null;
        model.clearTarget();
    }

    /// Opens the item of a hit and highlights its paragraph.
    private void open(SearchTarget.Located hit, List<Item> items) {
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

    /// @return where to scroll to
    private ReadingPosition.At select(SearchTarget.Located hit, ItemPositions positions) {
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
        return place(hit, best - start);
    }

    private ReadingPosition.At place(SearchTarget.Located hit, int line) {
        return new ReadingPosition.At(hit.itemId(), line, area.getViewportHeight() / 4);
    }

    private String text(int paragraph) {
        return area.getParagraph(paragraph).getText();
    }
}
