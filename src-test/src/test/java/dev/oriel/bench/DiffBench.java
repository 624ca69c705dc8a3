package dev.oriel.bench;

import atlantafx.base.theme.PrimerLight;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.diff.EditDiffs;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.FxScheduler;
import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.highlight.Language;
import dev.oriel.app.reading.DiffLayout;
import dev.oriel.app.theme.DirectBackgrounds;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.diff.DiffContent;
import dev.oriel.app.transcript.diff.DiffPane;
import dev.oriel.app.transcript.diff.DiffPanes;
import dev.oriel.message.Json;
import dev.oriel.testing.data.SampleFrames;
import dev.oriel.testing.manual.MouseWheel;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import dev.oriel.testing.media.TestMedia;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/// Opens one large diff, in the conversation and in the pane that shows it whole, and scrolls
/// there. Argument: lines of the diff.
public final class DiffBench {
    private DiffBench() {}

    public static void main(String[] args) {
        DirectBackgrounds.enable();
        Application.launch(Window.class, args);
    }

    /// The window.
    public static final class Window extends Application {
        private final FxLane lane = new FxLane();
        private final InstantSource clock = InstantSource.system();
        private final ExecutorService background =
                Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
        private final ConversationModel model =
                new ConversationModel(new RecordingPages(), new RecordingRetries(), clock);
        private final TranscriptView view =
                new TranscriptView(
                        lane,
                        new FxScheduler(lane),
                        background,
                        clock,
                        _ -> {},
                        TestMedia.viewer(lane));
        private final StackPane root = new StackPane(view);

        @Override
        public void start(Stage stage) {
            int lines = Integer.parseInt(getParameters().getRaw().getFirst());
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            Scene scene = new Scene(root, 1400, 800);
            root.getStyleClass().addAll("oriel", "oriel-light");
            scene.getStylesheets()
                    .addAll(
                            "/dev/oriel/app/theme/tokens.css",
                            TranscriptView.STYLESHEET,
                            "/dev/oriel/app/transcript/diff/diff.css");
            stage.setScene(scene);
            stage.show();
            view.warmUp();
            Thread.ofPlatform().daemon().start(() -> measure(lines));
        }

        private void measure(int lines) {
            try {
                TimeUnit.SECONDS.sleep(3);
                lane.post(() -> view.show(model));
                System.out.printf("bare frames: %s%n", meter(() -> TimeUnit.SECONDS.sleep(3)));
                SampleFrames frames =
                        new SampleFrames()
                                .prompt("go")
                                .toolUse("m1", "t1", "Edit", "{\"file_path\":\"/proj/A.java\"}")
                                .toolResult("t1", "ok", false, patch(lines));
                System.out.printf(
                        "arrives: %s%n",
                        meter(() -> {
                            lane.post(() -> model.receive(frames.take()));
                            TimeUnit.SECONDS.sleep(3);
                        }));
                System.out.printf("opens: %s%n", meter(() -> enterAt("Edit  /proj")));
                System.out.printf("closes: %s%n", meter(() -> enterAt("Edit  /proj")));
                System.out.printf("opens again: %s%n", meter(() -> enterAt("Edit  /proj")));
                System.out.printf("shows more: %s%n", meter(() -> enterAt("Show ")));
                System.out.printf("shows more again: %s%n", meter(() -> enterAt("Show ")));
                System.out.printf("scrolls: %s%n", meter(() -> wheel(area())));
                System.out.printf("whole, unified: %s%n", meter(() -> whole(DiffLayout.UNIFIED)));
                System.out.printf("scrolls: %s%n", meter(() -> wheel(text())));
                System.out.printf(
                        "whole, side by side: %s%n", meter(() -> whole(DiffLayout.SIDE_BY_SIDE)));
                System.out.printf("scrolls: %s%n", meter(() -> wheel(text())));
            } catch (InterruptedException e) {
                throw new IllegalStateException("the measurement was broken off", e);
            } finally {
                Platform.exit();
            }
        }

