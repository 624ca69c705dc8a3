package dev.oriel.app.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.FxScheduler;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.testing.data.SampleFrames;
import dev.oriel.testing.manual.MouseWheel;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import dev.oriel.testing.media.TestMedia;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// Tables as they are drawn. Every cell of these tables starts with a capital letter or `#`.
@ExtendWith(ApplicationExtension.class)
class TableUiTest {
    private static final String MIXED =
            """
            | Name | Kind | Note |
            |:--|:--|:--|
            | Plain | Kilo | Nothing |
            | `Code iiiii` | **Kinds in bold** | *None in italics* |
            | N 測試測試測試 | Kx ✅👩\u200d💻🇩🇪✅⏳⭐❌ | N शब्द हिन्दी |
            | Name wwwww | Kind iiiii | Note e\u0301e\u0301e\u0301 |
            """;

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
        Scene scene = new Scene(view, 700, 600);
        scene.getStylesheets().addAll("/dev/oriel/app/theme/tokens.css", TranscriptView.STYLESHEET);
        view.getStyleClass().add("oriel-light");
        stage.setScene(scene);
        stage.show();
        view.show(model);
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

    private void show(String markdown) {
        onFx(() -> {
            model.receive(frames.prompt("go").text("m1", markdown).take());
            return true;
        });
        String last = markdown.strip().lines().toList().getLast().split("[|]")[1].strip();
        until(() -> row(last) > 0 && area.flow().getCellIfVisible(row(last)).isPresent());
        WaitForAsyncUtils.waitForFxEvents();
    }

    private int row(String start) {
        for (int i = 1; i < area.getParagraphs().size(); i++) {
            if (area.getParagraph(i).getText().strip().startsWith(start)) {
                return i;
            }
        }
        return -1;
    }

    /// Where the cells of a row start and end, pixels from the left edge of the view.
    private List<double[]> cells(int row) {
        List<double[]> cells = new ArrayList<>();
        String text = area.getParagraph(row).getText();
        int from = 0;
        for (String cell : text.split("\t", -1)) {
            int at = area.getAbsolutePosition(row, from);
            if (!cell.isEmpty()) {
                Bounds b =
                        view.screenToLocal(
                                area.getCharacterBoundsOnScreen(at, at + cell.length())
                                        .orElseThrow());
                cells.add(new double[] {b.getMinX(), b.getMaxX()});
            }
            from += cell.length() + 1;
        }
        return cells;
    }

    @Test
    void noCellReachesIntoTheNextColumnWhateverItsScriptAndFont() {
        show(MIXED);
        int head = row("Name");
        List<double[]> starts = onFx(() -> cells(head));
        assertThat(starts).hasSize(3);
        double[] right = new double[3];
        for (int r = head; r < head + 5; r++) {
            int row = r;
            List<double[]> cells = onFx(() -> cells(row));
            for (int c = 0; c < 3; c++) {
                assertThat(cells.get(c)[0])
                        .as("row %d column %d", r, c)
                        .isBetween(starts.get(c)[0] - 1, starts.get(c)[0] + 1);
                right[c] = Math.max(right[c], cells.get(c)[1]);
            }
        }
        // The widest cell of a column determines where the next one starts.
        double gap = Math.round(1.8 * 1.077 * 12);
        for (int c = 0; c < 2; c++) {
            assertThat(starts.get(c + 1)[0] - right[c]).as("gap %d", c).isBetween(gap - 1, gap + 4);
        }
    }

    @Test
    void aTableThatIsTooWideScrollsWithItsColumnsAligned() {
        StringBuilder table = new StringBuilder("|");
        for (int c = 0; c < 30; c++) {
            table.append("Column ").append(c).append('|');
        }
        table.append("\n|").repeat("-|", 30).append("\n|");
        for (int c = 0; c < 30; c++) {
            table.append("V").append(c).append('|');
        }
        show(table.toString());
        int head = row("Column 0");
        double first = onFx(() -> cells(head).getFirst()[0]);
        Node over = onFx(() -> area.flow().getCellIfVisible(head + 1).orElseThrow().getNode());
        onFx(() -> {
            MouseWheel.turnSideways(over, -300);
            return true;
        });
        until(() -> cells(head).getFirst()[0] == first - 300);
        List<double[]> heads = onFx(() -> cells(head));
        List<double[]> values = onFx(() -> cells(head + 1));
        for (int c = 0; c < 30; c++) {
            assertThat(values.get(c)[0]).isBetween(heads.get(c)[0] - 1, heads.get(c)[0] + 1);
        }
        onFx(() -> {
            MouseWheel.turnSideways(over, -100_000);
            return true;
        });
        until(() -> cells(head).getLast()[1] < view.getWidth() - 20);
    }

    @Test
    void aChangeOfTheTextSizeLaysTheTableOutAgain() {
        show(MIXED);
        double before = onFx(() -> cells(row("Name")).get(1)[0]);
        onFx(() -> {
            view.setStyle("-fx-font-size: 20px;");
            return true;
        });
        until(() -> row("Name") > 0 && cells(row("Name")).get(1)[0] > before + 30);
    }
}
