package dev.oriel.app.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.FxScheduler;
import dev.oriel.app.reading.LongLines;
import dev.oriel.app.reading.ReadingSettings;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.testing.data.SampleFrames;
import dev.oriel.testing.manual.MouseWheel;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import dev.oriel.testing.media.TestMedia;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
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
import org.testfx.util.WaitForAsyncUtils;

/// Lines of code that are wider than the column.
@ExtendWith(ApplicationExtension.class)
class WideLinesUiTest {
    private static final String LONG = "0123456789 ".repeat(30) + "end";
    private static final String ANSWER =
            "Prose before.\n\n```\nfirst\n" + LONG + "\nthird\n```\n\nProse after.\n";

    private final SampleFrames frames = new SampleFrames();
    private final ConversationModel model =
            new ConversationModel(
                    new RecordingPages(), new RecordingRetries(), () -> Instant.EPOCH);

    @SuppressWarnings("NullAway.Init") // made on the JavaFX thread, in start
    private TranscriptView view;

    @SuppressWarnings("NullAway.Init")
    private TranscriptArea area;

    @Start
    void start(Stage stage) {
        FxLane lane = new FxLane();
        view =
                new TranscriptView(
                        lane,
                        new FxScheduler(lane),
                        ForkJoinPool.commonPool(),
                        () -> Instant.EPOCH,
                        _ -> {},
                        TestMedia.viewer(lane));
        area = (TranscriptArea) view.lookup("#transcript");
        Scene scene = new Scene(view, 700, 500);
        scene.getStylesheets().addAll("/dev/oriel/app/theme/tokens.css", TranscriptView.STYLESHEET);
        view.getStyleClass().add("oriel-light");
        stage.setScene(scene);
        stage.show();
    }

    @BeforeEach
    void aLongLine() {
        frames.prompt("go").text("m1", ANSWER);
        onFx(() -> {
            view.show(model);
            model.receive(frames.take());
            return true;
        });
        until(() -> area.getText().contains("Prose after.") && line("first") > 0 && isLaidOut());
    }

    private static <T> T onFx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(20_000, work);
    }

    private static void until(Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> onFx(condition));
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isLaidOut() {
        return view.lookupAll(".wide-bar").stream().anyMatch(Node::isVisible);
    }

    private int line(String text) {
        for (int i = 0; i < area.getParagraphs().size(); i++) {
            if (area.getParagraph(i).getText().startsWith(text)) {
                return i;
            }
        }
        return -1;
    }

    /// Where a character is, pixels from the left edge of the view.
    private double x(String line, int column) {
        int at = area.getAbsolutePosition(line(line), column);
        Bounds screen = area.getCharacterBoundsOnScreen(at, at + 1).orElseThrow();
        return view.screenToLocal(screen).getMinX();
    }

    private double xOnFx(String line, int column) {
        return onFx(() -> x(line, column));
    }

    private Node node(String line) {
        return area.flow().getCellIfVisible(line(line)).orElseThrow().getNode();
    }

    @Test
    void theWheelScrollsAllLinesOfABlockTogetherAndNothingElse() {
        double first = xOnFx("first", 0);
        double third = xOnFx("third", 0);
        double prose = xOnFx("Prose after", 0);
        onFx(() -> {
            MouseWheel.turnSideways(node("third"), -100);
            return true;
        });
        until(() -> x("first", 0) == first - 100);
        assertThat(xOnFx("third", 0)).isEqualTo(third - 100);
        assertThat(xOnFx("Prose after", 0)).isEqualTo(prose);
        onFx(() -> {
            MouseWheel.turnSideways(node("first"), 5_000);
            return true;
        });
        until(() -> x("third", 0) == third);
    }

    @Test
    void theBlockIsScrolledNoFurtherThanToTheEndOfItsLongestLine() {
        onFx(() -> {
            MouseWheel.turnSideways(node("first"), -100_000);
            return true;
        });
        double right = onFx(() -> view.getWidth() - 24);
        until(() -> x(LONG, LONG.length() - 1) < right);
        assertThat(xOnFx(LONG, LONG.length() - 1)).isBetween(right - 40, right);
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
        onFx(() -> {
            Event.fireEvent(
                    area,
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, true, false));
            return true;
        });
    }

    @Test
    void whatIsSelectedIsScrolledIntoSight() {
        onFx(() -> {
            area.selectRange(line(LONG), LONG.length() - 3, line(LONG), LONG.length());
            return true;
        });
        until(() -> x(LONG, LONG.length() - 1) < view.getWidth() - 24);
        onFx(() -> {
            area.moveTo(line("first"), 0);
            return true;
        });
        until(() -> x("first", 0) > 24);
    }

    @Test
    void aScrolledLineIsHitWhereItIsDrawnAndCopiedWhole() {
        press(KeyCode.RIGHT);
        double shown = xOnFx(LONG, 40);
        int hit =
                onFx(() -> {
                    Bounds row = view.screenToLocal(bounds(LONG, 40));
                    return area.hit(shown + 2, row.getCenterY()).getInsertionIndex();
                });
        assertThat(hit).isEqualTo(onFx(() -> area.getAbsolutePosition(line(LONG), 40)));
        assertThat(onFx(() -> area.getText())).contains(LONG);
    }

    private Bounds bounds(String line, int column) {
        int at = area.getAbsolutePosition(line(line), column);
        return area.getCharacterBoundsOnScreen(at, at + 1).orElseThrow();
    }

    @Test
    void nothingIsDrawnBesideTheColumn() {
        press(KeyCode.RIGHT);
        int[] pixels =
                onFx(() -> {
                    WritableImage image = view.snapshot(null, null);
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
        onFx(() -> {
            view.setReading(ReadingSettings.DEFAULTS.withLongLines(LongLines.WRAP));
            return true;
        });
        until(() -> x("first", 0) == before && node(LONG).getLayoutBounds().getHeight() > 60);
        onFx(() -> {
            view.setReading(ReadingSettings.DEFAULTS.withLongLines(LongLines.SCROLL));
            return true;
        });
        until(() -> x("first", 0) == before - 80 && node(LONG).getLayoutBounds().getHeight() < 30);
    }

    @Test
    void aSidewaysGestureDoesNotStopFollowingTheEnd() {
        onFx(() -> {
            MouseWheel.turnSideways(node("first"), -100);
            frames.text("m2", "line\n\n".repeat(60) + "the end");
            model.receive(frames.take());
            return true;
        });
        until(() -> area.lastVisible() >= line("the end") && line("the end") > 0);
    }
}
