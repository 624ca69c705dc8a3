package dev.oriel.app.controls;

import java.util.List;
import java.util.function.Supplier;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;

/// Replaces the items of a menu, but not while it is hidden after it was shown: JavaFX holds every
/// node that is added to a hidden popup until it is shown again, also those that are removed. Then
/// the items are replaced when the menu opens. Belongs to the JavaFX thread.
public final class MenuFiller {
    private final MenuButton menu;
    private final Supplier<List<MenuItem>> items;
    private boolean open;
    private boolean outdated;

    /// Whether the menu has nodes.
    private boolean wasShown;

    /// @param items makes the current items
    public MenuFiller(MenuButton menu, Supplier<List<MenuItem>> items) {
        this.menu = menu;
        this.items = items;
        menu.addEventHandler(MenuButton.ON_SHOWING, _ -> onShowing());
        menu.addEventHandler(MenuButton.ON_HIDDEN, _ -> open = false);
    }

    private void onShowing() {
        open = true;
        wasShown = true;
        if (outdated) {
            update();
        }
    }

    /// The items have changed.
    public void update() {
        outdated = wasShown && !open;
        if (!outdated) {
            menu.getItems().setAll(items.get());
        }
    }
}
