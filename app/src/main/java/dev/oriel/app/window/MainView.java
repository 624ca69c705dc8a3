package dev.oriel.app.window;

import dev.oriel.app.access.Announcer;
import dev.oriel.app.chips.ComposerChips;
import dev.oriel.app.keyboard.FocusRegions;
import dev.oriel.app.overlay.Overlays;
import dev.oriel.app.sidebar.SidebarView;
import java.util.List;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The content of the window: sidebar, header, page and composer, and the overlays over them.
public final class MainView extends StackPane {
    private final SidebarView sidebar;
    private final ComposerArea composer;
    private final Overlays overlays;
    private final Announcer announcer;
    private final WindowFind find;
    private final SidebarVisibility sidebarShown;
    private final FocusRegions regions;

    public MainView(
            SidebarView sidebar,
            HeaderView header,
            PageArea page,
            ComposerArea composer,
            Overlays overlays,
            Announcer announcer,
            SidebarVisibility sidebarShown,
            WindowFind find) {
        this.sidebar = sidebar;
        this.composer = composer;
        this.overlays = overlays;
        this.announcer = announcer;
        this.find = find;
        this.sidebarShown = sidebarShown;
        getStyleClass().add("oriel");
        BorderPane middle = new BorderPane(page);
        middle.setTop(header);
        middle.setBottom(composer);
        middle.getStyleClass().add("middle");
        middle.setMinHeight(0);
        BorderPane frame = new BorderPane(middle);
        // It is never larger than the window, whatever its content needs.
        frame.setMinSize(0, 0);
        sidebarShown.shown().subscribe(shown -> frame.setLeft(shown ? sidebar : null));
        getChildren().addAll(frame, composer.acceptDrops(this), overlays.node(), announcer);
        // Over the page, and under dialogs.
        getChildren().addAll(1, composer.popups());
        announcer.setChangeListener(this::notifyScreenReader);
        overlays.onClosed(this::focusComposer);
        sceneProperty()
                .subscribe(scene -> {
                    if (scene != null) {
                        scene.widthProperty().subscribe(w -> fitSidebar(w.doubleValue()));
                        focusComposerWhenNothingIsFocused(scene);
                    }
                });
        regions =
                new FocusRegions(
                        List.of(
                                new FocusRegions.FocusRegion(sidebar, sidebar::list),
                                new FocusRegions.FocusRegion(
                                        header,
                                        () -> FocusRegions.firstFocusable(header).orElse(null)),
                                new FocusRegions.FocusRegion(
                                        page, () -> FocusRegions.firstFocusable(page).orElse(null)),
                                new FocusRegions.FocusRegion(
                                        composer.asks(), composer.asks()::firstAnswer),
                                new FocusRegions.FocusRegion(
                                        composer.composer(), composer.composer()::field)));
    }

    private void fitSidebar(double width) {
        if (width > 0) {
            sidebarShown.fit(width);
        }
    }

    private void focusComposerWhenNothingIsFocused(Scene scene) {
        scene.focusOwnerProperty()
                .subscribe(owner -> {
                    if (owner == null && !overlays.isShowing()) {
                        focusComposer();
                    }
                });
    }

    /// A screen reader reads the announcement as long as there is one, and then what has the
    /// keyboard focus.
    private void notifyScreenReader() {
        notifyAccessibleAttributeChanged(
                announcer.focusItem() == null
                        ? AccessibleAttribute.FOCUS_NODE
                        : AccessibleAttribute.FOCUS_ITEM);
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(
            AccessibleAttribute attribute, Object... parameters) {
        return attribute == AccessibleAttribute.FOCUS_ITEM
                ? announcer.focusItem()
                : super.queryAccessibleAttribute(attribute, parameters);
    }

    /// Handles Esc: closes the overlay or the find bar, denies the ask, or stops the turn.
    ///
    /// @return whether the key was handled
    boolean escape() {
        if (overlays.isShowing()) {
            overlays.close();
            return true;
        }
        return find.escape() || composer.escape(getScene().getFocusOwner());
    }

    /// @param by 1 for the next region of the window, -1 for the previous one
    void moveFocus(int by) {
        if (!overlays.isShowing()) {
            regions.move(getScene().getFocusOwner(), by);
        }
    }

    /// Shows the sidebar and moves the focus to its search field.
    void focusSearch() {
        sidebarShown.show();
        sidebar.focusSearch();
    }

    /// Searches earlier prompts, unless the composer has the focus and does it itself.
    ///
    /// @return whether the key was handled
    boolean searchPrompts() {
        return !overlays.isShowing() && composer.searchPrompts(getScene().getFocusOwner());
    }

    void toggleSidebar() {
        sidebarShown.toggle();
    }

    /// Moves the focus to the composer, or into the page in whose place it is hidden.
    public void focusComposer() {
        composer.focusField();
    }

    /// The chips under the composer.
    ComposerChips chips() {
        return composer.chips();
    }
}