        /// Lines that are replaced in pairs, with two kept ones after each.
        private static String patch(int lines) {
            ObjectNode result = Json.object();
            ArrayNode all =
                    result.putObject("tool_use_result")
                            .put("filePath", "/proj/A.java")
                            .putArray("structuredPatch")
                            .addObject()
                            .put("oldStart", 1)
                            .put("newStart", 1)
                            .putArray("lines");
            for (int i = 0; i < lines / 4; i++) {
                all.add("-        int value = compute(" + i + ");");
                all.add("+        long value = compute(" + i + ", 1);");
                all.add("         use(value);");
                all.add(" ");
            }
            return result.toString();
        }

        private interface Work {
            void run() throws InterruptedException;
        }

        private String meter(Work work) throws InterruptedException {
            FrameMeter meter = new FrameMeter();
            lane.post(meter::start);
            work.run();
            CompletableFuture<String> report = new CompletableFuture<>();
            lane.post(() -> {
                meter.stop();
                report.complete(meter.report());
            });
            return report.join();
        }

        private TranscriptArea area() {
            return (TranscriptArea) view.lookup("#transcript");
        }

        private TranscriptArea text() {
            return (TranscriptArea) root.lookup("#diff-text");
        }

        private void enterAt(String text) throws InterruptedException {
            lane.post(() -> {
                TranscriptArea area = area();
                if (!area.getText().contains(text)) {
                    System.out.print("not shown in time: ");
                    return;
                }
                area.moveTo(area.getText().lastIndexOf(text));
                Event.fireEvent(
                        area,
                        new KeyEvent(
                                KeyEvent.KEY_PRESSED,
                                "",
                                "",
                                KeyCode.ENTER,
                                false,
                                false,
                                false,
                                false));
            });
            TimeUnit.SECONDS.sleep(2);
        }

        private void whole(DiffLayout layout) throws InterruptedException {
            lane.post(() -> {
                ToolRun run =
                        model.items().stream()
                                .filter(Item.Tool.class::isInstance)
                                .map(i -> ((Item.Tool) i).run())
                                .findFirst()
                                .orElseThrow();
                var change = Objects.requireNonNull(run.output()).change();
                DiffPanes panes =
                        new DiffPanes(
                                lane,
                                background,
                                new SimpleObjectProperty<>(layout),
                                new CodeHighlighter(lane, background));
                DiffPane pane =
                        panes.create(
                                new DiffContent(
                                        List.of(),
                                        Language.JAVA,
                                        EditDiffs.size(run.fields(), change),
                                        () ->
                                                EditDiffs.of(
                                                        run.name(), run.fields(), change, s -> s)),
                                "diff-text",
                                "Diff",
                                null);
                root.getChildren().setAll(pane);
            });
            int before;
            int now = 0;
            do {
                TimeUnit.SECONDS.sleep(2);
                before = now;
                now = paragraphs();
            } while (now <= 1 || now > before);
            System.out.printf("%,d paragraphs; ", now);
        }

        private int paragraphs() {
            CompletableFuture<Integer> count = new CompletableFuture<>();
            lane.post(() -> count.complete(text().getParagraphs().size()));
            return count.join();
        }

        private void wheel(TranscriptArea area) throws InterruptedException {
            lane.post(() -> area.flow().showAsFirst(1));
            ScheduledExecutorService wheel = Executors.newSingleThreadScheduledExecutor();
            wheel.scheduleAtFixedRate(
                    () -> lane.post(() -> turn(area)), 500, 16, TimeUnit.MILLISECONDS);
            TimeUnit.SECONDS.sleep(5);
            wheel.shutdownNow();
        }

        private static void turn(TranscriptArea area) {
            MouseWheel.turn(
                    area.flow()
                            .getCellIfVisible((area.firstVisible() + area.lastVisible()) / 2)
                            .orElseThrow()
                            .getNode(),
                    -40);
        }
    }
}
