package dev.oriel.app.transcript;

import static dev.oriel.testing.window.FxThread.on;
import static dev.oriel.testing.window.FxThread.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.testing.manual.MouseWheel;
import dev.oriel.testing.window.FxThread;
import dev.oriel.testing.window.TranscriptStage;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Code in the conversation, before and after its colours are known.
@ExtendWith(ApplicationExtension.class)
class SyntaxColorsUiTest {
    private static final String ANSWER =
            "Start.\n\n```java\nreturn 42; // the answer\n```\n\n"
                    + "Prose.\n\n".repeat(60)
                    + "Middle.\n\n"
                    + "Prose.\n\n".repeat(60);

    private final Queue<Runnable> slices = new ConcurrentLinkedQueue<>();

    @SuppressWarnings("NullAway.Init") // opened on the JavaFX thread, in start
    private TranscriptStage transcript;

    @Start
    void start(Stage stage) {
        transcript = TranscriptStage.open(stage, 500, slices::add);
    }

    private TranscriptArea area() {
        return transcript.area();
    }

    private void show(String answer) {
        transcript.frames().prompt("go").text("m1", answer);
        transcript.receive();
        until(() -> area().getText().contains("return 42;") && !slices.isEmpty());
    }

    private void color() {
        for (Runnable slice = slices.poll(); slice != null; slice = slices.poll()) {
            slice.run();
        }
        until(() -> colored() > 0);
    }

    private long colored() {
        return area().getParagraphs().stream()
                .flatMap(p -> p.getStyledSegments().stream())
                .flatMap(s -> s.getStyle().classes().stream())
                .filter(c -> c.startsWith("syn-"))
                .count();
    }

    private Color colourOf(String word) {
        return (Color)
                area().lookupAll(".text").stream()
                        .filter(n -> n instanceof Text t && t.getText().strip().equals(word))
                        .map(n -> ((Text) n).getFill())
                        .findFirst()
                        .orElse(Color.TRANSPARENT);
    }

    @Test
    void codeIsPlainAtOnceAndHasTheColoursOfTheThemeLater() {
        show("```java\nreturn 42; // the answer\n```\n");
        long atOnce = on(this::colored);
        assertThat(atOnce).isZero();

        color();

        until(() -> colourOf("return").equals(Color.web("#0b6268")));
        until(() -> colourOf("42").equals(Color.web("#8c3b1f")));
        until(() -> colourOf("// the answer").equals(Color.web("#615c54")));
        FxThread.run(() -> transcript.view().getStyleClass().setAll("oriel-dark"));
        until(() -> colourOf("return").equals(Color.web("#6cc5c4")));
    }

    @Test
    void coloursThatArriveMoveNothing() {
        show(ANSWER);
        int middle =
                on(() -> {
                    String all = area().getText();
                    String before = all.substring(0, all.indexOf("Middle"));
                    return (int) before.chars().filter(c -> c == '\n').count();
                });
        // As a reader does.
        FxThread.run(() -> MouseWheel.turn(area().flow(), 40));
        until(() -> area().lastVisible() < area().getParagraphs().size() - 1);
        FxThread.run(() -> area().showParagraphAtTop(middle));
        until(() -> area().firstVisible() == middle && area().topOf(middle).isPresent());
        double before = on(() -> area().topOf(middle).orElseThrow());

        color();

        FxThread.run(() -> {
            transcript.view().layout();
            assertThat(area().firstVisible()).isEqualTo(middle);
            assertThat(area().topOf(middle)).contains(before);
        });
    }

    @Test
    void copiedCodeIsItsText() {
        show("```java\nreturn 42; // the answer\n```\n");
        String plain = on(area()::getText);
        color();
        String coloured = on(area()::getText);
        assertThat(coloured).isEqualTo(plain);
    }
}
