package dev.oriel.app.transcript.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.diff.EditDiffs;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.highlight.Language;
import dev.oriel.app.reading.DiffLayout;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.testing.window.FxThread;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

/// A diff that is so large that it is rendered in the background.
class DiffPaneUiTest {
    private static final int LINES = 3_000;

    private final Queue<Runnable> rendering = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> coloring = new ConcurrentLinkedQueue<>();
    private final AtomicInteger comparisons = new AtomicInteger();
    private final SimpleObjectProperty<DiffLayout> layout =
            new SimpleObjectProperty<>(DiffLayout.UNIFIED);
    private @Nullable Stage stage;

    @BeforeEach
    void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @AfterEach
    void close() {
        Stage open = stage;
        if (open != null) {
            FxThread.run(open::close);
        }
    }

    private static String lines(String line) {
        return IntStream.range(0, LINES)
                .mapToObj(i -> i % 5 == 0 ? line.formatted(i) : "    use(" + i + ");")
                .collect(Collectors.joining("\n"));
    }

    private List<EditDiffs.Titled> compare() {
        comparisons.incrementAndGet();
        return EditDiffs.proposed(
                "Edit",
                List.of(
                        new ToolRun.Field("file_path", "/A.java"),
                        new ToolRun.Field("old_string", lines("    int n = %d;")),
                        new ToolRun.Field("new_string", lines("    long n = %d;"))),
                s -> s);
    }

    private DiffPane open() {
        return FxThread.on(() -> {
            FxLane lane = new FxLane();
            DiffPanes panes =
                    new DiffPanes(
                            lane, rendering::add, layout, new CodeHighlighter(lane, coloring::add));
            DiffPane pane =
                    panes.create(
                            new DiffContent(List.of(), Language.JAVA, LINES * 40, this::compare),
                            "diff-text",
                            "Diff",
                            null);
            pane.getStyleClass().addAll("oriel", "oriel-light");
            Stage opened = new Stage();
            stage = opened;
            Scene scene = new Scene(pane, 1_400, 700);
            scene.getStylesheets()
                    .addAll(
                            "/dev/oriel/app/theme/tokens.css",
                            TranscriptView.STYLESHEET,
                            "/dev/oriel/app/transcript/diff/diff.css");
            opened.setScene(scene);
            opened.show();
            return pane;
        });
    }

    private static void runAll(Queue<Runnable> tasks) {
        Queue<Runnable> due = new ArrayDeque<>(tasks);
        tasks.clear();
        due.forEach(Runnable::run);
    }

    private static TranscriptArea area(DiffPane pane) {
        return (TranscriptArea) pane.lookup("#diff-text");
    }

    @Test
    void itIsRenderedOnceForTheWidthThatItHas() {
        DiffPane pane = open();
        FxThread.until(() -> !rendering.isEmpty());
        assertThat(rendering).hasSize(1);
        runAll(rendering);
        FxThread.until(pane::isWhole);
        assertThat(rendering).isEmpty();
        assertThat(comparisons).hasValue(1);
    }

    @Test
    void aRenderingThatIsOutdatedBeforeItStartsIsSkipped() {
        DiffPane pane = open();
        FxThread.until(() -> !rendering.isEmpty());
        FxThread.run(() -> pane.setLayout(DiffLayout.SIDE_BY_SIDE));
        assertThat(rendering).hasSize(2);
        runAll(rendering);
        FxThread.until(pane::isWhole);
        assertThat(comparisons).hasValue(1);
        assertThat(FxThread.on(() -> pane.split().get())).isTrue();
    }

    @Test
    void theTextStaysWholeAndWhereItIsWhileItsColoursArrive() {
        DiffPane pane = open();
        FxThread.until(() -> !rendering.isEmpty());
        runAll(rendering);
        FxThread.until(pane::isWhole);
        int paragraphs = FxThread.on(() -> area(pane).getParagraphs().size());
        FxThread.run(() -> area(pane).showParagraphAtTop(paragraphs / 2));
        FxThread.until(() -> area(pane).firstVisible() == paragraphs / 2);

        AtomicInteger fewest = new AtomicInteger(paragraphs);
        FxThread.run(() ->
                area(pane)
                        .getContent()
                        .plainChanges()
                        .subscribe(_ ->
                                fewest.accumulateAndGet(
                                        area(pane).getParagraphs().size(), Math::min)));
        while (!coloring.isEmpty()) {
            runAll(coloring);
        }
        FxThread.until(() -> !rendering.isEmpty());
        runAll(rendering);
        FxThread.until(() -> isColored(pane, paragraphs / 2));

        assertThat(fewest.get()).isEqualTo(paragraphs);
        assertThat(FxThread.on(() -> area(pane).firstVisible())).isEqualTo(paragraphs / 2);
        assertThat(FxThread.on(() -> area(pane).getParagraphs().size())).isEqualTo(paragraphs);
        assertThat(comparisons).hasValue(1);
    }

    private static boolean isColored(DiffPane pane, int paragraph) {
        return area(pane).getParagraph(paragraph).getStyleSpans().stream()
                .anyMatch(s -> s.getStyle().classes().stream().anyMatch(c -> c.startsWith("syn-")));
    }
}
