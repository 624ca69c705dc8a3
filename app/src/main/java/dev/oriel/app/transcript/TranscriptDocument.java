package dev.oriel.app.transcript;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.fx.LayoutPulses;
import dev.oriel.app.transcript.area.DocumentUpdater;
import dev.oriel.app.transcript.area.GradualItems;
import dev.oriel.app.transcript.area.ItemPositions;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.render.BlockCache;
import dev.oriel.app.transcript.render.RenderFocus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;

/// The text in the area, and which item each paragraph of it belongs to. Belongs to the JavaFX
/// thread.
final class TranscriptDocument {
    private final TranscriptArea area;
    private final BlockCache blocks;
    private final DocumentUpdater document;
    private final Runnable requestFrame;
    private final GradualItems gradual = new GradualItems();
    private ItemPositions positions = new ItemPositions();
    private List<Item> shown = List.of();

    /// @param requestFrame called if the next frame has something to add
    TranscriptDocument(TranscriptArea area, BlockCache blocks, Runnable requestFrame) {
        this.area = area;
        this.blocks = blocks;
        this.requestFrame = requestFrame;
        document = new DocumentUpdater(area.getContent());
    }

    ItemPositions positions() {
        return positions;
    }

    /// The items of the last frame, also those whose paragraphs are not rendered yet.
    List<Item> items() {
        return shown;
    }

    /// Whether a part of the text is added in the next frame.
    boolean isPending() {
        return gradual.isPending();
    }

    /// Another conversation is shown: its text first, and what is known of its colours in the frame
    /// after that.
    void clear() {
        gradual.clear();
        Scene scene = area.getScene();
        if (scene != null) {
            blocks.holdColors(true);
            LayoutPulses.runAfter(
                    scene,
                    1,
                    () -> {
                        blocks.holdColors(false);
                        requestFrame.run();
                    });
        }
    }

    /// Shows blocks that belong to no item, in place of the whole text.
    void showSample(List<ParagraphBlock> sample) {
        document.update(sample, 0);
        area.applyCss();
        area.layout();
    }

    /// Brings the text up to date with the items.
    ///
    /// @param atOnce whether to add everything in this frame
    /// @param following whether the end stays in sight when the text grows
    /// @param sought the item that is about to be shown, which is rendered first; null for none
    DocumentUpdater.Change update(
            List<Item> items,
            Instant now,
            boolean atOnce,
            boolean following,
            @Nullable String sought) {
        shown = items;
        List<@Nullable List<ParagraphBlock>> rendered =
                gradual.next(
                        items,
                        blocks.blocksOf(items, now, focus(items, following, sought)),
                        atOnce ? null : sight(following));
        List<ParagraphBlock> all = new ArrayList<>();
        ItemPositions next = new ItemPositions();
        for (int i = 0; i < items.size(); i++) {
            List<ParagraphBlock> own = rendered.get(i);
            if (own != null) {
                next.add(items.get(i), own);
                all.addAll(own);
            }
        }
        positions = next;
        DocumentUpdater.Change change = document.update(all, area.firstVisible());
        if (change != DocumentUpdater.Change.NONE) {
            area.textChanged(!gradual.isPending() && items.stream().noneMatch(Item::isGrowing));
        }
        if (gradual.isPending()) {
            requestFrame.run();
        }
        return change;
    }

    private RenderFocus focus(List<Item> items, boolean following, @Nullable String sought) {
        int goal = sought == null ? -1 : ItemPositions.indexOf(sought, items);
        if (goal >= 0) {
            return new RenderFocus(goal, true);
        }
        Item inSight = following ? null : positions.itemAt(area.lastVisible());
        int at = inSight == null ? -1 : ItemPositions.indexOf(inSight.id(), items);
        return new RenderFocus(at < 0 ? items.size() - 1 : at, false);
    }

    private GradualItems.Sight sight(boolean following) {
        int last = area.lastVisible();
        return new GradualItems.Sight(
                positions.items(area.firstVisible(), last).stream()
                        .map(Item::id)
                        .collect(Collectors.toSet()),
                // The last paragraph is empty and has no height.
                last >= area.getParagraphs().size() - 2,
                following);
    }

    /// Opens the line that stands for an item.
    void unhide(String itemId) {
        Item.Work line = positions.lineFor(itemId);
        if (line != null && !blocks.isToggled(line.id())) {
            blocks.toggle(line.id());
        }
    }
}
