package dev.oriel.bench;

import atlantafx.base.theme.PrimerLight;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.FxScheduler;
import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.theme.DirectBackgrounds;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.markdown.MarkdownRenderer;
import dev.oriel.app.transcript.options.RenderSettings;
import dev.oriel.testing.data.SampleFrames;
import dev.oriel.testing.manual.MouseWheel;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import dev.oriel.testing.media.TestMedia;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Stage;

/// Shows one large table below a prompt, jumps to its start, and scrolls it down and sideways.
/// Arguments: rows, columns.
public final class TableBench {
    private TableBench() {}

    public static void main(String[] args) {
        DirectBackgrounds.enable();
        Application.launch(Window.class, args);
    }

    private static String table(int rows, int columns) {
        StringBuilder out = new StringBuilder("|");
        for (int c = 0; c < columns; c++) {
            out.append(" Column ").append(c).append(" |");
        }
        out.append("\n|").repeat("---|", columns);
        for (int r = 0; r < rows; r++) {
            out.append("\n|");
            for (int c = 0; c < columns; c++) {
                String cell =
                        switch ((r + c) % 6) {
                            case 0 -> "`code " + r + "`";
                            case 1 -> "**bold** " + r * c;
                            case 2 -> "a few more words in a cell";
                            default -> "value " + r;
                        };
                out.append(' ').append(cell).append(" |");
            }
        }
        return out.append("\n\nThe end.").toString();
    }

    /// The window.
    public static final class Window extends Application {
        private final FxLane lane = new FxLane();
        private final InstantSource clock = InstantSource.system();
        private final ConversationModel model =
                new ConversationModel(new RecordingPages(), new RecordingRetries(), clock);
        private final TranscriptView view =
                new TranscriptView(
                        lane,
                        new FxScheduler(lane),
                        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory()),
                        clock,
                        _ -> {},
                        TestMedia.viewer(lane));

        @Override
        public void start(Stage stage) {
            int rows = Integer.parseInt(getParameters().getRaw().get(0));
            int columns = Integer.parseInt(getParameters().getRaw().get(1));
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            Scene scene = new Scene(view, 1000, 800);
            scene.getRoot().getStyleClass().addAll("oriel", "oriel-light");
            scene.getStylesheets()
                    .addAll("/dev/oriel/app/theme/tokens.css", TranscriptView.STYLESHEET);
            stage.setScene(scene);
            stage.show();
            view.warmUp();
            String text = table(rows, columns);
            Thread.ofPlatform().daemon().start(() -> measure(text));
        }

        private void measure(String text) {
            try {
                TimeUnit.SECONDS.sleep(3);
                lane.post(() -> view.show(model));
                System.out.printf("%,d characters%n", text.length());
                System.out.printf("bare frames: %s%n", meter(() -> TimeUnit.SECONDS.sleep(3)));
                RenderSettings settings = RenderSettings.of(88);
                for (int i = 0; i < 5; i++) {
                    long start = System.nanoTime();
                    new MarkdownRenderer(settings.markdown("x"), CodeColors.NONE)
                            .render(text, true);
                    System.out.printf(
                            "render, not on the JavaFX thread: %.0f ms%n",
                            (System.nanoTime() - start) / 1e6);
                }
                SampleFrames frames = new SampleFrames().prompt("go");
                lane.post(() -> model.receive(frames.take()));
                TimeUnit.SECONDS.sleep(1);
                System.out.printf("show: %s%n", meter(() -> show(frames, text)));
                System.out.printf("jump to the start: %s%n", meter(this::jump));
                System.out.printf("scroll down: %s%n", meter(() -> wheel(false)));
                System.out.printf("scroll sideways: %s%n", meter(() -> wheel(true)));
            } catch (InterruptedException e) {
                throw new IllegalStateException("the measurement was broken off", e);
            } finally {
                Platform.exit();
            }
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

        private void show(SampleFrames frames, String text) throws InterruptedException {
            lane.post(() -> model.receive(frames.text("m1", text).take()));
            TimeUnit.SECONDS.sleep(5);
        }

        private void jump() throws InterruptedException {
            lane.post(() -> area().flow().showAsFirst(1));
            TimeUnit.SECONDS.sleep(1);
        }

        private TranscriptArea area() {
            return (TranscriptArea) view.lookup("#transcript");
        }

        private void wheel(boolean sideways) throws InterruptedException {
            ScheduledExecutorService wheel = Executors.newSingleThreadScheduledExecutor();
            wheel.scheduleAtFixedRate(
                    () -> lane.post(() -> turn(sideways)), 0, 16, TimeUnit.MILLISECONDS);
            TimeUnit.SECONDS.sleep(5);
            wheel.shutdownNow();
        }

        private void turn(boolean sideways) {
            TranscriptArea area = area();
            Node over =
                    area.flow()
                            .getCellIfVisible((area.firstVisible() + area.lastVisible()) / 2)
                            .orElseThrow()
                            .getNode();
            if (sideways) {
                MouseWheel.turnSideways(over, -40);
            } else {
                MouseWheel.turn(over, -40);
            }
        }
    }
}
