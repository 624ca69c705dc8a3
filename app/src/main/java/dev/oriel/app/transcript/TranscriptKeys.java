package dev.oriel.app.transcript;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.transcript.FollowState.Trigger;
import dev.oriel.app.transcript.area.ClickTarget;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.area.WideScroll;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphStyle.Fold;
import dev.oriel.message.Graphemes;
import java.util.function.Consumer;
import javafx.scene.TraversalDirection;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import org.fxmisc.richtext.Caret.CaretVisibility;
import org.jspecify.annotations.Nullable;

/// Keys of the transcript: pages, ends, prompts, and Enter for the link or item at the caret.
final class TranscriptKeys {
    /// The most characters of a prompt that are announced.
    private static final int LONGEST_SPOKEN = 200;

    private final TranscriptArea area;
    private final TailFollower follow;
    private final Places places;
    private final ActionStops stops;
    private final Consumer<String> showTarget;
    private Consumer<String> announce = _ -> {};

    /// The places that keys go to.
    interface Places {
        /// The next prompt before or after a paragraph; null if there is none.
        @Nullable Item nextPrompt(int paragraph, boolean forward);

        /// Renders an item if it is not rendered yet.
        ///
        /// @return its first paragraph; -1 if the background renders it, after which it is shown
        int reach(Item item);

        /// Goes to the first item.
        void showFirst();
    }

    TranscriptKeys(
            TranscriptArea area,
            TailFollower follow,
            Consumer<ClickAction> perform,
            Places places,
            Consumer<String> showTarget) {
        this.area = area;
        this.showTarget = showTarget;
        stops = new ActionStops(area);
        this.follow = follow;
        this.places = places;
        area.addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    boolean acts =
                            e.getCode() == KeyCode.ENTER
                                    || (e.getCode() == KeyCode.SPACE && isAtFold());
                    if (scrollBy(e) || toStop(e) || (acts && performAtCaret(perform))) {
                        e.consume();
                    }
                });
        area.caretPositionProperty().addListener((_, _, _) -> showTarget());
        area.showCaretProperty().addListener((_, _, _) -> showTarget());
        // The caret is visible once the keyboard moved it, because Enter acts there, and hidden
        // once the mouse is used.
        area.addEventHandler(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getCode().isArrowKey()) {
                        area.setShowCaret(CaretVisibility.ON);
                        if (e.getCode() == KeyCode.UP) {
                            follow.apply(new Trigger.ScrolledUp());
                        }
                    }
                });
        area.addEventFilter(MouseEvent.MOUSE_PRESSED, _ -> area.setShowCaret(CaretVisibility.OFF));
        area.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused) {
                        area.setShowCaret(CaretVisibility.OFF);
                    }
                });
    }

    /// @return whether the key scrolls
    private boolean scrollBy(KeyEvent e) {
        double page = Math.max(40, area.getViewportHeight() - 60);
        switch (e.getCode()) {
            case PAGE_UP -> {
                follow.apply(new Trigger.ScrolledUp());
                if (e.isShiftDown()) {
                    toPrompt(false);
                } else {
                    area.scrollYBy(-page);
                }
            }
            case PAGE_DOWN -> {
                if (e.isShiftDown()) {
                    toPrompt(true);
                } else {
                    follow.apply(new Trigger.ScrolledDown());
                    area.scrollYBy(page);
                }
            }
            case HOME -> {
                if (e.isShiftDown()) {
                    return false;
                }
                follow.apply(new Trigger.ScrolledUp());
                places.showFirst();
            }
            case END -> {
                if (e.isShiftDown()) {
                    return false;
                }
                follow.apply(new Trigger.JumpedToEnd());
                area.flow().showAsLast(area.getParagraphs().size() - 1);
            }
            case LEFT, RIGHT -> {
                double step = e.getCode() == KeyCode.LEFT ? -WideScroll.STEP : WideScroll.STEP;
                return e.isAltDown() && !e.isShiftDown() && area.wide().scrollBy(step);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Goes to the next prompt in a direction.
    ///
    /// @return whether there is one
    boolean toPrompt(boolean forward) {
        int first = area.firstVisible();
        boolean above = area.topOf(first).orElse(0.0) < -1;
        Item prompt = places.nextPrompt(forward || !above ? first : first + 1, forward);
        if (prompt == null) {
            return false;
        }
        int to = places.reach(prompt);
        if (to >= 0) {
            area.flow().showAsFirst(to);
            // Screen readers continue from the caret, if the focus is here.
            area.moveTo(to, 0);
            String text = area.getParagraph(to).getText();
            announce.accept("Prompt: " + Graphemes.truncate(text, LONGEST_SPOKEN));
        }
        return true;
    }

    /// Sets what receives sentences for a screen reader.
    void setAnnouncer(Consumer<String> announcer) {
        announce = announcer;
    }

    /// Says whether the line at the caret opened or closed something.
    void announceFold() {
        Fold fold = area.getParagraph(area.getCurrentParagraph()).getParagraphStyle().fold();
        if (fold != null) {
            announce.accept(fold == Fold.OPENED ? "Expanded" : "Collapsed");
        }
    }

    /// Goes to the next link or the like in sight. Without one, Tab leaves the text.
    private boolean toStop(KeyEvent e) {
        if (e.getCode() != KeyCode.TAB || e.isControlDown() || e.isAltDown() || e.isMetaDown()) {
            return false;
        }
        ActionStops.Stop stop = stops.go(!e.isShiftDown());
        if (stop == null) {
            return area.requestFocusTraversal(
                    e.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
        }
        area.setShowCaret(CaretVisibility.ON);
        showTarget();
        String target = ClickTarget.of(stop.action());
        if (!target.isEmpty()) {
            announce.accept(area.getSelectedText() + ", leads to " + target);
        }
        return true;
    }

    /// Shows where the link at the caret leads to while the keyboard is used.
    private void showTarget() {
        boolean shown = area.getShowCaret() == CaretVisibility.ON;
        showTarget.accept(shown ? ClickTarget.of(ActionStops.atCaret(area)) : "");
    }

    private boolean isAtFold() {
        return area.getParagraph(area.getCurrentParagraph()).getParagraphStyle().fold() != null;
    }

    /// @return whether there is an action at the caret
    private boolean performAtCaret(Consumer<ClickAction> perform) {
        ClickAction action = ActionStops.atCaret(area);
        if (action == null) {
            return false;
        }
        perform.accept(action);
        return true;
    }
}
