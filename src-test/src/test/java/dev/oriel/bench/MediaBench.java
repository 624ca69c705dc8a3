package dev.oriel.bench;

import atlantafx.base.theme.PrimerLight;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.paging.PageLoader;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.FxScheduler;
import dev.oriel.app.theme.DirectBackgrounds;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.message.Message;
import dev.oriel.testing.manual.MouseWheel;
import dev.oriel.testing.manual.RecordingRetries;
import dev.oriel.testing.media.SampleImages;
import dev.oriel.testing.media.TestMedia;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.fxmisc.richtext.GenericStyledArea;

/// Measures frames and memory while a conversation with 160 images is scrolled from end to start.
/// `BENCHMARKS.md` has the command.
public final class MediaBench {
    private static final int MESSAGES = 500;
    private static final int IMAGES = 160;

    /// Messages of a page; that of the server ends with the first megabyte.
    private static final int PAGE = 8;

    private MediaBench() {}

    public static void main(String[] args) {
        DirectBackgrounds.enable();
        Application.launch(Window.class, args);
    }

    /// Public for JavaFX.
    public static final class Window extends Application {
        private final FxLane lane = new FxLane();
        private final ConversationModel model =
                new ConversationModel(new Pages(), new RecordingRetries(), InstantSource.system());
        private final FrameMeter meter = new FrameMeter();
        private final List<Path> files = new ArrayList<>();
        private int frames;

        @Override
        public void start(Stage stage) throws Exception {
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            Path folder = Files.createTempDirectory("media-bench");
            write(folder);
            TranscriptView view =
                    new TranscriptView(
                            lane,
                            new FxScheduler(lane),
                            ForkJoinPool.commonPool(),
                            InstantSource.system(),
                            _ -> {},
                            TestMedia.viewer(lane));
            view.getStyleClass().addAll("oriel", "oriel-light");
            Scene scene = new Scene(view, 990, 900);
            scene.getStylesheets()
                    .addAll(
                            "/dev/oriel/app/theme/tokens.css",
                            "/dev/oriel/app/theme/shell.css",
                            "/dev/oriel/app/media/media.css",
                            TranscriptView.STYLESHEET);
            stage.setScene(scene);
            stage.show();
            model.showLatest(page(MESSAGES - PAGE + 1, MESSAGES), true);
            view.show(model);
            GenericStyledArea<?, ?, ?> area =
                    (GenericStyledArea<?, ?, ?>) view.lookup("#transcript");
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    frames++;
                    if (frames == 60) {
                        meter.start();
                    } else if (frames > 60) {
                        // A turn of the wheel also stops the window from following the end.
                        MouseWheel.turn(area, 120);
                    }
                    boolean atStart = !model.hasMoreBefore() && area.getEstimatedScrollY() <= 1;
                    if (frames > 120 && atStart) {
                        stop();
                        report();
                    }
                }
            }.start();
        }

        private void report() {
            System.gc();
            Runtime r = Runtime.getRuntime();
            System.out.printf(
                    "%d frames: %s, heap %d MB, %s%n",
                    frames, meter.report(), (r.totalMemory() - r.freeMemory()) >> 20, rss());
            System.exit(0);
        }

        private static String rss() {
            try {
                return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(l -> l.startsWith("VmRSS") || l.startsWith("VmHWM"))
                        .map(l -> l.replaceAll("\\s+", " "))
                        .toList()
                        .toString();
            } catch (IOException e) {
                return "";
            }
        }

        /// The messages in files: in the product they are in another process or in the journal.
        private void write(Path folder) throws IOException {
            byte[] png = SampleImages.png(1_280, 720);
            byte[] jpeg = SampleImages.jpeg(1_600, 1_200);
            for (int i = 0; i < MESSAGES; i++) {
                boolean image = i * IMAGES / MESSAGES != (i + 1) * IMAGES / MESSAGES;
                String block =
                        i % 2 == 0
                                ? SampleImages.block("image/png", png)
                                : SampleImages.block("image/jpeg", jpeg);
                String text = "{\"type\":\"text\",\"text\":\"Look at number %d\"}".formatted(i);
                files.add(
                        Files.writeString(
                                folder.resolve(i + ".json"),
                                """
                                {"type":"user","seq":%d,"uuid":"00000000-0000-4000-8000-%012d",\
                                "message":{"role":"user","content":[%s]}}\
                                """
                                        .formatted(i + 1, i, image ? text + "," + block : text)));
            }
        }

        private List<Message> page(int from, int to) {
            List<Message> page = new ArrayList<>();
            for (int seq = from; seq <= to; seq++) {
                page.add(read(seq - 1));
            }
            return page;
        }

        private Message read(int index) {
            try {
                return Message.parse(Files.readAllBytes(files.get(index)));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private final class Pages implements PageLoader {
            @Override
            public void loadOlder(long seq) {
                CompletableFuture.runAsync(() -> {
                    int from = (int) Math.max(1, seq - PAGE);
                    List<Message> page = page(from, (int) seq - 1);
                    lane.post(() -> model.prepend(page, from > 1));
                });
            }

            @Override
            public void loadNewer(long seq) {
                throw new IllegalStateException("the reader only goes up");
            }

            @Override
            public void loadAround(long seq) {
                throw new IllegalStateException("nobody looks for anything");
            }

            @Override
            public void loadLatest() {
                throw new IllegalStateException("the latest page is given");
            }

            @Override
            public CompletableFuture<Optional<Message>> findMessage(long seq) {
                return CompletableFuture.supplyAsync(() -> Optional.of(read((int) seq - 1)));
            }
        }
    }
}
