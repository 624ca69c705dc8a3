package dev.oriel.app.transcript.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import java.nio.file.Path;
import javafx.event.Event;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.fxmisc.richtext.GenericStyledArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyUiTest {
    @TempDir Path folder;
    private TestWindow window;

    @BeforeEach
    void talk() {
        window = TestWindow.demo(folder);
        window.say("hello *you*");
        window.until(() -> window.transcript().contains("what else the demo can play"));
        window.until(() -> window.turn() instanceof TurnState.Idle);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private GenericStyledArea<?, ?, ?> area() {
        return (GenericStyledArea<?, ?, ?>) window.node("transcript");
    }

    private static String clipboard() {
        return Clipboard.getSystemClipboard().getString();
    }

    private void pressCopyMarkdown() {
        Event.fireEvent(
                area(),
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.C, true, true, false, false));
    }

    @Test
    void theKeyboardCopiesTheMessageAtTheCaretOrTheSelection() {
        String message =
                TestWindow.on(() -> {
                    area().moveTo(area().getText().indexOf("hello"));
                    pressCopyMarkdown();
                    return clipboard();
                });
        assertThat(message).isEqualTo("hello *you*");
        String part =
                TestWindow.on(() -> {
                    int at = area().getText().indexOf("hello");
                    area().selectRange(at, at + 5);
                    pressCopyMarkdown();
                    return clipboard();
                });
        assertThat(part).isEqualTo("> hello");
    }

    @Test
    void theButtonOfTheMessageUnderTheMouseCopiesIt() {
        TestWindow.run(() -> {
            area().requestFocus();
            Event.fireEvent(
                    area(),
                    new KeyEvent(
                            KeyEvent.KEY_PRESSED,
                            "",
                            "",
                            KeyCode.HOME,
                            false,
                            false,
                            false,
                            false));
        });
        window.until(() -> area().getCharacterBoundsOnScreen(0, 1).isPresent());
        window.until(() -> {
            int at = area().getText().indexOf("hello");
            var place = area().getCharacterBoundsOnScreen(at, at + 1).orElse(null);
            if (place != null) {
                // An event without a source has the coordinates of the scene.
                var scene = area().localToScene(area().screenToLocal(place));
                Event.fireEvent(area(), moved(scene.getCenterX(), scene.getCenterY()));
            }
            return window.node("copy-message").isVisible();
        });
        String copied =
                TestWindow.on(() -> {
                    window.button("copy-message").fire();
                    return clipboard();
                });
        assertThat(copied).isEqualTo("hello *you*");
    }

    private static MouseEvent moved(double x, double y) {
        return new MouseEvent(
                MouseEvent.MOUSE_MOVED,
                x,
                y,
                x,
                y,
                MouseButton.NONE,
                0,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                true,
                null);
    }
}
