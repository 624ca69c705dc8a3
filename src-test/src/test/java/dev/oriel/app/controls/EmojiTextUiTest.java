package dev.oriel.app.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// Emoji in controls, which have one font for all of their text.
class EmojiTextUiTest {
    private static final String EMOJI = "🚀 ✅ 👩\u200d💻 🇩🇪";

    @SuppressWarnings("NullAway.Init") // opened before each test
    private Stage stage;

    @SuppressWarnings("NullAway.Init")
    private VBox root;

    @BeforeAll
    static void needsTheFont() {
        assumeTrue(
                EmojiFont.class.getResource("NotoEmoji_400Regular.ttf") != null,
                "skipped: built without the font for emoji, because npm could not fetch it");
        EmojiFont.loaded().orTimeout(60, TimeUnit.SECONDS).join();
    }

    @BeforeEach
    void open() throws Exception {
        FxToolkit.registerPrimaryStage();
        on(() -> {
            root = new VBox();
            root.getStyleClass().addAll("oriel", "oriel-light");
            stage = new Stage();
            Scene scene = new Scene(root, 600, 300);
            scene.getStylesheets()
                    .addAll("/dev/oriel/app/theme/tokens.css", "/dev/oriel/app/theme/shell.css");
            stage.setScene(scene);
            stage.show();
            return true;
        });
    }

    @AfterEach
    void close() {
        on(() -> {
            stage.close();
            return true;
        });
    }

    private static <T> T on(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(20_000, work);
    }

    private <T extends Labeled> T shown(T control) {
        return on(() -> {
            root.getChildren().add(control);
            root.applyCss();
            root.layout();
            return control;
        });
    }

    private static Text drawn(Labeled control) {
        return on(() -> (Text) control.lookup(".text"));
    }

    private static int[] pixels(Labeled control) {
        return on(() -> {
            WritableImage image =
                    control.snapshot(new SnapshotParameters(), new WritableImage(60, 30));
            int[] all = new int[60 * 30];
            image.getPixelReader()
                    .getPixels(0, 0, 60, 30, PixelFormat.getIntArgbInstance(), all, 0, 60);
            return all;
        });
    }

    @Test
    void everyKindOfControlDrawsEmojiAndKeepsItsAccessibleText() {
        List<Labeled> all =
                on(() ->
                        List.of(
                                Controls.label(EMOJI),
                                Controls.button(EMOJI),
                                Controls.checkBox(EMOJI),
                                Controls.radioButton(EMOJI),
                                Controls.hyperlink(EMOJI)));
        for (Labeled control : all) {
            Text text = drawn(shown(control));
            assertThat(text.getFont().getFamily()).isEqualTo("Oriel Emoji");
            assertThat(text.getText()).hasSameSizeAs(EMOJI).doesNotContain("🚀", "🇩");
            assertThat(on(control::getAccessibleText)).isEqualTo(EMOJI);
        }
    }

    @Test
    void lettersBesideEmojiAreDrawnAsBefore() {
        Label plain = shown(on(() -> Controls.label("Ship it שלום")));
        Label mixed = shown(on(() -> Controls.label("Ship it שלום 🚀")));
        int[] some = on(() -> part(plain));
        assertThat(on(() -> part(mixed))).isEqualTo(some);
        assertThat(Arrays.stream(some).distinct().count()).isGreaterThan(3);
    }

    /// The pixels of the first letters, from the first one that is not blank.
    private static int[] part(Labeled control) {
        WritableImage image = control.snapshot(new SnapshotParameters(), null);
        int height = (int) image.getHeight();
        int first = 0;
        int background = image.getPixelReader().getArgb(0, 0);
        for (int y = 0; y < height && first == 0; y++) {
            for (int x = 0; x < 40; x++) {
                first =
                        first == 0 && image.getPixelReader().getArgb(x, y) != background
                                ? y
                                : first;
            }
        }
        int[] all = new int[40 * 8];
        image.getPixelReader()
                .getPixels(0, first, 40, 8, PixelFormat.getIntArgbInstance(), all, 0, 40);
        return all;
    }

    @Test
    void differentEmojiLookDifferent() {
        int[] rocket = pixels(shown(on(() -> Controls.label("🚀"))));
        int[] flag = pixels(shown(on(() -> Controls.label("🇩🇪"))));
        assertThat(Arrays.equals(rocket, flag)).isFalse();
        assertThat(Arrays.stream(rocket).filter(p -> p != rocket[0]).count()).isGreaterThan(20);
    }

    @Test
    void boldStaysBold() {
        Label label = on(() -> Controls.label("Ship it 🚀"));
        on(() -> {
            label.setStyle("-fx-font-weight: bold");
            return true;
        });
        assertThat(drawn(shown(label)).getFont().getStyle()).isEqualTo("Bold");
    }

    @Test
    void aTextWithoutEmojiIsShownInTheUsualFontAgain() {
        Label label = shown(on(() -> Controls.label("🚀")));
        on(() -> {
            Controls.setText(label, "plain");
            return true;
        });
        shown(on(() -> Controls.label("")));
        assertThat(label.getText()).isEqualTo("plain");
        assertThat(label.getAccessibleText()).isNull();
        assertThat(drawn(label).getFont().getFamily()).isNotEqualTo("Oriel Emoji");
    }
}
