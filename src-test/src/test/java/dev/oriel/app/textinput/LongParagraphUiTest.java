package dev.oriel.app.textinput;

import static dev.oriel.app.textinput.TextInputWindow.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.oriel.app.controls.PangoWorkaround;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Bounds;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Path;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// A paragraph of 10,000 letters that have to be shaped, in text inputs. As one run it takes the
/// toolkit 16 seconds for each change.
@ExtendWith(ApplicationExtension.class)
class LongParagraphUiTest {
    private static final String ARABIC = "مرحبا بالعالم ";
    private static final String THAI = "ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำ";

    @SuppressWarnings("NullAway.Init") // made on the JavaFX thread, in start
    private TextArea area;

    @SuppressWarnings("NullAway.Init")
    private TextField field;

    @SuppressWarnings("NullAway.Init")
    private VBox root;

    @Start
    void start(Stage stage) {
        PangoWorkaround.install();
        TextInputWindow window = TextInputWindow.in(stage);
        root = window.root();
        area = window.area();
        area.setWrapText(true);
        area.setPrefHeight(150);
        field = window.field();
    }

    private void layOut() {
        root.applyCss();
        root.layout();
    }

    private Region content() {
        ScrollPane scroll = (ScrollPane) area.lookup(".scroll-pane");
        return (Region) scroll.getContent();
    }

    private void assertAsHighAsItsText() {
        Text text =
                Objects.requireNonNull(
                        SteadyCaret.findTextNode(content().getChildrenUnmodifiable()));
        double insets = content().snappedTopInset() + content().snappedBottomInset();
        assertThat(text.getWrappingWidth())
                .isCloseTo(
                        content().getWidth()
                                - content().snappedLeftInset()
                                - content().snappedRightInset(),
                        within(1.0));
        assertThat(content().getHeight())
                .isCloseTo(text.getLayoutBounds().getHeight() + insets, within(2.0));
    }

    private boolean showsCaret() {
        Path caret =
                (Path)
                        content().lookupAll("Path").stream()
                                .filter(n -> n.opacityProperty().isBound())
                                .findFirst()
                                .orElseThrow();
        Bounds where = caret.localToScene(caret.getLayoutBounds());
        Bounds view = area.localToScene(area.getLayoutBounds());
        return where.getMaxY() <= view.getMaxY() && where.getMinY() >= view.getMinY();
    }

    @ParameterizedTest
    @ValueSource(strings = {ARABIC, THAI})
    void aLongParagraphCanBeEditedAndScrolled(String words, FxRobot robot) throws Exception {
        String text = words.repeat(10_000 / words.length());
        on(() -> {
            area.requestFocus();
            area.setText(text);
            area.end();
            layOut();
            assertAsHighAsItsText();
            return true;
        });
        robot.write("ab");
        assertThat(on(() -> area.getText().equals(text + "ab"))).isTrue();
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(on(this::showsCaret)).isTrue();
        assertThat(on(area::getScrollTop)).isPositive();
    }

    @Test
    void theHeightFollowsTheWidthAndTheText() throws Exception {
        on(() -> {
            area.setText(THAI.repeat(300));
            layOut();
            assertAsHighAsItsText();
            double wide = content().getHeight();
            area.setMaxWidth(250);
            layOut();
            assertAsHighAsItsText();
            assertThat(content().getHeight()).isGreaterThan(1.5 * wide);
            area.setMaxWidth(Region.USE_COMPUTED_SIZE);
            layOut();
            assertAsHighAsItsText();
            assertThat(content().getHeight()).isCloseTo(wide, within(1.0));
            area.setText("short");
            layOut();
            assertThat(content().getHeight()).isLessThan(160);
            area.setText(ARABIC.repeat(50));
            layOut();
            assertAsHighAsItsText();
            return true;
        });
    }

    @Test
    void homeAndEndGoToTheEndsOfALineInReadingOrder(FxRobot robot) throws Exception {
        String hebrew = "שלום עולם";
        on(() -> {
            area.setText("one\n" + hebrew + "\nthree");
            area.requestFocus();
            area.positionCaret(4 + 3);
            layOut();
            return true;
        });
        robot.type(KeyCode.END);
        assertThat(on(() -> area.getCaretPosition())).isEqualTo(4 + hebrew.length());
        robot.type(KeyCode.HOME);
        assertThat(on(() -> area.getCaretPosition())).isEqualTo(4);
        robot.type(KeyCode.UP, KeyCode.END);
        assertThat(on(() -> area.getCaretPosition())).isEqualTo(3);
        robot.type(KeyCode.HOME);
        assertThat(on(() -> area.getCaretPosition())).isZero();
    }

    @Test
    void arrowsMoveByOneLetterInRightToLeftText(FxRobot robot) throws Exception {
        String hebrew = "שלום (12) עולם";
        for (TextInputControl control : List.of(area, field)) {
            on(() -> {
                control.setText(hebrew);
                control.requestFocus();
                control.home();
                layOut();
                return true;
            });
            for (int i = 1; i <= hebrew.length(); i++) {
                robot.type(KeyCode.LEFT);
                assertThat(on(() -> control.getCaretPosition())).isEqualTo(i);
            }
            for (int i = hebrew.length() - 1; i >= 0; i--) {
                robot.type(KeyCode.RIGHT);
                assertThat(on(() -> control.getCaretPosition())).isEqualTo(i);
            }
        }
    }

    @Test
    void aFieldAcceptsALongParagraph(FxRobot robot) throws Exception {
        String text = ARABIC.repeat(700);
        on(() -> {
            field.setText(text);
            field.requestFocus();
            field.end();
            layOut();
            return true;
        });
        robot.write("a");
        assertThat(on(() -> field.getText().equals(text + "a"))).isTrue();
    }
}
