package dev.oriel.app.asks.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.controls.Controls;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// The rows of the buttons at several widths.
class AnswerButtonsUiTest {
    private static final String PROMPT = "What should be different?";

    private Button once = new Button();
    private TextField reason = new TextField();

    @BeforeAll
    static void startToolkit() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
    }

    /// The height in the window at which each button is.
    private List<Double> layOut(double width) {
        return WaitForAsyncUtils.waitForAsyncFx(
                10_000,
                () -> {
                    Button deny = sized(Controls.button("Deny"), 90);
                    reason = new TextField();
                    reason.setPromptText(PROMPT);
                    HBox.setHgrow(reason, Priority.ALWAYS);
                    reason.setMinWidth(60);
                    Button always = sized(Controls.button("Always allow these rules here"), 300);
                    Button save = sized(Controls.button("Save…"), 90);
                    once = sized(Controls.button("Allow once"), 120);
                    VBox root =
                            new VBox(
                                    new AnswerButtons(
                                            List.of(deny, reason), List.of(always, save, once)));
                    new Scene(root, width, 400);
                    // The height of the rows depends on the width of the first layout.
                    for (int i = 0; i < 3; i++) {
                        root.applyCss();
                        root.requestLayout();
                        root.layout();
                    }
                    return Stream.of(deny, always, save, once)
                            .map(AnswerButtonsUiTest::top)
                            .toList();
                });
    }

    private static Button sized(Button button, double width) {
        button.setMinWidth(width);
        button.setPrefWidth(width);
        return button;
    }

    private static double top(Node node) {
        return Math.round(node.localToScene(0, 0).getY());
    }

    @Test
    void oneRowIfThereIsRoom() {
        assertThat(new TreeSet<>(layOut(900))).hasSize(1);
    }

    @Test
    void whatAllowsIsInTheSecondRow() {
        List<Double> tops = layOut(600);
        assertThat(tops.get(1)).isGreaterThan(tops.getFirst());
        assertThat(tops.subList(1, 4)).containsOnly(tops.get(1));
    }

    @Test
    void allowOnceJoinsTheFirstRowInsteadOfStandingAloneInAThird() {
        List<Double> tops = layOut(480);
        assertThat(tops.get(3)).isEqualTo(tops.getFirst());
        assertThat(tops.get(1)).isEqualTo(tops.get(2)).isGreaterThan(tops.getFirst());
        assertThat(
                        WaitForAsyncUtils.waitForAsyncFx(
                                10_000, () -> once.localToScene(once.getLayoutBounds()).getMaxX()))
                .isLessThanOrEqualTo(480);
    }

    @ParameterizedTest
    @ValueSource(doubles = {480, 600, 710, 780, 790, 800, 820, 840, 900})
    void theFieldIsWideEnoughForWhatItAsks(double width) {
        layOut(width);
        double needed =
                WaitForAsyncUtils.waitForAsyncFx(
                        10_000,
                        () -> {
                            Text text = new Text(PROMPT);
                            text.setFont(reason.getFont());
                            return text.getLayoutBounds().getWidth()
                                    + reason.getInsets().getLeft()
                                    + reason.getInsets().getRight();
                        });
        assertThat(reason.getWidth()).isGreaterThanOrEqualTo(needed);
    }
}
