package dev.oriel.app.transcript;

import static dev.oriel.testing.window.FxThread.on;
import static dev.oriel.testing.window.FxThread.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.window.FxThread;
import dev.oriel.testing.window.TranscriptStage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Where the rules of quotes and cards are, how high lines are, and what small text in tables looks
/// like: the tests look at nodes and pixels.
@ExtendWith(ApplicationExtension.class)
class ReadingGeometryUiTest {
    /// The width of a rule, pixels.
    private static final int RULE = 3;

    @SuppressWarnings("NullAway.Init") // opened on the JavaFX thread, in start
    private TranscriptStage transcript;

    @Start
    void start(Stage stage) {
        transcript = TranscriptStage.open(stage, 600);
    }

    private void show(String markdown, String last) {
        transcript.frames().prompt("go").text("m1", markdown);
        transcript.receive();
        transcript.awaitText(last);
        until(() -> !transcript.view().isBusy());
        FxThread.run(() -> transcript.view().layout());
    }

    private Bounds inView(Node node) {
        return transcript.view().sceneToLocal(node.localToScene(node.getBoundsInLocal()));
    }

    /// The rules beside a paragraph, outermost first.
    private List<Bounds> rules(String line) {
        return on(() ->
                transcript.node(transcript.line(line)).lookupAll(".quote-rule").stream()
                        .map(this::inView)
                        .toList());
    }

    private Bounds paragraph(String line) {
        return on(() -> inView(transcript.node(transcript.line(line))));
    }

    private Bounds text(String line) {
        return on(() -> transcript.bounds(transcript.line(line), 0, line.length()));
    }

    @Test
    void theRulesOfQuotesAreBesideTheirTextWithoutGaps() {
        show("Before\n\n> One\n>\n> > Two\n>\n> Three\n\nAfter", "After");
        double column = paragraph("Before").getMinX();
        Bounds one = rules("One").getFirst();
        List<Bounds> two = rules("Two");
        Bounds three = rules("Three").getFirst();
        assertThat(one.getMinX()).isEqualTo(column);
        assertThat(one.getWidth()).isEqualTo(RULE);
        assertThat(text("One").getMinX() - one.getMinX()).isBetween(15.0, 18.0);
        assertThat(two).hasSize(2);
        assertThat(two.get(0).getMinX()).isEqualTo(column);
        assertThat(two.get(1).getMinX()).isEqualTo(column + 16);
        assertThat(text("Two").getMinX() - two.get(1).getMinX()).isBetween(15.0, 18.0);
        // They overlap, or a seam would be visible.
        assertThat(one.getMaxY()).isBetween(two.get(0).getMinY(), two.get(0).getMinY() + 3);
        assertThat(two.get(0).getMaxY()).isBetween(three.getMinY(), three.getMinY() + 3);
        // The inner one ends with its text.
        assertThat(two.get(1).getMaxY()).isLessThan(three.getMinY());
        assertThat(rules("After")).isEmpty();
    }

    @Test
    void theRuleOfAQuoteFromTheRightIsAtTheRightOfItsText() {
        show("Before\n\n> שלום עולם\n>\n> - בית\n\nAfter", "After");
        double right = paragraph("Before").getMaxX();
        for (String line : List.of("שלום", "בית")) {
            Bounds rule = rules(line).getFirst();
            assertThat(rule.getMaxX()).isEqualTo(right);
            assertThat(rule.getWidth()).isEqualTo(RULE);
        }
        assertThat(right - text("שלום עולם").getMaxX()).isBetween(14.0, 19.0);
    }

    @Test
    void anEmptyLineOfCodeIsAsHighAsTheOthers() {
        show("```\nfirst\n\nthird\nlast\n```\n\nAfter", "After");
        int first = on(() -> transcript.line("first"));
        double[] heights =
                on(() -> {
                    double[] all = new double[3];
                    for (int i = 0; i < 3; i++) {
                        all[i] = inView(transcript.node(first + i)).getHeight();
                    }
                    return all;
                });
        assertThat(heights[1]).isEqualTo(heights[0]).isEqualTo(heights[2]);
    }

    @Test
    void aRaisedDigitInATableIsSmallerThanTheOthers() {
        show("|A|\n|---|\n|x22|\n|x<sup>22</sup>|\n|y|\n\nAfter", "After");
        double usual = on(() -> transcript.bounds(transcript.line("x22"), 1, 3).getWidth());
        double raised = on(() -> transcript.bounds(transcript.line("x22") + 1, 1, 3).getWidth());
        assertThat(raised).isLessThan(0.85 * usual);
    }

    /// The colours of a column of pixels of the view.
    private int[] column(double x, double fromY, double toY) {
        return on(() -> {
            WritableImage image = transcript.view().snapshot(null, null);
            PixelReader pixels = image.getPixelReader();
            int[] all = new int[(int) Math.round(toY - fromY)];
            for (int y = 0; y < all.length; y++) {
                all[y] = pixels.getArgb((int) x, (int) Math.round(fromY) + y);
            }
            return all;
        });
    }

    @Test
    void theRuleOfACardIsOneLineFromItsHeadToItsEnd() {
        transcript
                .frames()
                .prompt("go")
                .toolUse("m1", "t1", "Bash", "{\"command\":\"ls\"}")
                .toolResult("t1", "one\n\nthree", false);
        transcript.receive();
        transcript.awaitText("Run  ls");
        FxThread.run(() -> transcript.area().moveTo(transcript.line("Run"), 0));
        transcript.press(KeyCode.ENTER, false);
        transcript.awaitText("three");
        until(() -> !transcript.view().isBusy());
        FxThread.run(() -> transcript.view().layout());
        Bounds head = paragraph("Run");
        Bounds last = paragraph("Raw JSON");
        double x = head.getMinX();
        // The head has a margin above, the last line one below.
        List<int[]> columns = new ArrayList<>();
        for (int i = 0; i < RULE + 1; i++) {
            columns.add(column(x + i, head.getMinY() + 8, last.getMaxY() - 8));
        }
        int rule = columns.get(0)[0];
        for (int i = 0; i < RULE; i++) {
            assertThat(Arrays.stream(columns.get(i)).distinct().toArray())
                    .as("pixels of column %d", i)
                    .containsExactly(rule);
        }
        assertThat(columns.get(RULE)).doesNotContain(rule);
    }
}
