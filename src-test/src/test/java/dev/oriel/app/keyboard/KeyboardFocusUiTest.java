package dev.oriel.app.keyboard;

import static dev.oriel.app.TestWindow.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.TestWindow;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What has the focus in a panel that opens.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class KeyboardFocusUiTest {
    private static final PseudoClass REACHED = PseudoClass.getPseudoClass("reached");

    @TempDir Path folder;

    @Test
    void aPanelOpenedByKeysShowsItsFocusAndOneOpenedByMouseDoesNot() {
        try (TestWindow window = TestWindow.demo(folder)) {
            window.chord(KeyCode.CONTROL, KeyCode.COMMA);
            window.until(() -> inPanel(window) != null);
            assertThat(marked(window)).isTrue();

            window.type(KeyCode.ESCAPE);
            window.until(() -> inPanel(window) == null);
            window.click("#open-settings");
            window.until(() -> inPanel(window) != null);
            assertThat(marked(window)).isFalse();
        }
    }

    private static boolean marked(TestWindow window) {
        return on(() -> {
            Node node = inPanel(window);
            return node != null && node.getPseudoClassStates().contains(REACHED);
        });
    }

    /// What has the focus in the panel; null if none is open.
    private static @Nullable Node inPanel(TestWindow window) {
        Node panel = window.stage().getScene().lookup("#sheets");
        Node focused = window.stage().getScene().getFocusOwner();
        return panel.isVisible() && FocusRegions.contains(panel, focused) ? focused : null;
    }
}
