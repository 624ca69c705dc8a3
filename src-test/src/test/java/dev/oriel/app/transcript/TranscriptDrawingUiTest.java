package dev.oriel.app.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.app.controls.EmojiFont;
import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.transcript.area.TranscriptArea;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Bounds;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// Text as it is drawn: emoji in different fonts, columns, bullets.
class TranscriptDrawingUiTest {
    /// Colours no code.
    private static final CodeHighlighter PLAIN = new CodeHighlighter(Runnable::run, _ -> {});

    private static final List<String> EMOJI =
            List.of(
                    "🚀",
                    "✅",
                    "❌",
                    "⏳",
                    "❤️",
                    "⚠️",
                    "⭐",
                    "1️⃣",
                    "👍🏽",
                    "👩\u200d💻",
                    "🇩🇪",
                    "🏳️\u200d🌈",
                    "👨\u200d👩\u200d👧\u200d👦",
                    "☝🏽",
                    "🖥");

    private Stage stage;

    @BeforeAll
    static void needsTheFont() {
        assumeTrue(
                EmojiFont.class.getResource("NotoEmoji_400Regular.ttf") != null,
                "skipped: built without the font for emoji, because npm could not fetch it");
    }

    @BeforeEach
    void aStage() throws Exception {
        FxToolkit.registerPrimaryStage();
        stage = onFx(Stage::new);
        Text first =
                onFx(() -> {
                    Text text = new Text("✅");
                    EmojiFont.apply(text);
                    return text;
                });
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> onFx(() -> !first.getText().equals("✅")));
    }

    @AfterEach
    void close() throws Exception {
        onFx(() -> {
            stage.close();
            return null;
        });
    }

    private static <T> T onFx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(20_000, work);
    }

    private TranscriptArea show(String markdown) {
        TranscriptArea pane =
                onFx(() -> {
                    MarkdownPane text = new MarkdownPane(markdown, "text", () -> 800, PLAIN);
                    Scene scene = new Scene(text, 900, 800);
                    scene.getStylesheets()
                            .addAll(
                                    "/dev/oriel/app/theme/tokens.css",
                                    "/dev/oriel/app/theme/shell.css",
                                    TranscriptView.STYLESHEET);
                    scene.getRoot().getStyleClass().add("oriel");
                    stage.setScene(scene);
                    stage.show();
                    text.applyCss();
                    text.layout();
                    return (TranscriptArea) text.lookup("#text");
                });
        WaitForAsyncUtils.waitForFxEvents();
        return pane;
    }

    private static List<Text> emoji(TranscriptArea pane) {
        return onFx(() -> pane.lookupAll(".emoji").stream().map(n -> (Text) n).toList());
    }

    /// The pixels of a text. All have the same width.
    private static int[] pixels(Text text) {
        return onFx(() -> {
            SnapshotParameters plain = new SnapshotParameters();
            WritableImage image = text.snapshot(plain, new WritableImage(40, 40));
            int[] all = new int[40 * 40];
            image.getPixelReader()
                    .getPixels(0, 0, 40, 40, PixelFormat.getIntArgbInstance(), all, 0, 40);
            return all;
        });
    }

    private static long drawn(int[] pixels) {
        return Arrays.stream(pixels).filter(p -> p != pixels[0]).count();
    }

    @Test
    void eachEmojiIsOneGlyphInProseHeadingsListsAndCode() {
        for (String form : List.of("a %s b", "# %s b", "- %s b", "```\na %s b\n```", "**%s** b")) {
            List<int[]> seen = new ArrayList<>();
            double width = 0;
            for (String one : EMOJI) {
                List<Text> found = emoji(show(form.formatted(one)));
                assertThat(found).as("%s in %s", one, form).hasSize(1);
                Text text = found.getFirst();
                assertThat(text.getFont().getFamily()).isEqualTo("Oriel Emoji");
                double now = text.getLayoutBounds().getWidth();
                assertThat(now).as("%s in %s", one, form).isGreaterThan(8);
                assertThat(now).as("%s in %s", one, form).isBetween(width - 0.1, width + 60);
                if (width > 0) {
                    assertThat(now).as("width of %s", one).isBetween(width - 0.1, width + 0.1);
                }
                width = now;
                int[] pixels = pixels(text);
                assertThat(drawn(pixels)).as("%s in %s", one, form).isGreaterThan(20);
                assertThat(seen)
                        .as("%s looks like no other", one)
                        .noneMatch(p -> Arrays.equals(p, pixels));
                seen.add(pixels);
            }
        }
    }

    @Test
    void theTextOfTheDocumentKeepsTheEmoji() {
        TranscriptArea pane = show("Tests ✅ 👩\u200d💻 and 🇩🇪🇫🇷, → ✓ ✗ ★ ☑ and 7.");
        assertThat(pane.getText()).startsWith("Tests ✅ 👩\u200d💻 and 🇩🇪🇫🇷, → ✓ ✗ ★ ☑ and 7.");
        List<Text> found = emoji(pane);
        assertThat(found).hasSize(3);
        assertThat(found.stream().mapToInt(t -> t.getText().length()).sum())
                .isEqualTo("✅👩\u200d💻🇩🇪🇫🇷".length());
    }

    @Test
    void columnsOfATableStartAtTheSamePositionInAllRows() {
        String table =
                """
                | Job | State | Note | N |
                |---|---|---|--:|
                | build | ✅ ok | -fast | 1 |
                | 測試 | ⏳ waiting | -later | 20 |
                | docs 測試測試測試 | ⚠️ old ✅✅✅✅✅✅✅✅ | -3 | 3 |
                | team | 👩\u200d💻 Kim | -x | 4 |
                | flags | 🇩🇪🇫🇷🇮🇹 | -y | 5 |
                | العربية | हिन्दी | -y | 7 |
                | plain |  | -z | 6 |
                """;
        TranscriptArea pane = show(table);
        Set<String> starts = Set.of("✅ ok", "⏳", "⚠️", "👩", "🇩🇪🇫🇷", "हि", "State");
        List<Double> second = new ArrayList<>();
        List<Double> third = new ArrayList<>();
        for (int i = 0; i < pane.getParagraphs().size(); i++) {
            int row = i;
            String text = pane.getParagraph(i).getText();
            starts.stream().filter(text::contains).forEach(s -> second.add(x(pane, row, s)));
            if (text.contains("-") || text.contains("Note")) {
                third.add(x(pane, row, text.contains("-") ? "-" : "Note"));
            }
        }
        assertThat(second).hasSize(7);
        assertThat(second).allSatisfy(x -> assertThat(x).isBetween(at(second) - 1, at(second) + 1));
        assertThat(third).hasSize(8);
        assertThat(third).allSatisfy(x -> assertThat(x).isBetween(at(third) - 1, at(third) + 1));
        assertThat(at(third) - at(second)).isGreaterThan(60);
        // A copied line has tabs between the cells.
        assertThat(pane.getText()).contains("build\t✅ ok\t-fast\t1");
    }

    @Test
    void bulletsOfRightToLeftItemsAreAtTheRight() {
        TranscriptArea pane = show("- שלום\n- two");
        List<Bounds> bullets =
                onFx(() ->
                        pane.lookupAll(".bullet").stream()
                                .map(n -> n.localToScreen(n.getBoundsInLocal()))
                                .sorted(Comparator.comparingDouble(Bounds::getMinY))
                                .toList());
        Bounds first = onFx(() -> pane.getCharacterBoundsOnScreen(0, 4).orElseThrow());
        Bounds second = onFx(() -> pane.getCharacterBoundsOnScreen(5, 8).orElseThrow());
        assertThat(bullets).hasSize(2);
        assertThat(bullets.getFirst().getMinX()).isBetween(first.getMaxX(), first.getMaxX() + 24);
        assertThat(bullets.getLast().getMaxX()).isBetween(second.getMinX() - 24, second.getMinX());
    }

    @Test
    void theNumberOfAListItemIsOnOneLineInLargeText() {
        TranscriptArea pane = show("1. one\n2. two\n\n- three");
        List<Double> heights =
                onFx(() -> {
                    pane.getScene().getRoot().setStyle("-fx-font-size: 28px;");
                    pane.getScene().getRoot().applyCss();
                    pane.getScene().getRoot().layout();
                    return pane.lookupAll(".bullet").stream()
                            .map(n -> n.getLayoutBounds().getHeight())
                            .toList();
                });
        assertThat(heights).hasSize(3).allSatisfy(h -> assertThat(h).isBetween(28.0, 50.0));
    }

    private static double at(List<Double> positions) {
        return positions.getFirst();
    }

    private static double x(TranscriptArea pane, int paragraph, String text) {
        int in = pane.getParagraph(paragraph).getText().indexOf(text);
        int at = pane.getAbsolutePosition(paragraph, in);
        return onFx(() ->
                pane.getCharacterBoundsOnScreen(at, at + text.length())
                        .map(Bounds::getMinX)
                        .orElseThrow());
    }
}
