package dev.oriel.app.composer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.TestWindow;
import dev.oriel.app.settings.ThemeChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Labeled;
import javafx.scene.paint.Paint;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The hint in the empty composer.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PromptColorUiTest {
    @TempDir Path folder;

    @Test
    void theHintHasTheColourOfQuietTextWithAndWithoutTheFocus() {
        try (TestWindow window = TestWindow.demo(folder)) {
            for (ThemeChoice theme : List.of(ThemeChoice.LIGHT, ThemeChoice.DARK)) {
                window.changeSettings(s -> s.withTheme(theme));
                for (String focused : List.of("filter", "composer", "mode", "composer", "attach")) {
                    TestWindow.run(() -> window.node(focused).requestFocus());
                    window.until(() -> window.node(focused).isFocused());
                    assertThat(hint(window))
                            .as("%s, focus in %s", theme, focused)
                            .isEqualTo(quiet(window));
                }
            }
        }
    }

    private static Paint hint(TestWindow window) {
        return TestWindow.on(() -> {
            window.stage().getScene().getRoot().applyCss();
            window.stage().getScene().getRoot().layout();
            return window.composer().lookupAll(".text").stream()
                    .filter(Text.class::isInstance)
                    .map(Text.class::cast)
                    .filter(t -> t.getText().equals(window.composer().getPromptText()))
                    .map(Text::getFill)
                    .findFirst()
                    .orElseThrow();
        });
    }

    private static Paint quiet(TestWindow window) {
        return TestWindow.on(() -> ((Labeled) window.node("link-state")).getTextFill());
    }
}
