package dev.oriel.app.controls;

import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.css.Styleable;
import javafx.scene.control.Labeled;
import org.jspecify.annotations.Nullable;

/// Sets the text of controls that have one font for all of it, so that emoji in it are drawn.
///
/// A text with emoji is shown in the emoji font, by characters of that font; all other characters
/// come from the system's fonts, to which JavaFX falls back. The original text becomes the
/// control's accessible text, unless it has another.
///
/// Belongs to the JavaFX thread.
final class EmojiText {
    /// The style class of controls that are shown in the emoji font.
    static final String STYLE_CLASS = "with-emoji";

    /// The property of a control with the accessible text that was set here.
    private static final Object ACCESSIBLE_TEXT = new Object();

    private EmojiText() {}

    /// @param text passed [ControlText]
    static void setText(Labeled labeled, @Nullable String text) {
        Object accessible = labeled.getProperties().remove(ACCESSIBLE_TEXT);
        if (accessible != null && accessible.equals(labeled.getAccessibleText())) {
            labeled.setAccessibleText(null);
        }
        setText(labeled, text, labeled::setText, labeled::getText);
        TextRuns.apply(labeled);
        if (text != null && labeled.getAccessibleText() == null && EmojiFont.isNeededFor(text)) {
            labeled.setAccessibleText(text);
            labeled.getProperties().put(ACCESSIBLE_TEXT, text);
        }
    }

    /// @param set sets the text of `where`
    /// @param now returns the text of `where`
    static void setText(
            Styleable where,
            @Nullable String text,
            Consumer<@Nullable String> set,
            Supplier<@Nullable String> now) {
        where.getStyleClass().remove(STYLE_CLASS);
        set.accept(text);
        if (text != null && EmojiFont.isNeededFor(text)) {
            EmojiFont.whenLoaded(font -> {
                if (text.equals(now.get())) {
                    set.accept(font.encodeEmojiIn(text));
                    where.getStyleClass().add(STYLE_CLASS);
                }
            });
        }
    }
}
