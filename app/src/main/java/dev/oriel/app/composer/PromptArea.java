package dev.oriel.app.composer;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.controls.TextRuns;
import dev.oriel.app.text.FieldText;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.TextArea;
import javafx.scene.control.skin.TextAreaSkin;
import javafx.scene.input.Clipboard;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.text.Text;
import javafx.scene.text.TextBoundsType;
import org.jspecify.annotations.Nullable;

/// A text area that is as high as its text, or its prompt text while it is empty, from one line up
/// to a limit, and that knows when an input method is composing.
final class PromptArea extends TextArea {
    /// A text with more characters than this is not measured; it gets the largest height.
    private static final int MAX_MEASURED = 6_000;

    /// The largest height, in lines; a longer text scrolls.
    private static final double MAX_LINES = 12;

    /// What is subtracted from the width to get that of the text, in pixels: the padding of both
    /// sides (`.content` in `shell.css`), and some more, so that no line is wrapped later here than
    /// in the text area.
    private static final double HORIZONTAL_SPACE = 2 * 8 + 12;

    /// The padding above and below the text, and two pixels against a scroll bar after rounding.
    private static final double VERTICAL_SPACE = 2 * 8 + 2;

    /// The width for which the text is wrapped before this area has been laid out, in pixels.
    private static final double MIN_WRAPPING_WIDTH = 40;

    private final Text measure = Controls.textNode("");
    private Supplier<? extends @Nullable Node> focusItem = () -> null;
    private Runnable edited = () -> {};
    private boolean composing;
    private Predicate<Clipboard> attach = _ -> false;

    PromptArea() {
        setWrapText(true);
        setPrefRowCount(1);
        TextRuns.applyToInput(measure);
        // As in the skin: with another bounds type lines are lower in some font sizes.
        measure.setBoundsType(TextBoundsType.LOGICAL_VERTICAL_CENTER);
        measure.fontProperty().bind(fontProperty());
        textProperty().subscribe(_ -> requestLayout());
        promptTextProperty().subscribe(_ -> requestLayout());
        fontProperty().subscribe(_ -> requestLayout());
        widthProperty().subscribe(_ -> requestLayout());
        addEventFilter(
                InputMethodEvent.INPUT_METHOD_TEXT_CHANGED,
                e -> composing = !e.getComposed().isEmpty());
        focusedProperty().subscribe(_ -> composing = false);
    }

    /// @param item supplies the node that a screen reader reads while this has the focus; null for
    ///   this area itself
    void setFocusItem(Supplier<? extends @Nullable Node> item) {
        focusItem = item;
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(
            AccessibleAttribute attribute, Object... parameters) {
        return attribute == AccessibleAttribute.FOCUS_ITEM
                ? focusItem.get()
                : super.queryAccessibleAttribute(attribute, parameters);
    }

    /// @param listener called whenever the user has changed the text, with the caret where it is
    ///   then; not while an input method is composing
    void setOnEdited(Runnable listener) {
        edited = listener;
    }

    /// Called for each change that the user makes, not for a text that is set.
    @Override
    public void replaceText(int start, int end, String text) {
        super.replaceText(start, end, text);
        if (!composing) {
            edited.run();
        }
    }

    /// Replaces the whole text without reporting it as edited. It can be undone.
    void replaceAll(String text) {
        if (!text.equals(getText())) {
            super.replaceText(0, getLength(), text);
        }
    }

    /// Nothing that was changed until now can be undone.
    void clearUndo() {
        // Only a text that is set does this.
        setText(getText());
        end();
    }

    /// Whether the caret is before the text, and nothing is selected.
    boolean isCaretAtStart() {
        return getSelection().getLength() == 0 && getCaretPosition() == 0;
    }

    /// Whether the caret is behind the text, and nothing is selected.
    boolean isCaretAtEnd() {
        return getSelection().getLength() == 0 && getCaretPosition() == getLength();
    }

    /// The bounds of a character in the scene; null if the area is not shown.
    @Nullable Bounds boundsInScene(int position) {
        if (!(getSkin() instanceof TextAreaSkin skin) || getScene() == null) {
            return null;
        }
        Rectangle2D at = skin.getCharacterBounds(Math.min(position, getLength()));
        return at == null
                ? null
                : localToScene(
                        new BoundingBox(at.getMinX(), at.getMinY(), at.getWidth(), at.getHeight()));
    }

    /// @param handler attaches what is pasted; returns false for text, which is inserted
    void setOnPaste(Predicate<Clipboard> handler) {
        attach = handler;
    }

    @Override
    public void paste() {
        Clipboard from = Clipboard.getSystemClipboard();
        if (attach.test(from)) {
            return;
        }
        String text = from.hasString() ? from.getString() : "";
        if (text.indexOf('\r') >= 0) {
            // The text area would join lines that end with carriage returns.
            replaceSelection(FieldText.of(text));
        } else {
            super.paste();
        }
    }

    /// Whether an input method is composing, so that keys belong to it.
    boolean isComposing() {
        return composing;
    }

    @Override
    protected double computePrefHeight(double width) {
        double line = height("X", 0);
        double most = line * MAX_LINES;
        String text = getText().isEmpty() ? getPromptText() : getText();
        double wrap = Math.max(MIN_WRAPPING_WIDTH, getWidth() - HORIZONTAL_SPACE);
        double wanted =
                text.length() > MAX_MEASURED
                        ? most
                        : height(text.isEmpty() || text.endsWith("\n") ? text + "X" : text, wrap);
        return Math.ceil(Math.clamp(wanted, line, most) + VERTICAL_SPACE);
    }

    @Override
    protected double computeMinHeight(double width) {
        return height("X", 0);
    }

    private double height(String text, double wrap) {
        measure.setWrappingWidth(wrap);
        measure.setText(text);
        return measure.getLayoutBounds().getHeight();
    }
}
