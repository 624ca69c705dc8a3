package dev.oriel.app.transcript;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.paging.ReadingPosition;
import dev.oriel.app.transcript.area.DocumentUpdater;
import dev.oriel.app.transcript.area.ItemPositions;
import dev.oriel.app.transcript.area.TranscriptArea;
import javafx.scene.Node;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.jspecify.annotations.Nullable;

/// Keeps the reader where the reader wants to be: at the end while more comes, or at one place
/// whatever changes around it.
///
/// Any upward scroll stops following at once; coming back to within [#NEAR] of the end starts it
/// again.
final class TailFollower {
    /// How near to the end counts as being there, pixels.
    static final double NEAR = 100;

    private final TranscriptArea pane;
    private final Runnable moved;
    private boolean following = true;

    /// Where to go when the paragraphs for it are there.
    private @Nullable ReadingPosition goal;

    /// Whether the next change must not move what is on the screen, although it is at the end.
    private boolean resting;

    /// Whether the reader asked for the end, wherever it was.
    private boolean called;

    /// Whether the last move of the reader was towards the end.
    private boolean arriving;

    TailFollower(TranscriptArea pane, Runnable moved) {
        this.pane = pane;
        this.moved = moved;
    }

    void watch(VirtualizedScrollPane<TranscriptArea> scroll) {
        scroll.addEventFilter(
                ScrollEvent.SCROLL,
                e -> {
                    if (e.getDeltaY() > 0) {
                        leave();
                    } else if (e.getDeltaY() < 0) {
                        arrive();
                    }
                });
        scroll.addEventHandler(ScrollEvent.ANY, _ -> moved.run());
        // The margins beside the column scroll too: the flow consumes what it scrolled by itself.
        pane.addEventHandler(
                ScrollEvent.SCROLL,
                e -> {
                    pane.scrollYBy(-e.getDeltaY());
                    e.consume();
                });
        scroll.addEventFilter(
                MouseEvent.MOUSE_PRESSED,
                e -> {
                    if (isBar(e.getTarget())) {
                        leave();
                    }
                });
        scroll.addEventFilter(
                MouseEvent.MOUSE_RELEASED,
                e -> {
                    if (isBar(e.getTarget())) {
                        arrive();
                    }
                });
    }

    private static boolean isBar(Object target) {
        for (Node n = target instanceof Node t ? t : null; n != null; n = n.getParent()) {
            if (n instanceof ScrollBar) {
                return true;
            }
        }
        return false;
    }

    boolean following() {
        return following;
    }

    /// The reader went up.
    void leave() {
        following = false;
        arriving = false;
        goal = null;
        moved.run();
    }

    /// The reader went down, and may come to the end.
    void arrive() {
        arriving = true;
        moved.run();
    }

    /// What is visible has become higher or lower: the end stays where the reader looks.
    void resized() {
        called |= following;
        moved.run();
    }

    void toEnd() {
        following = true;
        called = true;
        goal = null;
        moved.run();
    }

    void start(ReadingPosition position) {
        following = position instanceof ReadingPosition.AtEnd;
        called = following;
        goal = position instanceof ReadingPosition.At ? position : null;
    }

    /// The reader wants to be at a place that may not be drawn yet.
    void goTo(ReadingPosition.At position) {
        following = false;
        called = false;
        goal = position;
    }

    /// The reader opens something: it must open where it stands.
    void rest() {
        resting = true;
    }

    /// Called after every look at the document.
    ///
    /// @param before where the reader was before the change
    /// @param change what the change did
    void after(ItemPositions layout, ReadingPosition before, DocumentUpdater.Change change) {
        boolean changed = change != DocumentUpdater.Change.NONE;
        if (goal != null) {
            if (go(goal, layout)) {
                goal = null;
            }
        } else if (following && resting && changed) {
            following = false;
        } else if (following) {
            if (changed || called) {
                pane.flow().showAsLast(pane.getParagraphs().size() - 1);
            }
            called = false;
        } else if (change == DocumentUpdater.Change.AT_THE_READER) {
            go(before, layout);
        } else if (arriving && atEnd()) {
            following = true;
        }
        if (changed) {
            resting = false;
        }
    }

    private boolean go(ReadingPosition position, ItemPositions layout) {
        if (position instanceof ReadingPosition.At(String id, int line, double offset)) {
            int start = layout.startOf(id);
            if (start < 0) {
                return false;
            }
            pane.flow().showAtOffset(start + line, offset);
        }
        return true;
    }

    boolean atEnd() {
        int end = pane.getParagraphs().size() - 1;
        if (pane.lastVisible() < end - 8) {
            return false;
        }
        double left =
                pane.getTotalHeightEstimate()
                        - pane.getEstimatedScrollY()
                        - pane.getViewportHeight();
        return left <= NEAR;
    }

    ReadingPosition position(ItemPositions layout) {
        if (following) {
            return new ReadingPosition.AtEnd();
        }
        if (goal != null) {
            return goal;
        }
        int first = pane.firstVisible();
        Item item = layout.itemAt(first);
        if (item == null) {
            return new ReadingPosition.AtEnd();
        }
        return new ReadingPosition.At(
                item.id(), first - layout.startAt(first), pane.topOf(first).orElse(0.0));
    }
}
