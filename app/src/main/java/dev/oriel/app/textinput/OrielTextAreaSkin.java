package dev.oriel.app.textinput;

import dev.oriel.app.controls.TextRuns;
import java.lang.reflect.Field;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.skin.TextAreaSkin;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A text area with a caret that does not blink, in which a long paragraph of a complex script can
/// be edited. The stylesheet sets it for every text area of the window.
///
/// The text is laid out in short runs ([TextRuns]). JavaFX's skin measures the whole text
/// separately, as one run, so where that matters the size is set from the text as it is laid out.
public final class OrielTextAreaSkin extends TextAreaSkin {
    private static final Logger LOG = LoggerFactory.getLogger(OrielTextAreaSkin.class);

    private static final Paint INITIAL_HINT = Color.GRAY;

    private final boolean still;
    private final @Nullable TextParts text;
    private final EventHandler<KeyEvent> leave = this::leave;

    public OrielTextAreaSkin(TextArea control) {
        super(control);
        boolean found = false;
        for (Node part : getChildren()) {
            found |= SteadyCaret.install(part, control);
        }
        still = found;
        text = TextParts.in(this);
        control.addEventHandler(KeyEvent.KEY_PRESSED, leave);
        promptTextFillProperty().addListener((_, before, now) -> keepHintColor(before, now));
    }

    /// When the focus leaves the area, JavaFX 26 sets the colour of the hint to its initial value
    /// instead of that of the stylesheet.
    private void keepHintColor(Paint before, Paint now) {
        if (INITIAL_HINT.equals(now) && !INITIAL_HINT.equals(before)) {
            setPromptTextFill(before);
        }
    }

    @Override
    public void dispose() {
        if (getSkinnable() != null) {
            getSkinnable().removeEventHandler(KeyEvent.KEY_PRESSED, leave);
        }
        super.dispose();
    }

    /// Tab moves the focus as in every other control. JavaFX inserts a tab, so that the focus could
    /// not leave a text area with the keys that people know. Ctrl+Tab is a shortcut of the window.
    private void leave(KeyEvent e) {
        boolean plain = !e.isControlDown() && !e.isAltDown() && !e.isMetaDown();
        if (e.getCode() == KeyCode.TAB && plain) {
            getSkinnable()
                    .requestFocusTraversal(
                            e.isShiftDown()
                                    ? TraversalDirection.PREVIOUS
                                    : TraversalDirection.NEXT);
            e.consume();
        }
    }

    /// Called at every click and key press.
    @Override
    public void setCaretAnimating(boolean value) {
        super.setCaretAnimating(value && !still);
    }

    @Override
    public void moveCaret(TextUnit unit, Direction to, boolean select) {
        TextArea area = getSkinnable();
        if (!RightToLeftKeys.moveCaret(area, unit, to, select)) {
            super.moveCaret(unit, RightToLeftKeys.mirrored(area, unit, to), select);
        }
    }

    @Override
    protected void invalidateMetrics() {
        super.invalidateMetrics();
        TextParts own = text; // null while the superclass is constructed
        if (own != null) {
            own.setSize(this);
        }
    }

    @Override
    protected void layoutChildren(double x, double y, double w, double h) {
        super.layoutChildren(x, y, w, h);
        TextParts own = text;
        if (own != null) {
            own.settle(this);
        }
    }

    /// The parts of the skin that show the text.
    ///
    /// @param width field of the superclass: the preferred width of the content, pixels
    /// @param height field of the superclass: the preferred height of the content at its width,
    ///   pixels
    private record TextParts(
            ScrollPane scroll, Region content, Text text, Field width, Field height) {
        private static final int MOST_ROUNDS = 4;

        static @Nullable TextParts in(OrielTextAreaSkin skin) {
            ScrollPane scroll = null;
            for (Node part : skin.getChildren()) {
                scroll = part instanceof ScrollPane pane ? pane : scroll;
            }
            if (scroll == null || !(scroll.getContent() instanceof Region content)) {
                return null;
            }
            Text text = SteadyCaret.findTextNode(content.getChildrenUnmodifiable());
            if (text == null || !TextRuns.applyToInput(text)) {
                LOG.warn("Text of some scripts will be out of order, and slow where it is long");
                return null;
            }
            try {
                Field width = TextAreaSkin.class.getDeclaredField("computedPrefWidth");
                Field height = TextAreaSkin.class.getDeclaredField("computedPrefHeight");
                width.setAccessible(true);
                height.setAccessible(true);
                return new TextParts(scroll, content, text, width, height);
            } catch (NoSuchFieldException | RuntimeException e) {
                LOG.warn("Long texts of complex scripts will be slow to edit ({})", e.toString());
                return null;
            }
        }

        private boolean applies(OrielTextAreaSkin skin) {
            return skin.getSkinnable().isWrapText() && TextRuns.isDivided(text.getText());
        }

        private double size() {
            double high =
                    text.getLayoutBounds().getHeight()
                            + content.snappedTopInset()
                            + content.snappedBottomInset();
            return Math.max(high, scroll.getViewportBounds().getHeight());
        }

        void setSize(OrielTextAreaSkin skin) {
            if (!applies(skin)) {
                return;
            }
            try {
                width.setDouble(skin, scroll.getViewportBounds().getWidth());
                height.setDouble(skin, size());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }

        /// Lays the content out until its height is stable. The height depends on the width, which
        /// is known only after a layout and changes when the height makes the scroll bar appear.
        void settle(OrielTextAreaSkin skin) {
            if (!applies(skin)) {
                return;
            }
            for (int round = 0; round < MOST_ROUNDS; round++) {
                scroll.layout();
                if (Math.abs(content.getHeight() - size()) < 1.5) {
                    return;
                }
                skin.invalidateMetrics();
                content.requestLayout();
            }
        }
    }
}
