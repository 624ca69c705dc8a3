package dev.oriel.app.textinput;

import static dev.oriel.app.textinput.TextInputWindow.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.shape.Path;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// The caret of the window's text inputs is visible while they have the focus, and never blinks.
/// That depends on internals of the toolkit's skins, so real inputs are tested.
@ExtendWith(ApplicationExtension.class)
class SteadyCaretUiTest {
    /// Longer than two half seconds, after each of which the toolkit's own caret changes.
    private static final Duration BLINKS = Duration.ofMillis(1_300);

    @SuppressWarnings("NullAway.Init") // made on the JavaFX thread, in start
    private TextArea area;

    @SuppressWarnings("NullAway.Init")
    private TextField field;

    @Start
    void start(Stage stage) {
        TextInputWindow window = TextInputWindow.in(stage);
        area = window.area();
        field = window.field();
    }

    private static List<Path> paths(Node node) {
        List<Path> all = new ArrayList<>();
        if (node instanceof Path path && path.opacityProperty().isBound()) {
            all.add(path);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(n -> all.addAll(paths(n)));
        }
        return all;
    }

    private static Path caret(TextInputControl control) throws Exception {
        List<Path> found = on(() -> paths(control));
        assertThat(found).as("the caret in the skin of %s", control).hasSize(1);
        return found.getFirst();
    }

    private void staysWhereOneWrites(TextInputControl control, FxRobot robot) throws Exception {
        on(() -> {
            control.requestFocus();
            return true;
        });
        Path caret = caret(control);
        robot.type(KeyCode.X);
        await().atMost(Duration.ofSeconds(10)).until(() -> on(caret::getOpacity) == 1.0);
        List<Number> changes = new ArrayList<>();
        on(() -> {
            caret.opacityProperty().addListener((_, _, now) -> changes.add(now));
            return true;
        });
        await().during(BLINKS)
                .atMost(Duration.ofSeconds(10))
                .until(() -> on(() -> changes.isEmpty() && caret.getOpacity() == 1.0));
    }

    @Test
    void theCaretOfAFocusedAreaStaysVisible(FxRobot robot) throws Exception {
        assertThat(on(area::getSkin)).isInstanceOf(OrielTextAreaSkin.class);
        staysWhereOneWrites(area, robot);
    }

    @Test
    void theCaretOfAFocusedFieldStaysVisible(FxRobot robot) throws Exception {
        assertThat(on(field::getSkin)).isInstanceOf(OrielTextFieldSkin.class);
        staysWhereOneWrites(field, robot);
    }

    @Test
    void noCaretIsVisibleElsewhereOrInASelection(FxRobot robot) throws Exception {
        staysWhereOneWrites(area, robot);
        on(() -> {
            area.selectAll();
            return true;
        });
        Path caret = caret(area);
        assertThat(on(caret::getOpacity)).isZero();
        on(() -> {
            area.deselect();
            return true;
        });
        assertThat(on(caret::getOpacity)).isEqualTo(1.0);
        on(() -> {
            field.requestFocus();
            return true;
        });
        assertThat(on(caret::getOpacity)).isZero();
    }
}
