package dev.oriel.app.window;

import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.request.AnswerKeys;
import dev.oriel.app.keyboard.Shortcuts;
import dev.oriel.app.sidebar.SidebarViewModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Which key does what in the window.
final class WindowShortcuts {
    private WindowShortcuts() {}

    static List<Shortcuts.Shortcut> create(MainView view, MainView.Parts parts) {
        AsksViewModel asks = parts.asks();
        SidebarViewModel list = parts.sidebar();
        List<Shortcuts.Shortcut> keys = new ArrayList<>();
        keys.add(
                new Shortcuts.Shortcut(
                        "Deny what is asked, else stop the turn", view::escape, "Esc"));
        keys.add(
                new Shortcuts.Shortcut(
                        "Allow once", answer(asks, asks::allow), AnswerKeys.ALLOW.keys()));
        keys.add(
                new Shortcuts.Shortcut(
                        "Always allow, in this session",
                        answer(asks, asks::allowAlways),
                        AnswerKeys.ALWAYS.keys()));
        keys.add(new Shortcuts.Shortcut("Deny", answer(asks, asks::deny), AnswerKeys.DENY.keys()));
        keys.add(always("New session", parts.desk()::newSession, "Shortcut+N"));
        keys.add(always("Next session", () -> list.openNeighbour(1), "Ctrl+Tab"));
        keys.add(always("Session before", () -> list.openNeighbour(-1), "Ctrl+Shift+Tab"));
        for (int n = 1; n <= 9; n++) {
            int number = n;
            keys.add(always("Session " + n, () -> list.openNumber(number), "Shortcut+" + n));
        }
        keys.add(always("Show or hide the sidebar", view::toggleSidebar, "Shortcut+B"));
        keys.add(always("Next part of the window", () -> view.moveFocus(1), "F6"));
        keys.add(always("Part before", () -> view.moveFocus(-1), "Shift+F6"));
        keys.add(always("Search", view::focusSearch, "Shortcut+K"));
        keys.add(always("To the composer", view::focusComposer, "Shortcut+I"));
        keys.add(always("Permission mode", view::showModeMenu, "Shortcut+Shift+M"));
        keys.add(
                always(
                        "Larger text",
                        () -> parts.settings().zoom(1),
                        "Shortcut+Equals",
                        "Shortcut+Shift+Equals",
                        "Shortcut+Add"));
        keys.add(
                always(
                        "Smaller text",
                        () -> parts.settings().zoom(-1),
                        "Shortcut+Minus",
                        "Shortcut+Subtract"));
        keys.add(always("Usual text size", () -> parts.settings().zoom(0), "Shortcut+0"));
        keys.add(always("Settings", view.panels()::showSettings, "Shortcut+Comma"));
        keys.add(always("This sheet", view.panels()::showShortcuts, "Shortcut+Slash"));
        return keys;
    }

    private static Shortcuts.Shortcut always(String does, Runnable action, String... keys) {
        return new Shortcuts.Shortcut(
                does,
                () -> {
                    action.run();
                    return true;
                },
                keys);
    }

    /// A chord that answers only where there is a question, so that it types its letter otherwise.
    private static BooleanSupplier answer(AsksViewModel asks, Runnable given) {
        return () -> {
            boolean open = asks.shown().get() != null;
            if (open) {
                given.run();
            }
            return open;
        };
    }
}
