package dev.oriel.app.composer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.controls.PangoWorkaround;
import dev.oriel.testing.await.Patience;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class PromptAreaUiTest {
    @ParameterizedTest
    @ValueSource(ints = {11, 13, 15, 18, 22, 28, 32})
    void itGrowsWithItsTextSoThatItNeedNotScroll(int size) throws Exception {
        FxToolkit.registerPrimaryStage();
        WaitForAsyncUtils.asyncFx(
                        () -> {
                            PangoWorkaround.install();
                            PromptArea area = new PromptArea();
                            area.setId("composer");
                            VBox root = new VBox(area);
                            root.getStyleClass().addAll("oriel", "oriel-light");
                            root.setStyle("-fx-font-size: " + size + "px;");
                            Stage stage = new Stage();
                            stage.setScene(new Scene(new StackPane(root), 600, 700));
                            stage.getScene()
                                    .getStylesheets()
                                    .addAll(
                                            "/dev/oriel/app/theme/tokens.css",
                                            "/dev/oriel/app/theme/shell.css");
                            stage.show();
                            for (String text :
                                    List.of(
                                            "one\ntwo",
                                            "one\ntwo\nthree\n",
                                            "שלום, עולם\n12, סוף",
                                            "ภาษาไทย\n👍 日本語\né")) {
                                area.setText(text);
                                for (int i = 0; i < 3; i++) {
                                    root.applyCss();
                                    root.layout();
                                }
                                ScrollBar bar = (ScrollBar) area.lookup(".scroll-bar:vertical");
                                assertThat(bar == null || !bar.isVisible())
                                        .as("%s at %d", text, size)
                                        .isTrue();
                            }
                            stage.close();
                            return true;
                        })
                .get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 28})
    void itsPromptTextIsNotCutWhileItIsEmpty(int size) throws Exception {
        FxToolkit.registerPrimaryStage();
        WaitForAsyncUtils.asyncFx(
                        () -> {
                            PromptArea area = new PromptArea();
                            area.setStyle("-fx-font-size: " + size + "px;");
                            Scene scene = new Scene(new VBox(area), size * 14, 700);
                            String hint = "Enter queues your message until the turn is finished";
                            area.setText(hint);
                            scene.getRoot().applyCss();
                            scene.getRoot().layout();
                            double asText = area.prefHeight(-1);
                            area.clear();
                            double oneLine = area.prefHeight(-1);
                            area.setPromptText(hint);
                            assertThat(area.prefHeight(-1)).isEqualTo(asText);
                            assertThat(asText).isGreaterThan(oneLine + size);
                            return true;
                        })
                .get(Patience.SECONDS, TimeUnit.SECONDS);
    }
}
