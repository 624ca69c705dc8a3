package dev.oriel.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.await.Patience;
import java.util.concurrent.TimeUnit;
import javafx.scene.text.Text;
import javafx.scene.text.TextBoundsType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// Text of complex scripts in the toolkit's own layout, with the workaround installed.
class PangoWorkaroundUiTest {
    @BeforeAll
    static void repair() throws Exception {
        FxToolkit.registerPrimaryStage();
        assertThat(
                        WaitForAsyncUtils.asyncFx(PangoWorkaround::install)
                                .get(Patience.SECONDS, TimeUnit.SECONDS))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "שלום עולם שלום עולם שלום עולם שלום עולם ",
                "مرحبا بالعالم مرحبا بالعالم مرحبا بالعالم",
                "Hello שלום עולם, 12 and مرحبا hello",
                "ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอนหรือวรรณยุกต์เช่นเดียวกับภาษาจีน",
                "नमस्ते दुनिया नमस्ते दुनिया नमस्ते दुनिया नमस्ते दुनिया",
            })
    void wrappedTextStaysInsideItsWidth(String text) throws Exception {
        WaitForAsyncUtils.asyncFx(
                        () -> {
                            for (double width = 60; width < 400; width += 7) {
                                Text node = new Text(text);
                                node.setBoundsType(TextBoundsType.VISUAL);
                                node.setWrappingWidth(width);
                                // Contextual forms may exceed the width by a letter.
                                assertThat(node.getBoundsInLocal().getWidth())
                                        .as("at %.0f", width)
                                        .isBetween(10.0, width + 16);
                            }
                        })
                .get(Patience.SECONDS, TimeUnit.SECONDS);
    }
}
