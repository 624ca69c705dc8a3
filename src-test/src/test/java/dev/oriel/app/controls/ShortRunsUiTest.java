package dev.oriel.app.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.scene.text.Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class ShortRunsUiTest {
    private static final String ARABIC = "مرحبا بالعالم ";
    private static final String THAI = "ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำ";

    @BeforeAll
    static void repair() throws Exception {
        FxToolkit.registerPrimaryStage();
        assertThat(on(PangoRuns::repair)).isTrue();
    }

    private static <T> T on(Callable<T> work) throws Exception {
        return WaitForAsyncUtils.asyncFx(work).get(30, TimeUnit.SECONDS);
    }

    private static Text wrapped(String text, double width) {
        Text node = new Text(text);
        node.setWrappingWidth(width);
        return node;
    }

    @Test
    void partsAreTheTextAndNoneIsLong() {
        for (String text :
                new String[] {
                    ARABIC.repeat(40),
                    THAI.repeat(40),
                    "a\r\n".repeat(400),
                    "👩‍👩‍👧‍👦".repeat(100),
                    "e" + "\u0301".repeat(1_000),
                    "\ud800".repeat(900)
                }) {
            assertThat(String.join("", ShortRuns.parts(text))).isEqualTo(text);
            assertThat(ShortRuns.parts(text))
                    .allSatisfy(p -> assertThat(p.length()).isBetween(1, ShortRuns.LONGEST))
                    .noneMatch(p -> p.startsWith("\n"));
        }
        assertThat(ShortRuns.parts(ARABIC.repeat(40))).allMatch(p -> p.endsWith(" "));
        assertThat(ShortRuns.parts("👩‍👩‍👧‍👦".repeat(100))).allMatch(p -> p.startsWith("👩‍👩"));
    }

    @Test
    void onlyLongTextThatMayBeShapedIsDivided() {
        assertThat(ShortRuns.divides(ARABIC.repeat(40))).isTrue();
        assertThat(ShortRuns.divides(ARABIC)).isFalse();
        assertThat(ShortRuns.divides("“word” – ".repeat(100))).isFalse();
        assertThat(ShortRuns.divides("слово 言葉 ".repeat(100))).isFalse();
        assertThat(ShortRuns.divides(null)).isFalse();
    }

    /// The text is broken into lines at the same places as in one run, up to a letter at the seam.
    @ParameterizedTest
    @ValueSource(strings = {ARABIC, THAI, "नमस्ते दुनिया ", "Hello שלום עולם, 12 and مرحبا "})
    void isAsHighAndWideAsInOneRun(String words) throws Exception {
        String text = words.repeat(500 / words.length() + 1);
        on(() -> {
            for (double width : new double[] {150, 420, 700}) {
                Text whole = wrapped(text, width);
                Text divided = wrapped(text, width);
                assertThat(ShortRuns.in(divided)).isTrue();
                // The layout was taken over with the text that it had.
                divided.setText("");
                divided.setText(text);
                double line = wrapped("X", width).getLayoutBounds().getHeight();
                assertThat(divided.getLayoutBounds().getHeight())
                        .isCloseTo(whole.getLayoutBounds().getHeight(), within(line + 1));
                assertThat(divided.getLayoutBounds().getWidth())
                        .isCloseTo(whole.getLayoutBounds().getWidth(), within(12.0));
            }
            return null;
        });
    }

    @Test
    void eachPlaceIsFoundWhereItIs() throws Exception {
        String text = ARABIC.repeat(60);
        on(() -> {
            Text node = wrapped("", 400);
            assertThat(ShortRuns.in(node)).isTrue();
            node.setText(text);
            for (int i = 0; i < text.length(); i += 7) {
                var letter = new javafx.scene.shape.Path(node.rangeShape(i, i + 1));
                var bounds = letter.getLayoutBounds();
                if (text.charAt(i) != ' ') {
                    var middle =
                            new javafx.geometry.Point2D(bounds.getCenterX(), bounds.getCenterY());
                    assertThat(node.hitTest(middle).getCharIndex()).isEqualTo(i);
                }
            }
            return null;
        });
    }

    /// In one run these take minutes.
    @Test
    void aHundredThousandLettersAreLaidOut() throws Exception {
        on(() -> {
            Text node = wrapped("", 600);
            assertThat(ShortRuns.in(node)).isTrue();
            node.setText(THAI.repeat(100_000 / THAI.length()));
            assertThat(node.getLayoutBounds().getHeight()).isGreaterThan(10_000);
            node.setText("x");
            assertThat(node.getLayoutBounds().getHeight()).isLessThan(40);
            return null;
        });
    }
}
