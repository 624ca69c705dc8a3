package dev.oriel.app.keyboard;

import dev.oriel.platform.OperatingSystem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// The keys of the window and what they do; the sheet that lists them is made from the same list.
public final class Shortcuts {
    /// @param action says whether it took the key; if not, the focused control gets it
    /// @param keys one or more, in JavaFX's words; the first one is shown
    public record Shortcut(String description, BooleanSupplier action, List<String> keys) {
        public Shortcut(String does, BooleanSupplier action, String... keys) {
            this(does, action, List.of(keys));
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

    public void install(Scene scene) {
        // Before the focused control: a text field would keep some of them for itself.
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

    public List<Shortcut> all() {
        return all;
    }

    /// As a person reads it: `Ctrl+Shift+M`.
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
}
