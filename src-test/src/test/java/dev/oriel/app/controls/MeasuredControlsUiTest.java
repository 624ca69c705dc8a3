package dev.oriel.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.await.Patience;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.scene.Scene;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Font;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// A control that caches its heights is always as high as the toolkit's own control.
class MeasuredControlsUiTest {
    private static final String WORDS = "so many words that they take several lines ";

    @BeforeAll
    static void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @Test
    void aControlIsAsHighAsTheToolkitsOwn() throws Exception {
        WaitForAsyncUtils.asyncFx(
                        () -> {
                            compare(Controls.label(WORDS), new Label(WORDS));
                            compare(Controls.checkBox(WORDS), new CheckBox(WORDS));
                            compare(Controls.radioButton(WORDS), new RadioButton(WORDS));
                        })
                .get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    /// A label is as wide as its text if it has room.
    @Test
    void aRightToLeftTextThatFitsTakesOneLine() throws Exception {
        WaitForAsyncUtils.asyncFx(
                        () -> {
                            PangoWorkaround.install();
                            for (int size = 11; size < 40; size++) {
                                for (String text : List.of("שלום, עולם", "What שלום, עולם means")) {
                                    Label label = Controls.wrapping(Controls.label(text));
                                    VBox root = new VBox(label);
                                    root.setStyle("-fx-font-size: " + size + "px");
                                    new Scene(root, 900, 300);
                                    root.applyCss();
                                    root.layout();
                                    assertThat(label.getHeight())
                                            .as("%s at %d", text, size)
                                            .isBetween(size * 1.0, size * 1.9);
                                }
                            }
                            return true;
                        })
                .get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    private static void compare(Labeled ours, Labeled own) {
        own.setMnemonicParsing(false);
        Controls.wrapping(ours);
        Controls.wrapping(own);
        same("without a skin", ours, own);
        VBox root = new VBox(ours, own);
        new Scene(root, 300, 300);
        root.applyCss();
        same("with a skin", ours, own);
        List<Consumer<Labeled>> changes =
                List.of(
                        c -> c.setText(WORDS.repeat(5)),
                        c -> c.setFont(Font.font(30)),
                        c -> c.setPadding(new Insets(20)),
                        c -> c.setStyle("-fx-font-size: 9px"),
                        c -> c.setGraphic(new Rectangle(80, 300)),
                        c -> ((Rectangle) c.getGraphic()).setHeight(500),
                        c -> c.setGraphic(null),
                        c -> c.setLineSpacing(14),
                        c -> c.setWrapText(false),
                        c -> c.setText("one"));
        for (int i = 0; i < changes.size(); i++) {
            changes.get(i).accept(ours);
            changes.get(i).accept(own);
            root.applyCss();
            same("change " + i, ours, own);
            root.layout();
            same("after layout " + i, ours, own);
        }
    }

    private static void same(String when, Labeled ours, Labeled own) {
        for (double width : new double[] {-1, 120, 260}) {
            assertThat(ours.prefHeight(width))
                    .as("%s, %s, at %.0f", own.getClass().getSimpleName(), when, width)
                    .isEqualTo(own.prefHeight(width));
            assertThat(ours.minHeight(width)).isEqualTo(own.minHeight(width));
        }
    }
}
