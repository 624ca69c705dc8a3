package dev.oriel.app.transcript;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.document.ClickAction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.ContextMenuEvent;
import org.jspecify.annotations.Nullable;

/// The context menu of the transcript. Its sections depend on what it opens for. Belongs to the
/// JavaFX thread.
public final class TranscriptMenu {
    private final TranscriptArea area;
    private final IntFunction<@Nullable Item> items;
    private final ContextMenu menu = new ContextMenu();
    private final List<Section> sections = new ArrayList<>();

    /// What the mouse was pressed on; null for no action.
    private @Nullable ClickAction pressed;

    /// What the menu opens for.
    ///
    /// @param item the item at the caret; null for none
    /// @param action what a click would do; null for nothing
    /// @param selected whether text is selected
    public record Target(@Nullable Item item, @Nullable ClickAction action, boolean selected) {}

    /// A part of the menu, between two separators.
    @FunctionalInterface
    public interface Section {
        /// @return empty to leave the section out
        List<MenuItem> items(Target target);
    }

    /// @param items returns the item of a paragraph
    TranscriptMenu(TranscriptArea area, IntFunction<@Nullable Item> items) {
        this.area = area;
        this.items = items;
        // Without an item, JavaFX does not show the menu, and so does not ask for its items.
        menu.getItems().add(new SeparatorMenuItem());
        menu.getStyleClass().add("whole");
        menu.setOnShowing(_ -> fill());
        area.addEventFilter(
                ContextMenuEvent.CONTEXT_MENU_REQUESTED,
                e -> pressed = e.isKeyboardTrigger() ? ActionStops.atCaret(area) : pressed);
        area.setContextMenu(menu);
    }

    /// Adds a section after those that were added before.
    public void add(Section section) {
        sections.add(section);
    }

    /// Adds a section before all others.
    void addFirst(Section section) {
        sections.addFirst(section);
    }

    /// The mouse was pressed to open the menu.
    ///
    /// @param action what a click there would do
    void setPressed(@Nullable ClickAction action) {
        pressed = action;
    }

    private void fill() {
        var target =
                new Target(
                        items.apply(area.getCurrentParagraph()),
                        pressed,
                        area.getSelection().getLength() > 0);
        List<MenuItem> all = new ArrayList<>();
        for (Section section : sections) {
            List<MenuItem> own = section.items(target);
            if (!own.isEmpty() && !all.isEmpty()) {
                all.add(new SeparatorMenuItem());
            }
            all.addAll(own);
        }
        menu.getItems().setAll(all);
    }
}
