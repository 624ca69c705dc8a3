package dev.oriel.app.chips;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.controls.MenuFiller;
import dev.oriel.app.keyboard.Shortcuts;
import java.util.List;
import java.util.stream.Stream;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.stage.PopupWindow;
import javafx.stage.Window;

/// A menu button under the composer that shows the current value of an option. Where there is too
/// little room, it shows its icon only.
abstract class OptionChip extends MenuButton {
    private final String option;
    private final String keys;
    private final Tooltip tooltip = Controls.tooltip();
    private final MenuFiller filler = new MenuFiller(this, this::items);

    /// @param option what is chosen, for example "Model"
    /// @param keys the shortcut that opens the menu, as [Shortcuts] reads it, for the tooltip
    OptionChip(String id, String option, String keys) {
        this.option = option;
        this.keys = keys;
        Controls.withoutMnemonics(this);
        setId(id);
        getStyleClass().add("chip");
        setTooltip(tooltip);
        // Below the chip, it would cover what is below the window.
        setPopupSide(Side.TOP);
        // What arrives while the menu is open makes it grow upwards.
        setOnShown(_ -> openMenus().forEach(OptionChip::anchorBelow));
    }

    /// The items of the menu as they are now.
    abstract List<MenuItem> items();

    /// The items have changed.
    final void updateItems() {
        filler.update();
    }

    private Stream<ContextMenu> openMenus() {
        return Window.getWindows().stream()
                .filter(ContextMenu.class::isInstance)
                .map(ContextMenu.class::cast)
                .filter(menu -> equals(menu.getOwnerNode()));
    }

    /// Holds the lower edge of a menu until it is hidden.
    private static void anchorBelow(ContextMenu menu) {
        PopupWindow.AnchorLocation usual = menu.getAnchorLocation();
        menu.setAnchorLocation(PopupWindow.AnchorLocation.CONTENT_BOTTOM_LEFT);
        menu.setOnHidden(_ -> menu.setAnchorLocation(usual));
    }

    /// Shows the current value.
    ///
    /// @param value a word or two
    /// @param detail more about it, a sentence; empty for none
    final void showValue(Node icon, String value, String detail) {
        setGraphic(icon);
        Controls.setLine(this, value);
        String words = option + ": " + value + (detail.isEmpty() ? "" : ". " + detail);
        setAccessibleText(words);
        Controls.setText(tooltip, Shortcuts.withKeys(words, keys));
    }

    /// Whether only the icon is shown.
    final void setCompact(boolean compact) {
        setContentDisplay(compact ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT);
    }

    final boolean isCompact() {
        return getContentDisplay() == ContentDisplay.GRAPHIC_ONLY;
    }

    /// Opens the menu, from the keyboard.
    public final void openMenu() {
        if (isVisible() && !isDisabled()) {
            requestFocus();
            show();
        }
    }
}
