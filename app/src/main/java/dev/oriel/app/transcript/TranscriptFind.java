package dev.oriel.app.transcript;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.paging.ReadingPosition;
import dev.oriel.app.find.FindBar;
import dev.oriel.app.find.FindHit;
import dev.oriel.app.find.FindReader;
import dev.oriel.app.transcript.area.ItemPositions;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.options.RenderSettings;
import dev.oriel.app.transcript.render.BlockCache;
import dev.oriel.app.transcript.render.ItemLines;
import dev.oriel.app.transcript.render.LinePlaces;
import dev.oriel.message.find.TextMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Shows the hits of a search in the transcript. Belongs to the JavaFX thread.
final class TranscriptFind implements FindReader {
    /// A line is laid out within so many frames after it was scrolled to.
    private static final int MOST_FRAMES = 6;

    private final TranscriptArea area;
    private final BlockCache blocks;
    private final TailFollower follow;
    private final Runnable requestFrame;
    private final Consumer<String> unhide;
    private final FindMarks marks;
    private Runnable onItems = () -> {};
    private List<Item> items = List.of();
    private ItemPositions positions = new ItemPositions();
    private @Nullable TextMatcher matcher;
    private @Nullable FindHit current;

    /// Of the lines of the current hit.
    private LinePlaces places = new LinePlaces(List.of());

    /// Whether the next frame scrolls to the current hit.
    private boolean due;

    /// The frames in which the current hit may still be scrolled to sideways.
    private int framesLeft;

    /// From the first paragraph of the item to that of the current hit; -1 if it is not known.
    private int offset = -1;

    /// @param unhide shows an item that a line stands for
    TranscriptFind(
            TranscriptArea area,
            BlockCache blocks,
            TailFollower follow,
            Runnable requestFrame,
            Consumer<String> unhide) {
        this.area = area;
        this.blocks = blocks;
        this.follow = follow;
        this.requestFrame = requestFrame;
        this.unhide = unhide;
        this.marks = new FindMarks(area);
    }

    /// @param run called when the held items are others than before
    void setItemsListener(Runnable run) {
        onItems = run;
    }

    private record SettingsLines(RenderSettings settings) implements LineSource {
        @Override
        public List<String> lines(Item item) {
            return ItemLines.of(item, settings);
        }
    }

    @Override
    public LineSource lineSource() {
        return new SettingsLines(blocks.settings());
    }

    @Override
    public @Nullable String lastInSight() {
        Item last = positions.itemAt(area.lastVisible());
        return switch (last) {
            case null -> null;
            case Item.Work work -> work.hidden().getLast().id();
            case Item item -> item.id();
        };
    }

    @Override
    public void mark(@Nullable TextMatcher what) {
        marks.clear();
        matcher = what;
        current = null;
        requestFrame.run();
    }

    @Override
    public void show(FindHit hit) {
        setCurrent(hit);
        due = true;
        framesLeft = MOST_FRAMES;
        if (paragraph() < 0) {
            for (Item item : items) {
                if (item.id().equals(hit.itemId())) {
                    unhide.accept(item.id());
                    blocks.reveal(item, places, hit.line());
                }
            }
        }
        requestFrame.run();
    }

    @Override
    public void update(FindHit hit) {
        if (current != null && !hit.equals(current)) {
            setCurrent(hit);
            requestFrame.run();
        }
    }

    @SuppressWarnings("ReferenceEquality") // comparing all lines would take as long
    private void setCurrent(FindHit hit) {
        if (current == null || !current.lines().equals(hit.lines())) {
            places = new LinePlaces(hit.lines());
        }
        current = hit;
        offset = -1;
    }

    /// Whether something is sought.
    boolean isActive() {
        return matcher != null;
    }

    /// The item of the current hit until it is scrolled to; else null.
    @Nullable String soughtItem() {
        return due && current != null ? current.itemId() : null;
    }

    /// To be called in a frame once the document has the paragraphs of the items, before it is
    /// scrolled.
    void beforeScroll(List<Item> now, ItemPositions where) {
        boolean changed = matcher != null && !now.equals(items);
        items = now;
        positions = where;
        FindHit hit = current;
        int paragraph = paragraph();
        if (due && hit != null && paragraph >= 0) {
            due = false;
            scrollTo(hit, paragraph);
        }
        if (changed) {
            onItems.run();
        }
    }

    /// To be called at the end of a frame.
    void afterScroll() {
        if (matcher != null) {
            FindHit hit = current;
            int paragraph = paragraph();
            marks.show(
                    matcher,
                    paragraph,
                    hit == null ? null : new FindMarks.Range(hit.start(), hit.end()));
            if (hit != null && paragraph >= 0 && framesLeft > 0) {
                showColumns(hit, paragraph);
            }
        }
    }

    /// Scrolls a wide line sideways to the hit, once the line is laid out.
    private void showColumns(FindHit hit, int paragraph) {
        framesLeft--;
        if (area.getParagraph(paragraph).getParagraphStyle().wide() == null) {
            framesLeft = 0;
        } else if (framesLeft < MOST_FRAMES - 1
                && area.wide().show(paragraph, hit.start(), hit.end())) {
            framesLeft = 0;
        } else if (framesLeft > 0) {
            requestFrame.run();
        }
    }

    private void scrollTo(FindHit hit, int paragraph) {
        area.moveTo(paragraph, Math.min(hit.start(), area.getParagraph(paragraph).length()));
        if (follow.soughtItem() != null || !isComfortable(paragraph)) {
            int start = positions.startOf(hit.itemId());
            follow.goTo(
                    new ReadingPosition.At(
                            hit.itemId(), paragraph - start, area.getViewportHeight() / 3));
        }
    }

    /// Whether a paragraph is in sight and away from the upper edge, where the find bar is.
    private boolean isComfortable(int paragraph) {
        Optional<Double> top = area.topOf(paragraph);
        return top.isPresent()
                && top.get() > FindBar.HEIGHT
                && top.get() < area.getViewportHeight() - FindBar.HEIGHT;
    }

    /// The paragraph of the current hit; -1 if it is not in the document.
    private int paragraph() {
        FindHit hit = current;
        if (hit == null) {
            return -1;
        }
        int start = positions.startOf(hit.itemId());
        int end = positions.endOf(hit.itemId());
        if (start < 0 || end < start || end > area.getParagraphs().size()) {
            return -1;
        }
        String line = hit.lines().get(hit.line());
        int known = start + offset;
        if (offset >= 0 && known < end && ItemLines.of(area.getParagraph(known)).equals(line)) {
            return known;
        }
        List<String> shown = new ArrayList<>(end - start);
        for (int p = start; p < end; p++) {
            shown.add(ItemLines.of(area.getParagraph(p)));
        }
        offset = places.indexIn(shown, hit.line());
        return offset < 0 ? -1 : start + offset;
    }
}
