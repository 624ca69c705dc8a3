package dev.oriel.app.transcript;

import static dev.oriel.testing.window.FxThread.on;
import static dev.oriel.testing.window.FxThread.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.manual.MouseWheel;
import dev.oriel.testing.window.FxThread;
import dev.oriel.testing.window.TranscriptStage;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import javafx.geometry.Bounds;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

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

    @SuppressWarnings("NullAway.Init") // opened on the JavaFX thread, in start
    private TranscriptStage transcript;

    @Start
    void start(Stage stage) {
        transcript = TranscriptStage.open(stage, 600);
    }

    private void show(String markdown) {
        transcript.frames().prompt("go").text("m1", markdown);
        transcript.receive();
        String last = markdown.strip().lines().toList().getLast().split("[|]")[1].strip();
        until(() -> cells(row(last)).size() > 0 && !transcript.view().isBusy());
    }

    private int row(String start) {
        for (int i = 1; i < transcript.area().getParagraphs().size(); i++) {
            if (transcript.area().getParagraph(i).getText().strip().startsWith(start)) {
                return i;
            }
        }
        throw new NoSuchElementException(start);
    }

    /// Where the cells of a row start and end, pixels from the left edge of the view.
    private List<double[]> cells(int row) {
        List<double[]> cells = new ArrayList<>();
        String text = transcript.area().getParagraph(row).getText();
        int from = 0;
        for (String cell : text.split("\t", -1)) {
            if (!cell.isEmpty()) {
                Bounds b = transcript.bounds(row, from, from + cell.length());
                cells.add(new double[] {b.getMinX(), b.getMaxX()});
            }
            from += cell.length() + 1;
        }
        return cells;
    }

    @Test
    void noCellReachesIntoTheNextColumnWhateverItsScriptAndFont() {
        show(MIXED);
        // The font of emoji, which is loaded in the background, lays the table out again.
        List<List<double[]>> rows =
                on(() -> {
                    transcript.view().layout();
                    int head = row("Name");
                    return IntStream.range(head, head + 5).mapToObj(this::cells).toList();
                });
        List<double[]> starts = rows.getFirst();
        assertThat(starts).hasSize(3);
        double[] right = new double[3];
        for (List<double[]> cells : rows) {
            for (int c = 0; c < 3; c++) {
                assertThat(cells.get(c)[0])
                        .as("row %d column %d", rows.indexOf(cells), c)
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
        int head = on(() -> row("Column 0"));
        double first = on(() -> cells(head).getFirst()[0]);
        FxThread.run(() -> MouseWheel.turnSideways(transcript.node(head + 1), -300));
        until(() -> cells(head).getFirst()[0] == first - 300);
        FxThread.run(() -> {
            List<double[]> heads = cells(head);
            List<double[]> values = cells(head + 1);
            for (int c = 0; c < 30; c++) {
                assertThat(values.get(c)[0]).isBetween(heads.get(c)[0] - 1, heads.get(c)[0] + 1);
            }
            MouseWheel.turnSideways(transcript.node(head + 1), -100_000);
        });
        until(() -> cells(head).getLast()[1] < transcript.view().getWidth() - 20);
    }

    @Test
    void aChangeOfTheTextSizeLaysTheTableOutAgain() {
        show(MIXED);
        double before = on(() -> cells(row("Name")).get(1)[0]);
        FxThread.run(() -> transcript.view().setStyle("-fx-font-size: 20px;"));
        until(() -> cells(row("Name")).get(1)[0] > before + 30);
    }
}
