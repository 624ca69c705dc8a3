package dev.oriel.app.keyboard;

import dev.oriel.platform.OperatingSystem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// Keyboard shortcuts of a scene. They are handled before the focused control sees the key.
public final class Shortcuts {
    /// A shortcut.
    ///
    /// @param description for the list of shortcuts
    /// @param action returns whether it handled the key; if not, the focused control gets it
    /// @param keys one or more, as [KeyCombination#valueOf] reads them; the first one is listed
    public record Shortcut(String description, BooleanSupplier action, List<String> keys) {
        public Shortcut(String description, BooleanSupplier action, String... keys) {
            this(description, action, List.of(keys));
        }
    }

    private final List<Shortcut> all;
    private final Map<KeyCombination, BooleanSupplier> byKey = new LinkedHashMap<>();

    public Shortcuts(List<Shortcut> all) {
        this.all = List.copyOf(all);
        for (Shortcut s : all) {
            for (String key : s.keys()) {
                byKey.put(KeyCombination.valueOf(key), s.action());
            }
        }
    }

    /// Handles the keys that are pressed in a scene.
    public void install(Scene scene) {
        // A filter, because a text field would consume some of them.
        scene.addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    for (Map.Entry<KeyCombination, BooleanSupplier> s : byKey.entrySet()) {
                        if (s.getKey().match(e)) {
                            if (s.getValue().getAsBoolean()) {
                                e.consume();
                            }
                            return;
                        }
                    }
                });
    }

    /// All shortcuts, in the order of the list.
    public List<Shortcut> all() {
        return all;
    }

    /// A key as it is shown to the user, for example `Ctrl+Shift+M`.
    public static String displayName(String key) {
        boolean mac = OperatingSystem.current() == OperatingSystem.MACOS;
        return key.replace("Shortcut", mac ? "Cmd" : "Ctrl")
                .replace("Meta", "Cmd")
                .replace("Alt", mac ? "Option" : "Alt")
                .replace("Comma", ",")
                .replace("Slash", "/")
                .replace("Equals", "=")
                .replace("Minus", "-");
    }

    /// A text of a tooltip, and the keys that do the same.
    ///
    /// @param keys as [KeyCombination#valueOf] reads them
    public static String withKeys(String text, String keys) {
        return text + "  (" + displayName(keys) + ")";
    }
}
