package dev.oriel.app.transcript;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.paging.ReadingPosition;
import dev.oriel.app.transcript.FollowState.Trigger;
import dev.oriel.app.transcript.area.DocumentUpdater;
import dev.oriel.app.transcript.area.ItemPositions;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.area.WideScroll;
import javafx.scene.Node;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.jspecify.annotations.Nullable;

/// Scrolls the area as [FollowState] requires: it keeps the end in sight while the conversation
/// grows, or keeps a place while the document changes around it.
///
/// An upward scroll stops following at once; a downward scroll to within [#NEAR] of the end starts
/// it again. Belongs to the JavaFX thread.
final class TailFollower {
    /// How far from the end counts as being there, pixels.
    static final double NEAR = 100;

    private final TranscriptArea area;
    private final Runnable requestFrame;
    private FollowState state = FollowState.initial();

    /// Where the text was scrolled to, until it is laid out there. Before that, what the area has
    /// in sight is another place.
    private ReadingPosition.@Nullable At landing;

    /// @param scroll the pane around the area
    /// @param requestFrame called when the next frame may have to scroll
    TailFollower(
            TranscriptArea area,
            VirtualizedScrollPane<TranscriptArea> scroll,
            Runnable requestFrame) {
        this.area = area;
        this.requestFrame = requestFrame;
        scroll.addEventFilter(ScrollEvent.SCROLL, this::scrolledBy);
        scroll.addEventHandler(ScrollEvent.ANY, _ -> requestFrame.run());
        // The margins beside the column scroll too. The flow consumes the events that it scrolls by
        // itself.
        area.addEventHandler(
                ScrollEvent.SCROLL,
                e -> {
                    area.scrollYBy(WideScroll.sidewaysDelta(e) == 0 ? -e.getDeltaY() : 0);
                    e.consume();
                });
        scroll.addEventFilter(
                MouseEvent.MOUSE_PRESSED,
                e -> {
                    if (isScrollBar(e.getTarget())) {
                        apply(new Trigger.ScrolledUp());
                    }
                });
        scroll.addEventFilter(
                MouseEvent.MOUSE_RELEASED,
                e -> {
                    if (isScrollBar(e.getTarget())) {
                        apply(new Trigger.ScrolledDown());
                    }
                });
        area.heightProperty().addListener((_, _, _) -> apply(new Trigger.Resized()));
    }

    private void scrolledBy(ScrollEvent e) {
        double deltaY = e.getDeltaY();
        if (WideScroll.sidewaysDelta(e) != 0) {
            return;
        }
        if (deltaY > 0) {
            apply(new Trigger.ScrolledUp());
        } else if (deltaY < 0) {
            apply(new Trigger.ScrolledDown());
        }
    }

    private static boolean isScrollBar(Object target) {
        for (Node n = target instanceof Node t ? t : null; n != null; n = n.getParent()) {
            if (n instanceof ScrollBar) {
                return true;
            }
        }
        return false;
    }

    /// Applies what the user, or the view for the user, did.
    void apply(Trigger trigger) {
        landing = null;
        state = state.on(trigger);
        requestFrame.run();
    }

    /// Goes to a position in the first frame that has its paragraphs. Until then it is sought: its
    /// item is rendered first, and it is where the reader is about to be.
    void goTo(ReadingPosition position) {
        landing = null;
        state = state.on(new Trigger.PositionSet(position));
    }

    /// Whether the end stays in sight while the conversation grows.
    boolean isFollowing() {
        return state.isFollowing();
    }

    /// Whether the next change of the text is scrolled to its end.
    boolean scrollsToEnd() {
        return state instanceof FollowState.AtEnd;
    }

    /// The item of a position that is to be shown and whose paragraphs are awaited, or are not laid
    /// out yet; null if there is none.
    @Nullable String soughtItem() {
        if (state instanceof FollowState.Seeking(ReadingPosition.At goal, _)) {
            return goal.itemId();
        }
        ReadingPosition.At place = landing();
        return place == null ? null : place.itemId();
    }

    /// Whether paragraphs of an item are awaited, to be shown.
    boolean awaits(String itemId) {
        return state instanceof FollowState.Seeking(ReadingPosition.At goal, _)
                && goal.itemId().equals(itemId);
    }

    private ReadingPosition.@Nullable At landing() {
        if (!area.isNeedsLayout()) {
            landing = null;
        }
        return landing;
    }

    /// Scrolls as the state requires. To be called in every frame, after the document was updated.
    ///
    /// @param before where the reader was before the update
    /// @param change the result of the update
    /// @param partly whether more is added in the next frame, so that the end is not known
    void onFrame(
            ItemPositions positions,
            ReadingPosition before,
            DocumentUpdater.Change change,
            boolean partly) {
        boolean changed = change != DocumentUpdater.Change.NONE;
        Trigger.Frame frame =
                new Trigger.Frame(
                        changed,
                        change == DocumentUpdater.Change.AT_THE_READER
                                || (changed && before.equals(landing)),
                        !partly
                                && state instanceof FollowState.Away(boolean down)
                                && down
                                && isNearEnd(),
                        state instanceof FollowState.Seeking(ReadingPosition.At goal, _)
                                && positions.startOf(goal.itemId()) >= 0);
        FollowState.Scroll scroll = state.scrollIn(frame);
        if (scroll == FollowState.Scroll.TO_END) {
            area.flow().showAsLast(area.getParagraphs().size() - 1);
        } else if (scroll == FollowState.Scroll.TO_POSITION_BEFORE) {
            show(before, positions);
        } else if (state instanceof FollowState.Seeking(ReadingPosition.At goal, _)
                && scroll == FollowState.Scroll.TO_GOAL) {
            show(goal, positions);
        }
        state = state.on(frame);
    }

    private void show(ReadingPosition position, ItemPositions positions) {
        if (position instanceof ReadingPosition.At(String id, int line, double offset)) {
            int start = positions.startOf(id);
            if (start >= 0) {
                area.flow().showAtOffset(start + line, offset);
                landing = new ReadingPosition.At(id, line, offset);
            }
        }
    }

    /// Whether the end is in sight, or nearly so.
    boolean isNearEnd() {
        int end = area.getParagraphs().size() - 1;
        if (area.lastVisible() < end - 8) {
            return false;
        }
        double left =
                area.getTotalHeightEstimate()
                        - area.getEstimatedScrollY()
                        - area.getViewportHeight();
        return left <= NEAR;
    }

    /// Where the reader is, or is about to be.
    ReadingPosition position(ItemPositions positions) {
        if (state.isFollowing()) {
            return new ReadingPosition.AtEnd();
        }
        if (state instanceof FollowState.Seeking(ReadingPosition.At goal, _)) {
            return goal;
        }
        ReadingPosition.At place = landing();
        if (place != null) {
            return place;
        }
        int first = area.firstVisible();
        Item item = positions.itemAt(first);
        if (item == null) {
            return new ReadingPosition.AtEnd();
        }
        return new ReadingPosition.At(
                item.id(), first - positions.startAt(first), area.topOf(first).orElse(0.0));
    }
}
