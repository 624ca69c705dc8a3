package dev.oriel.app.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.transcript.area.TranscriptArea;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// Scripts as they are drawn: the tests look at pixels. Where the system has no font for a script,
/// a box stands for each letter, which is visible too.
class ScriptsUiTest {
    private static final CodeHighlighter PLAIN = new CodeHighlighter(Runnable::run, _ -> {});

    @SuppressWarnings("NullAway.Init") // opened before each test
    private Stage stage;

    @BeforeEach
    void aStage() throws Exception {
        FxToolkit.registerPrimaryStage();
        stage = onFx(Stage::new);
    }

    @AfterEach
    void close() {
        onFx(() -> {
            stage.close();
            return true;
        });
    }

    private static <T> T onFx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(20_000, work);
    }

    /// The pixels of one paragraph: whether something is drawn there.
    private record Picture(boolean[][] drawn) {
        static Picture of(WritableImage image) {
            int background = image.getPixelReader().getArgb(0, 0);
            boolean[][] drawn = new boolean[(int) image.getWidth()][(int) image.getHeight()];
            for (int x = 0; x < drawn.length; x++) {
                for (int y = 0; y < drawn[x].length; y++) {
                    drawn[x][y] = image.getPixelReader().getArgb(x, y) != background;
                }
            }
            return new Picture(drawn);
        }

        int left() {
            int x = 0;
            while (x < drawn.length && isBlank(x)) {
                x++;
            }
            return x;
        }

        int right() {
            int x = drawn.length - 1;
            while (x >= 0 && isBlank(x)) {
                x--;
            }
            return x;
        }

        int width() {
            return right() - left() + 1;
        }

        int top() {
            int y = 0;
            while (y < drawn[0].length && isBlankRow(y)) {
                y++;
            }
            return y;
        }

        private boolean isBlank(int x) {
            for (boolean pixel : drawn[x]) {
                if (pixel) {
                    return false;
                }
            }
            return true;
        }

        private boolean isBlankRow(int y) {
            for (boolean[] column : drawn) {
                if (column[y]) {
                    return false;
                }
            }
            return true;
        }

        int pixels() {
            int sum = 0;
            for (boolean[] column : drawn) {
                for (boolean pixel : column) {
                    sum += pixel ? 1 : 0;
                }
            }
            return sum;
        }

        /// How many columns of pixels of two pictures differ clearly, counted from `mine` and
        /// `others`. Letters can be drawn up to a pixel further left or right.
        int differences(int mine, Picture other, int others, int width) {
            int least = width;
            for (int shift = -1; shift <= 1; shift++) {
                int sum = 0;
                for (int i = 0; i < width; i++) {
                    sum += Math.abs(ink(mine + i + shift) - other.ink(others + i)) > 3 ? 1 : 0;
                }
                least = Math.min(least, sum);
            }
            return least;
        }

        private int ink(int x) {
            int sum = 0;
            for (int y = 0; x >= 0 && x < drawn.length && y < drawn[x].length; y++) {
                sum += drawn[x][y] ? 1 : 0;
            }
            return sum;
        }
    }

    /// The pictures of the paragraphs of a text.
    private List<Picture> draw(String markdown) {
        TranscriptArea area =
                onFx(() -> {
                    MarkdownPane text = new MarkdownPane(markdown, "text", () -> 500, PLAIN);
                    Scene scene = new Scene(text, 700, 500);
                    scene.getStylesheets()
                            .addAll("/dev/oriel/app/theme/tokens.css", TranscriptView.STYLESHEET);
                    text.getStyleClass().addAll("oriel", "oriel-light");
                    stage.setScene(scene);
                    stage.show();
                    text.applyCss();
                    text.layout();
                    return (TranscriptArea) text.lookup("#text");
                });
        WaitForAsyncUtils.waitForFxEvents();
        return onFx(() -> {
            List<Picture> all = new ArrayList<>();
            for (int i = 0; i < area.getParagraphs().size() - 1; i++) {
                Node node = area.flow().getCellIfVisible(i).orElseThrow().getNode();
                all.add(Picture.of(node.snapshot(new SnapshotParameters(), null)));
            }
            return all;
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "שלום עולם",
                "مرحبا بالعالم",
                "Привет",
                "Γειά",
                "สวัสดีชาวโลก",
                "नमस्ते दुनिया",
                "測試文字",
                "こんにちは",
                "안녕하세요",
                "Tiếng Việt",
                "✓ ✗ → ≤ ∑ √",
                "한"
            })
    void everyScriptIsVisible(String text) {
        Picture picture = draw(text).getFirst();
        assertThat(picture.pixels()).isGreaterThan(15 * text.replace(" ", "").length());
        // A letter without a picture would leave a gap.
        assertThat(picture.width()).isGreaterThan(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"שלום|עולם", "مرحبا|بالعالم", "סוף|(12)|התחלה"})
    void aRightToLeftParagraphStartsAtTheRightWithItsFirstWord(String words) {
        String[] all = words.split("[|]");
        List<Picture> pictures = draw(String.join(" ", all) + "\n\n" + all[0] + "\n\nEnglish");
        Picture line = pictures.get(0);
        Picture first = pictures.get(1);
        assertThat(pictures.get(2).left()).isLessThan(10);
        assertThat(line.right()).isEqualTo(first.right());
        assertThat(line.right()).isGreaterThan(600);
        // The rightmost part of the line is its first word.
        int width = first.width() - 1;
        assertThat(line.differences(line.right() - width, first, first.left(), width))
                .isLessThanOrEqualTo(width / 6);
        assertThat(line.width()).isGreaterThan(first.width() + 10);
    }

    @Test
    void anEnglishWordInARightToLeftParagraphStandsAtItsPlace() {
        List<Picture> pictures = draw("אבג README דהו\n\nאבג\n\nדהו");
        Picture line = pictures.get(0);
        Picture first = pictures.get(1);
        Picture last = pictures.get(2);
        int width = first.width() - 1;
        assertThat(line.differences(line.right() - width, first, first.left(), width))
                .isLessThanOrEqualTo(width / 6);
        width = last.width() - 1;
        assertThat(line.differences(line.left(), last, last.left(), width))
                .isLessThanOrEqualTo(width / 6);
    }

    @Test
    void aCombiningAccentStandsAboveItsLetter() {
        List<Picture> pictures = draw("eee\n\ne\u0301e\u0301e\u0301\n\né");
        assertThat(pictures.get(1).top()).isLessThan(pictures.get(0).top());
        assertThat(pictures.get(1).width())
                .isBetween(pictures.get(0).width() - 2, pictures.get(0).width() + 3);
    }

    @Test
    void lettersOfOneScriptDiffer() {
        for (String pair : List.of("ש|ל", "ม|ส", "न|म", "ж|ф")) {
            String[] two = pair.split("[|]");
            List<Picture> pictures = draw(two[0].repeat(3) + "\n\n" + two[1].repeat(3));
            Picture one = pictures.get(0);
            Picture other = pictures.get(1);
            int width = Math.min(one.width(), other.width());
            assertThat(one.differences(one.left(), other, other.left(), width))
                    .as(pair)
                    .isGreaterThan(2);
        }
    }

    @Test
    void controlsOfDirectionAndInvisibleCharactersDrawNothing() {
        List<Picture> pictures = draw("word\n\n\u200bwo\u200brd\u200b");
        assertThat(pictures.get(1).width())
                .isBetween(pictures.get(0).width() - 1, pictures.get(0).width() + 1);
    }

    @Test
    void aNumberAfterARightToLeftCellIsReadAsElsewhere() {
        String table = "| a | n |\n|---|--:|\n| %s | −5 |\n";
        Picture line = draw(table.formatted("مرحبا")).get(1);
        Picture other = draw(table.formatted("word")).get(1);
        int width = 14;
        assertThat(line.differences(line.right() - width, other, other.right() - width, width))
                .isLessThanOrEqualTo(2);
    }

    @Test
    void aCellFromTheRightHasOnlyItsLetters() {
        // The last row of a table has no line below. Cells are smaller than prose.
        List<Picture> all = draw("דהו\n\n| a |\n|---|\n| דהו |\n");
        double expected = all.get(0).width() * 1.077 / 1.154;
        assertThat(all.get(2).width()).isBetween((int) expected - 2, (int) expected + 2);
    }

    @Test
    void anEnglishWordAtTheEndOfACellFromTheRightIsAtItsLeft() {
        String table = "| a | b |\n|---|---|\n| %s | word |\n";
        Picture line = draw(table.formatted("דהו README")).get(1);
        Picture word = draw(table.formatted("README")).get(1);
        int width = 40;
        assertThat(line.differences(line.left(), word, word.left(), width))
                .isLessThanOrEqualTo(width / 10);
        assertThat(line.differences(line.right() - 25, word, word.right() - 25, 25))
                .isLessThanOrEqualTo(3);
    }
}
