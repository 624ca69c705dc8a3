package dev.oriel.app.window;

import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.request.AnswerKeys;
import dev.oriel.app.keyboard.Shortcuts;
import dev.oriel.app.keyboard.Shortcuts.Shortcut;
import dev.oriel.app.overlay.Overlays;
import dev.oriel.app.overlay.ShortcutSheet;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.sidebar.SidebarViewModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.scene.Scene;

/// The keyboard shortcuts of the window.
public final class WindowShortcuts {
    private final Shortcuts shortcuts;
    private final Overlays overlays;

    public WindowShortcuts(
            MainView view,
            Panels panels,
            AsksViewModel asks,
            SidebarViewModel sidebar,
            SettingsViewModel settings,
            Overlays overlays,
            WindowFind find,
            DetailMenu detail,
            WindowJump jump) {
        this.overlays = overlays;
        List<Shortcut> keys = new ArrayList<>();
        keys.add(
                new Shortcut(
                        "Deny what is asked, else stop the turn; twice in an empty message field:"
                                + " return to a prompt",
                        view::escape,
                        "Esc"));
        keys.add(
                new Shortcut("Allow once", whileAsked(asks, asks::allow), AnswerKeys.ALLOW.keys()));
        keys.add(
                new Shortcut(
                        "Always allow, in this session",
                        whileAsked(asks, asks::allowAlways),
                        AnswerKeys.ALWAYS.keys()));
        keys.add(new Shortcut("Deny", whileAsked(asks, asks::deny), AnswerKeys.DENY.keys()));
        keys.add(always("New session", sidebar.actions()::newSession, "Shortcut+N"));
        keys.add(always("Next session", () -> sidebar.openNeighbour(1), "Ctrl+Tab"));
        keys.add(always("Previous session", () -> sidebar.openNeighbour(-1), "Ctrl+Shift+Tab"));
        for (int n = 1; n <= 9; n++) {
            int number = n;
            keys.add(always("Session " + n, () -> sidebar.openNumber(number), "Shortcut+" + n));
        }
        keys.add(always("Show or hide the sidebar", view::toggleSidebar, "Shortcut+B"));
        keys.add(always("Next part of the window", () -> view.moveFocus(1), "F6"));
        keys.add(always("Previous part", () -> view.moveFocus(-1), "Shift+F6"));
        keys.add(always("Search", view::focusSearch, "Shortcut+K"));
        keys.add(always("Previous prompt", jump::previousPrompt, "Shortcut+Up"));
        keys.add(always("Next prompt", jump::nextPrompt, "Shortcut+Down"));
        keys.add(always("Outline of the prompts", jump::showOutline, "Shortcut+Shift+O"));
        keys.add(always("Find in conversation", find::open, "Shortcut+F"));
        keys.add(always("Detail: normal, verbose, summary", detail::cycle, "Shortcut+O"));
        // The conversation handles it when it has the focus.
        keys.add(
                new Shortcut(
                        "Copy the selection or message as Markdown",
                        () -> false,
                        "Shortcut+Shift+C"));
        keys.add(always("Next hit", find::next, "Shortcut+G", "F3"));
        keys.add(always("Previous hit", find::previous, "Shortcut+Shift+G", "Shift+F3"));
        keys.add(always("Go to the composer", view::focusComposer, "Shortcut+I"));
        keys.add(new Shortcut("Search your messages", view::searchPrompts, "Ctrl+R"));
        keys.add(always("Permission mode", view.chips()::showModeMenu, "Shortcut+Shift+M"));
        keys.add(always("Model", view.chips()::showModelMenu, "Shortcut+Shift+I"));
        keys.add(always("Effort", view.chips()::showEffortMenu, "Shortcut+Shift+E"));
        keys.add(always("MCP servers", panels::showMcp, "Shortcut+Shift+P"));
        keys.add(always("Context, costs and limits", panels::showUsage, "Shortcut+Shift+U"));
        keys.add(
                always(
                        "Larger text",
                        () -> settings.zoom(1),
                        "Shortcut+Equals",
                        "Shortcut+Shift+Equals",
                        "Shortcut+Add"));
        keys.add(
                always(
                        "Smaller text",
                        () -> settings.zoom(-1),
                        "Shortcut+Minus",
                        "Shortcut+Subtract"));
        keys.add(always("Default text size", () -> settings.zoom(0), "Shortcut+0"));
        keys.add(always("Settings", panels::showSettings, "Shortcut+Comma"));
        keys.add(always("Keyboard shortcuts", this::show, "Shortcut+Slash"));
        shortcuts = new Shortcuts(keys);
    }

    private static Shortcut always(String description, Runnable action, String... keys) {
        return new Shortcut(
                description,
                () -> {
                    action.run();
                    return true;
                },
                keys);
    }

    /// Handles the key only while an ask is shown, so that it types its letter otherwise.
    private static BooleanSupplier whileAsked(AsksViewModel asks, Runnable action) {
        return () -> {
            boolean asked = asks.shown().get() != null;
            if (asked) {
                action.run();
            }
            return asked;
        };
    }

    /// Handles the keys that are pressed in a scene.
    public void install(Scene scene) {
        shortcuts.install(scene);
    }

    /// Shows the list of all shortcuts.
    public void show() {
        overlays.showCentered(ShortcutSheet.create(shortcuts, overlays::close));
    }
}
