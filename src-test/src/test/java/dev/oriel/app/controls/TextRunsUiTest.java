package dev.oriel.app.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.oriel.testing.await.Patience;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Path;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class TextRunsUiTest {
    private static final String ARABIC = "مرحبا بالعالم ";
    private static final String THAI = "ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำ";

    @BeforeAll
    static void repair() throws Exception {
        FxToolkit.registerPrimaryStage();
        assertThat(on(PangoWorkaround::install)).isTrue();
    }

    private static <T> T on(Callable<T> work) throws Exception {
        return WaitForAsyncUtils.asyncFx(work).get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    private static Text wrapped(String text, double width) {
        Text node = new Text(text);
        node.setWrappingWidth(width);
        return node;
    }

    @Test
    void partsAreShortAndJoinToTheText() {
        for (String text :
                new String[] {
                    ARABIC.repeat(40),
                    THAI.repeat(40),
                    "e\u0301\r\n".repeat(400),
                    "👩‍👩‍👧‍👦".repeat(100),
                    "e" + "\u0301".repeat(1_000),
                    "\ud800".repeat(900)
                }) {
            assertThat(String.join("", TextRuns.parts(text))).isEqualTo(text);
            assertThat(TextRuns.parts(text))
                    .allSatisfy(p -> assertThat(p.length()).isBetween(1, TextRuns.LONGEST))
                    .noneMatch(p -> p.startsWith("\n"));
        }
        List<String> words = TextRuns.parts(ARABIC.repeat(40) + "end");
        assertThat(words.subList(0, words.size() - 1)).allMatch(p -> p.endsWith(" "));
        assertThat(words).endsWith("end");
        assertThat(TextRuns.parts("👩‍👩‍👧‍👦".repeat(100))).allMatch(p -> p.startsWith("👩‍👩"));
    }

    @Test
    void onlyTextThatNeedsItIsDivided() {
        assertThat(TextRuns.isDivided(ARABIC.repeat(40))).isTrue();
        assertThat(TextRuns.isDivided(THAI)).isFalse();
        assertThat(TextRuns.isDivided("“word” – ".repeat(100))).isFalse();
        assertThat(TextRuns.isDivided("слово 言葉 ".repeat(100))).isFalse();
        assertThat(TextRuns.isDivided(null)).isFalse();
    }

    /// The text is broken into lines at the same places as in one run, up to a letter where two
    /// runs meet.
    @ParameterizedTest
    @ValueSource(strings = {ARABIC, THAI, "नमस्ते दुनिया ", "Hello שלום עולם, 12 and مرحبا "})
    void dividedTextIsAsHighAndWideAsInOneRun(String words) throws Exception {
        String text = words.repeat(500 / words.length() + 1);
        on(() -> {
            for (double width : new double[] {150, 420, 700}) {
                Text whole = wrapped(text, width);
                Text divided = wrapped(text, width);
                assertThat(TextRuns.applyToInput(divided)).isTrue();
                // The layout was replaced while it had the text.
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
    void eachOffsetIsFoundAtItsPosition() throws Exception {
        String text = ARABIC.repeat(60);
        on(() -> {
            Text node = wrapped("", 400);
            assertThat(TextRuns.applyToInput(node)).isTrue();
            node.setText(text);
            for (int i = 0; i < text.length(); i += 7) {
                Bounds bounds = new Path(node.rangeShape(i, i + 1)).getLayoutBounds();
                if (text.charAt(i) != ' ') {
                    Point2D middle = new Point2D(bounds.getCenterX(), bounds.getCenterY());
                    assertThat(node.hitTest(middle).getCharIndex()).isEqualTo(i);
                }
            }
            return null;
        });
    }

    /// Noto Sans (`.ci/run` installs it) has the punctuation and not the letters. The letters come
    /// from another font, and in one run they change places with the punctuation.
    private static final String WITHOUT_HEBREW = "Noto Sans";

    private static final String HEBREW = "ש, ,.,ל";
    private static final String LAST = "ל";

    private static Text written(String text) {
        Text node = Controls.textNode(text);
        node.setFont(Font.font(WITHOUT_HEBREW, 20));
        return node;
    }

    /// The pixels of a text, from its left.
    private static int[] left(Text node, int columns) {
        WritableImage image = node.snapshot(new SnapshotParameters(), null);
        int high = (int) image.getHeight();
        int[] pixels = new int[columns * high];
        image.getPixelReader()
                .getPixels(
                        0, 0, columns, high, PixelFormat.getIntArgbInstance(), pixels, 0, columns);
        return pixels;
    }

    /// Asserts that the last letter of [#HEBREW] is the leftmost, drawn as it is alone.
    private static void assertInOrder(Text node, Text last) {
        int columns = (int) last.getLayoutBounds().getWidth();
        assertThat(columns).isGreaterThan(5);
        assertThat(left(node, columns)).isEqualTo(left(last, columns));
    }

    @Test
    void rightToLeftTextIsDrawnInOrder() throws Exception {
        on(() -> {
            assertThat(Font.getFamilies()).contains(WITHOUT_HEBREW);
            assertInOrder(written(HEBREW), written(LAST));
            Text later = written("x");
            Controls.setText(later, HEBREW);
            assertInOrder(later, written(LAST));

            Label label = Controls.label("x");
            Label before = Controls.label(HEBREW);
            Label last = Controls.label(LAST);
            VBox root = new VBox(label, before, last);
            root.setStyle("-fx-font: 20 '" + WITHOUT_HEBREW + "';");
            new Scene(root, 400, 200);
            root.applyCss();
            root.layout();
            Controls.setText(label, HEBREW);
            root.layout();
            for (Label each : List.of(label, before)) {
                assertInOrder((Text) each.lookup(".text"), (Text) last.lookup(".text"));
            }
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "שלום \"טוב\" \"טוב\" קובץ. שלום \"טוב\" (12) עולם,",
                "مرحبا ملف ملف لا hello ملف لا hello hello ملف",
                "שלום, עולם (12) main.py, 3; סוף \"טוב\" abc"
            })
    void aControlIsAsHighAsItsText(String text) throws Exception {
        on(() -> {
            VBox root = new VBox();
            root.setFillWidth(true);
            root.setStyle("-fx-font: 13 '" + WITHOUT_HEBREW + "';");
            List<Labeled> controls =
                    List.of(
                            Controls.wrapping(Controls.label(text)),
                            Controls.wrapping(Controls.checkBox(text)),
                            Controls.wrapping(Controls.radioButton(text)),
                            Controls.wrapping(Controls.button(text)));
            root.getChildren().addAll(controls);
            new Scene(root, 400, 400);
            for (int width = 90; width < 330; width++) {
                root.resize(width, 4_000);
                // A control shows its text in full from the second pass on.
                for (int pass = 0; pass < 2; pass++) {
                    controls.forEach(Labeled::requestLayout);
                    root.applyCss();
                    root.layout();
                }
                for (Labeled control : controls) {
                    Text shown =
                            (Text)
                                    control.getChildrenUnmodifiable().stream()
                                            .filter(Text.class::isInstance)
                                            .findFirst()
                                            .orElseThrow();
                    double most = shown.getLayoutBounds().getHeight();
                    assertThat(control.getHeight())
                            .as("%s at %d", control.getClass(), width)
                            .isBetween(most - 1, most + 40);
                }
            }
            return null;
        });
    }

    /// A space at the start of a run would be laid out as one at the end of a line.
    @Test
    void rightToLeftLinesEndAtTheirLeft() throws Exception {
        on(() -> {
            Text node = wrapped("", 650);
            node.setFont(Font.font(WITHOUT_HEBREW, 14));
            assertThat(TextRuns.applyToInput(node)).isTrue();
            node.setText("שלום, עולם (12) ".repeat(30).strip());
            int length = node.getText().length();
            Bounds all = new Path(node.rangeShape(0, length)).getLayoutBounds();
            assertThat(all.getMaxX()).isLessThan(652);
            return null;
        });
    }

    private static double middle(Text node, String part) {
        int from = node.getText().indexOf(part);
        return new Path(node.rangeShape(from, from + part.length())).getLayoutBounds().getCenterX();
    }

    /// The dot ends a right-to-left line.
    @Test
    void inputIsAlignedToTheSideFromWhichItIsRead() throws Exception {
        on(() -> {
            Text node = wrapped("", 600);
            assertThat(TextRuns.applyToInput(node)).isTrue();
            for (int i = 0; i < 2; i++) {
                node.setText("שלום 12 סוף.");
                assertThat(middle(node, "שלום")).isGreaterThan(560);
                assertThat(middle(node, ".")).isLessThan(middle(node, "סוף"));
                node.setText("12 hello.");
                assertThat(middle(node, "12")).isLessThan(40);
                assertThat(middle(node, ".")).isGreaterThan(middle(node, "hello"));
            }
            return null;
        });
    }

    /// In one run these take minutes.
    @Test
    void aHundredThousandLettersAreLaidOut() throws Exception {
        on(() -> {
            Text node = wrapped("", 600);
            assertThat(TextRuns.applyToInput(node)).isTrue();
            node.setText(THAI.repeat(100_000 / THAI.length()));
            assertThat(node.getLayoutBounds().getHeight()).isGreaterThan(10_000);
            node.setText("x");
            assertThat(node.getLayoutBounds().getHeight()).isLessThan(40);
            return null;
        });
    }
}
