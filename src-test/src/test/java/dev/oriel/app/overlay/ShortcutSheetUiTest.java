package dev.oriel.app.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.keyboard.Shortcuts;
import dev.oriel.app.keyboard.Shortcuts.Shortcut;
import dev.oriel.testing.window.FxThread;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

class ShortcutSheetUiTest {
    @BeforeAll
    static void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @Test
    void shortcutsAndTheKeysOfPartsOfTheWindowAreListed() {
        var shortcuts =
                new Shortcuts(List.of(new Shortcut("Find", () -> true, "Shortcut+F", "F3")));
        List<String> keys =
                FxThread.on(() -> {
                    VBox sheet = ShortcutSheet.create(shortcuts, () -> {});
                    new Scene(sheet);
                    sheet.applyCss();
                    sheet.layout();
                    return sheet.lookupAll(".key").stream()
                            .map(n -> ((Label) n).getText())
                            .toList();
                });
        String alt = Shortcuts.displayName("Alt");
        assertThat(keys)
                .contains(Shortcuts.displayName("Shortcut+F"), "@", "/", "Tab", "F7, Shift+F7")
                .contains(alt + "+Up, Down", alt + "+Left, Right")
                .doesNotContain("F3");
    }
}
