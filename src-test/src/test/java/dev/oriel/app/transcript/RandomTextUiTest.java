package dev.oriel.app.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.controls.PangoWorkaround;
import dev.oriel.testing.data.RandomTexts;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

/// Shows random texts of all scripts, wherever the window shows text of any origin, at random
/// widths. None may end a layout pass. As a program it takes a seed and a number of texts.
/// `RandomTextRun` shows such texts in the whole window.
class RandomTextUiTest {
    private static final long SEED = 20261127;

    @Test
    void textsOfAllScriptsAreLaidOutEverywhere() throws Exception {
        assertThat(layOut(SEED, 2_000)).isGreaterThanOrEqualTo(2_000);
    }

    public static void main(String[] args) throws Exception {
        System.out.println(layOut(Long.parseLong(args[0]), Integer.parseInt(args[1])) + " texts");
        System.exit(0);
    }

    private static int layOut(long seed, int wanted) throws Exception {
        FxToolkit.registerPrimaryStage();
        CompletableFuture<Integer> done = new CompletableFuture<>();
        Platform.runLater(() -> {
            PangoWorkaround.install();
            RandomTextPlaces places;
            try {
                places = new RandomTextPlaces(new RandomTexts(seed));
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
                return;
            }
            Stage stage = new Stage();
            Scene scene = new Scene(places.root(), 900, 900);
            scene.getStylesheets()
                    .addAll(
                            "/dev/oriel/app/theme/tokens.css",
                            "/dev/oriel/app/theme/shell.css",
                            TranscriptView.STYLESHEET);
            stage.setScene(scene);
            stage.show();
            rounds(places, stage, 0, 0, wanted, seed, done);
        });
        try {
            return done.get(15, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            throw new AssertionError("A layout with seed " + seed + " did not end", e);
        }
    }

    /// Fills all places a number of times, and then renders a frame.
    private static void rounds(
            RandomTextPlaces places,
            Stage stage,
            int from,
            int before,
            int wanted,
            long seed,
            CompletableFuture<Integer> done) {
        int texts = before;
        int round = from;
        try {
            for (; round < from + 2; round++) {
                texts += places.fill(round);
                places.root().applyCss();
                places.root().layout();
            }
        } catch (RuntimeException | Error e) {
            stage.close();
            done.completeExceptionally(
                    new AssertionError(
                            "seed " + seed + ", round " + round + "\n" + places.used(), e));
            return;
        }
        if (texts >= wanted) {
            stage.close();
            done.complete(texts);
            return;
        }
        int so = texts;
        int next = round;
        Platform.runLater(() -> rounds(places, stage, next, so, wanted, seed, done));
    }
}
