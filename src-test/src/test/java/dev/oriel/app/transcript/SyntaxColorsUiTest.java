package dev.oriel.app.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.FxScheduler;
import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.testing.data.SampleFrames;
import dev.oriel.testing.manual.MouseWheel;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import dev.oriel.testing.media.TestMedia;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Scene;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// Code in the conversation, before and after its colours are known.
@ExtendWith(ApplicationExtension.class)
class SyntaxColorsUiTest {
    private static final String ANSWER =
            "Start.\n\n```java\nreturn 42; // the answer\n```\n\n"
                    + "Prose.\n\n".repeat(60)
                    + "Middle.\n\n"
                    + "Prose.\n\n".repeat(60);

    private final SampleFrames frames = new SampleFrames();
    private final Queue<Runnable> slices = new ConcurrentLinkedQueue<>();
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
                        TestMedia.viewer(lane),
                        new CodeHighlighter(lane, slices::add));
        area = (TranscriptArea) view.lookup("#transcript");
        Scene scene = new Scene(view, 700, 500);
        scene.getStylesheets().addAll("/dev/oriel/app/theme/tokens.css", TranscriptView.STYLESHEET);
        view.getStyleClass().add("oriel-light");
        stage.setScene(scene);
        stage.show();
    }

    private static <T> T onFx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(20_000, work);
    }

    private static void until(Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> onFx(condition));
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private void show(String answer) {
        frames.prompt("go").text("m1", answer);
        onFx(() -> {
            view.show(model);
            model.receive(frames.take());
            return true;
        });
        until(() -> area.getText().contains("return 42;") && !slices.isEmpty());
    }

    private void color() {
        for (Runnable slice = slices.poll(); slice != null; slice = slices.poll()) {
            slice.run();
        }
        until(() -> colored() > 0);
    }

    private long colored() {
        return area.getParagraphs().stream()
                .flatMap(p -> p.getStyledSegments().stream())
                .flatMap(s -> s.getStyle().classes().stream())
                .filter(c -> c.startsWith("syn-"))
                .count();
    }

    private Color colourOf(String word) {
        return (Color)
                area.lookupAll(".text").stream()
                        .filter(n -> n instanceof Text t && t.getText().equals(word))
                        .map(n -> ((Text) n).getFill())
                        .findFirst()
                        .orElse(Color.TRANSPARENT);
    }

    @Test
    void codeIsPlainAtOnceAndHasTheColoursOfTheThemeLater() {
        show("```java\nreturn 42; // the answer\n```\n");
        long atOnce = onFx(this::colored);
        assertThat(atOnce).isZero();

        color();

        until(() -> colourOf("return").equals(Color.web("#0b6268")));
        until(() -> colourOf("42").equals(Color.web("#8c3b1f")));
        until(() -> colourOf("// the answer").equals(Color.web("#615c54")));
        onFx(() -> {
            view.getStyleClass().setAll("oriel-dark");
            return true;
        });
        until(() -> colourOf("return").equals(Color.web("#6cc5c4")));
    }

    @Test
    void coloursThatArriveMoveNothing() {
        show(ANSWER);
        int middle =
                onFx(() -> {
                    String all = area.getText();
                    String before = all.substring(0, all.indexOf("Middle"));
                    return (int) before.chars().filter(c -> c == '\n').count();
                });
        onFx(() -> {
            // As a reader does.
            MouseWheel.turn(area.flow(), 40);
            return true;
        });
        until(() -> area.lastVisible() < area.getParagraphs().size() - 1);
        onFx(() -> {
            area.showParagraphAtTop(middle);
            return true;
        });
        until(() -> area.firstVisible() == middle && area.topOf(middle).isPresent());
        double before = onFx(() -> area.topOf(middle).orElseThrow());

        color();

        int first = onFx(area::firstVisible);
        double top = onFx(() -> area.topOf(middle).orElseThrow());
        assertThat(first).isEqualTo(middle);
        assertThat(top).isEqualTo(before);
    }

    @Test
    void copiedCodeIsItsText() {
        show("```java\nreturn 42; // the answer\n```\n");
        String plain = onFx(area::getText);
        color();
        String coloured = onFx(area::getText);
        assertThat(coloured).isEqualTo(plain);
    }
}
