package dev.oriel.app.transcript;

import static dev.oriel.testing.window.FxThread.on;
import static dev.oriel.testing.window.FxThread.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.window.FxThread;
import dev.oriel.testing.window.TranscriptStage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// How much is done in one frame, counted.
@ExtendWith(ApplicationExtension.class)
class FrameWorkUiTest {
    @SuppressWarnings("NullAway.Init") // opened on the JavaFX thread, in start
    private TranscriptStage transcript;

    @Start
    void start(Stage stage) {
        transcript = TranscriptStage.open(stage, 600);
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "Line " + i)
                .collect(Collectors.joining("\n\n"));
    }

    @Test
    void scrollBarsGetTheHeightOfTheTextOnceAFrame() {
        int[] frames = new int[1];
        List<Double> heights = new ArrayList<>();
        FxThread.run(() -> {
            transcript.area().getScene().addPostLayoutPulseListener(() -> frames[0]++);
            transcript
                    .area()
                    .totalHeightEstimateProperty()
                    .addListener((_, _, height) -> heights.add(height));
        });
        transcript.frames().prompt("go").text("m1", lines(300));
        transcript.receive();
        transcript.awaitText("Line 299");
        transcript.awaitEnd();
        until(() -> !transcript.view().isBusy() && bar().getMax() > 600);
        int[] seen = on(() -> new int[] {heights.size(), frames[0]});
        assertThat(seen[0]).isBetween(1, seen[1]);
        until(() -> bar().getMax() == transcript.area().getTotalHeightEstimate());
    }

    private ScrollBar bar() {
        return transcript.view().lookupAll(".scroll-bar").stream()
                .filter(n -> n instanceof ScrollBar b && b.getOrientation() == Orientation.VERTICAL)
                .map(ScrollBar.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void noBackgroundBehindTheTextIsTransparent() {
        transcript
                .frames()
                .prompt("go")
                .text("m1", "# A\n\n> B\n\n```java\nint c;\n```\n\n|D|\n|-|");
        transcript.receive();
        transcript.awaitText("int c;");
        until(() -> !transcript.view().isBusy());
        assertThat(on(() -> transparent(transcript.area().flow().getParent()))).isEmpty();
    }

    /// The regions with a layer that is drawn and not seen, as text.
    private static List<String> transparent(Node node) {
        List<String> found = new ArrayList<>();
        if (node instanceof Region region
                && region.getBackground() != null
                && region.getBackground().getFills().stream()
                        .map(BackgroundFill::getFill)
                        .anyMatch(Color.TRANSPARENT::equals)) {
            found.add(region.toString());
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(n -> found.addAll(transparent(n)));
        }
        return found;
    }
}
