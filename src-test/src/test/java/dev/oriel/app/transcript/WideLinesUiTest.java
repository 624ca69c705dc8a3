package dev.oriel.app.transcript;

import static dev.oriel.testing.window.FxThread.on;
import static dev.oriel.testing.window.FxThread.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.reading.LongLines;
import dev.oriel.app.reading.ReadingSettings;
import dev.oriel.testing.manual.MouseWheel;
import dev.oriel.testing.window.FxThread;
import dev.oriel.testing.window.TranscriptStage;
import java.util.Arrays;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Lines of code that are wider than the column.
@ExtendWith(ApplicationExtension.class)
class WideLinesUiTest {
    private static final String LONG = "0123456789 ".repeat(30) + "end";
    private static final String ANSWER =
            "Prose before.\n\n```\nfirst\n" + LONG + "\nthird\n```\n\nProse after.\n";

    @SuppressWarnings("NullAway.Init") // opened on the JavaFX thread, in start
    private TranscriptStage transcript;

    @Start
    void start(Stage stage) {
        transcript = TranscriptStage.open(stage, 500);
    }

    @BeforeEach
    void aLongLine() {
        transcript.frames().prompt("go").text("m1", ANSWER);
        transcript.receive();
        until(() ->
                transcript.area().getText().contains("Prose after.")
                        && transcript.line("first") > 0
                        && isLaidOut());
    }

    private boolean isLaidOut() {
        return transcript.view().lookupAll(".wide-bar").stream().anyMatch(Node::isVisible);
    }

    /// Where a character is, pixels from the left edge of the view.
    private double x(String line, int column) {
        return transcript.bounds(transcript.line(line), column, column + 1).getMinX();
    }

    private double xOnFx(String line, int column) {
        return on(() -> x(line, column));
    }

    private void turnSideways(String line, double pixels) {
        FxThread.run(() -> MouseWheel.turnSideways(transcript.node(transcript.line(line)), pixels));
    }

    private double height(String line) {
        return transcript.node(transcript.line(line)).getLayoutBounds().getHeight();
    }

    @Test
    void theWheelScrollsAllLinesOfABlockTogetherAndNothingElse() {
        double first = xOnFx("first", 0);
        double third = xOnFx("third", 0);
        double prose = xOnFx("Prose after", 0);
        turnSideways("third", -100);
        until(() ->
                x("first", 0) == first - 100
                        && x("third", 0) == third - 100
                        && x("Prose after", 0) == prose);
        turnSideways("first", 5_000);
        until(() -> x("third", 0) == third);
    }

    @Test
    void theBlockIsScrolledNoFurtherThanToTheEndOfItsLongestLine() {
        turnSideways("first", -100_000);
        double right = on(() -> transcript.view().getWidth() - 24);
        until(() -> x(LONG, LONG.length() - 1) < right && x(LONG, LONG.length() - 1) >= right - 40);
    }

    @Test
    void altWithAnArrowScrollsTheBlockInSight() {
        double before = xOnFx("first", 0);
        press(KeyCode.RIGHT);
        press(KeyCode.RIGHT);
        until(() -> x("first", 0) == before - 160);
        press(KeyCode.LEFT);
        until(() -> x("first", 0) == before - 80);
    }

    private void press(KeyCode code) {
        FxThread.run(() ->
                Event.fireEvent(
                        transcript.area(),
                        new KeyEvent(
                                KeyEvent.KEY_PRESSED, "", "", code, false, false, true, false)));
    }

    @Test
    void whatIsSelectedIsScrolledIntoSight() {
        FxThread.run(() -> {
            int line = transcript.line(LONG);
            transcript.area().selectRange(line, LONG.length() - 3, line, LONG.length());
        });
        until(() -> x(LONG, LONG.length() - 1) < transcript.view().getWidth() - 24);
        FxThread.run(() -> transcript.area().moveTo(transcript.line("first"), 0));
        until(() -> x("first", 0) > 24);
    }

    @Test
    void aScrolledLineIsHitWhereItIsDrawnAndCopiedWhole() {
        double before = xOnFx(LONG, 40);
        press(KeyCode.RIGHT);
        until(() -> x(LONG, 40) == before - 80);
        FxThread.run(() -> {
            int line = transcript.line(LONG);
            Bounds shown = transcript.bounds(line, 40, 41);
            assertThat(
                            transcript
                                    .area()
                                    .hit(shown.getMinX() + 2, shown.getCenterY())
                                    .getInsertionIndex())
                    .isEqualTo(transcript.area().getAbsolutePosition(line, 40));
            assertThat(transcript.area().getText()).contains(LONG);
        });
    }

    @Test
    void nothingIsDrawnBesideTheColumn() {
        double before = xOnFx("first", 0);
        press(KeyCode.RIGHT);
        until(() -> x("first", 0) == before - 80);
        int[] pixels =
                on(() -> {
                    WritableImage image = transcript.view().snapshot(null, null);
                    int height = (int) image.getHeight();
                    int[] beside = new int[20 * height];
                    image.getPixelReader()
                            .getPixels(
                                    2,
                                    0,
                                    20,
                                    height,
                                    PixelFormat.getIntArgbInstance(),
                                    beside,
                                    0,
                                    20);
                    return beside;
                });
        assertThat(Arrays.stream(pixels).distinct().count()).isEqualTo(1);
    }

    @Test
    void theBlockStaysScrolledWhenItIsRenderedAgain() {
        double before = xOnFx("first", 0);
        press(KeyCode.RIGHT);
        until(() -> x("first", 0) == before - 80);
        FxThread.run(() ->
                transcript
                        .view()
                        .setReading(ReadingSettings.DEFAULTS.withLongLines(LongLines.WRAP)));
        until(() -> x("first", 0) == before && height(LONG) > 60);
        FxThread.run(() ->
                transcript
                        .view()
                        .setReading(ReadingSettings.DEFAULTS.withLongLines(LongLines.SCROLL)));
        until(() -> x("first", 0) == before - 80 && height(LONG) < 30);
    }

    @Test
    void aSidewaysGestureDoesNotStopFollowingTheEnd() {
        FxThread.run(() -> {
            MouseWheel.turnSideways(transcript.node(transcript.line("first")), -100);
            transcript.frames().text("m2", "line\n\n".repeat(60) + "the end");
            transcript.receive();
        });
        until(() ->
                transcript.line("the end") > 0
                        && transcript.area().lastVisible() >= transcript.line("the end"));
    }
}
