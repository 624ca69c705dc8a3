package dev.oriel.app.controls;

import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.css.Styleable;
import javafx.scene.control.Labeled;
import org.jspecify.annotations.Nullable;

/// Puts text into what has one font for all of it, so that emoji in it are drawn.
///
/// A text with emoji is shown in the font of emoji, by characters of that font; everything else in
/// it comes from the fonts that JavaFX falls back to, which are those of the system. What it says
/// is a control's accessible text, where it has no other.
///
/// Belongs to the JavaFX thread.
final class EmojiText {
    /// The style class of what is shown in the font of emoji.
    static final String STYLE_CLASS = "with-emoji";

    /// Under this key a control holds the accessible text that it was given here.
    private static final Object SPOKEN = new Object();

    private EmojiText() {}

    /// @param text went through [ControlText]
    static void setText(Labeled labeled, @Nullable String text) {
        Object spoken = labeled.getProperties().remove(SPOKEN);
        if (spoken != null && spoken.equals(labeled.getAccessibleText())) {
            labeled.setAccessibleText(null);
        }
        setText(labeled, text, labeled::setText, labeled::getText);
        TextRuns.apply(labeled);
        if (text != null && labeled.getAccessibleText() == null && EmojiFont.isNeededFor(text)) {
            labeled.setAccessibleText(text);
            labeled.getProperties().put(SPOKEN, text);
        }
    }

    /// @param set puts text into `where`
    /// @param now what text it has
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
