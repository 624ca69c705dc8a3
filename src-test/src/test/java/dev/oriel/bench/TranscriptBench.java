package dev.oriel.bench;

import atlantafx.base.theme.PrimerLight;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.paging.PageLoader;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.FxScheduler;
import dev.oriel.app.theme.DirectBackgrounds;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.manual.MouseWheel;
import dev.oriel.testing.manual.RecordingRetries;
import dev.oriel.testing.media.TestMedia;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.geometry.Insets;
import javafx.scene.Scene;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import org.HdrHistogram.Histogram;

/// Measures the transcript without a server: opening, streaming, typing while it streams, idling,
/// long scrolling, memory.
///
/// Arguments: messages in the conversation (3000), bytes of each tool's output (600), tokens per
/// second (200), seconds of each measurement (10). The conversation is generated, so only the view
/// is measured. `src-test/BENCHMARKS.md` has the command.
public final class TranscriptBench {
    private TranscriptBench() {}

    public static void main(String[] args) {
        DirectBackgrounds.enable();
        Application.launch(Window.class, args);
    }

    /// The window, and the measurements, which run sequentially on another thread.
    public static final class Window extends Application {
        private static final int PAGE = 100;

        private final FxLane lane = new FxLane();
        private final TextArea composer = new TextArea();
        private final Histogram keys = new Histogram(60_000_000_000L, 3);
        private LongConversation conversation = new LongConversation(3_000, 600);
        private int tokens = 200;
        private int seconds = 10;
        private Scene scene = new Scene(new BorderPane());
        private TranscriptView view = newView();
        private ConversationModel model = newModel();

        private TranscriptView newView() {
            return new TranscriptView(
                    lane,
                    new FxScheduler(lane),
                    ForkJoinPool.commonPool(),
                    InstantSource.system(),
                    _ -> {},
                    TestMedia.viewer(lane));
        }

        private ConversationModel newModel() {
            return new ConversationModel(
                    new Generated(), new RecordingRetries(), InstantSource.system());
        }

        private final class Generated implements PageLoader {
            @Override
            public void loadOlder(long seq) {
                ForkJoinPool.commonPool()
                        .execute(() -> {
                            List<Message> page = conversation.page(seq - PAGE, seq - 1);
                            lane.post(() -> model.prepend(page, seq - PAGE > 1));
                        });
            }

            @Override
            public void loadNewer(long seq) {
                ForkJoinPool.commonPool()
                        .execute(() -> {
                            List<Message> page = conversation.page(seq + 1, seq + PAGE);
                            boolean more = seq + PAGE < conversation.length();
                            lane.post(() -> model.append(page, more));
                        });
            }

            @Override
            public void loadAround(long seq) {
                throw new IllegalStateException("nobody looks for anything");
            }

            @Override
            public void loadLatest() {
                model.showLatest(latest(), true);
            }

            @Override
            public CompletableFuture<Optional<Message>> findMessage(long seq) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
        }

        private List<Message> latest() {
            return conversation.page(conversation.length() - PAGE + 1, conversation.length());
        }

        @Override
        public void start(Stage stage) {
            List<String> args = getParameters().getRaw();
            long messages = args.isEmpty() ? 3_000 : Long.parseLong(args.get(0));
            conversation =
                    new LongConversation(
                            messages, args.size() > 1 ? Integer.parseInt(args.get(1)) : 600);
            tokens = args.size() > 2 ? Integer.parseInt(args.get(2)) : 200;
            seconds = args.size() > 3 ? Integer.parseInt(args.get(3)) : 10;
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            composer.setPrefRowCount(3);
            composer.setWrapText(true);
            BorderPane root = new BorderPane(view, null, null, composer, null);
            BorderPane.setMargin(composer, new Insets(8));
            root.getStyleClass().addAll("oriel", "oriel-light");
            scene = new Scene(root, 990, 900);
            scene.getStylesheets()
                    .addAll(
                            "/dev/oriel/app/theme/tokens.css",
                            // The text field is of the window's class, whose caret does not blink.
                            "/dev/oriel/app/theme/shell.css",
                            TranscriptView.STYLESHEET);
            stage.setScene(scene);
            stage.show();
            view.warmUp();
            Thread.ofPlatform().daemon().start(this::measure);
        }

        private void measure() {
            try {
                TimeUnit.SECONDS.sleep(2);
                System.out.printf("%,d messages%n", conversation.length());
                System.out.printf("open, first:  %.0f ms%n", open());
                List<Double> again = new ArrayList<>();
                for (int i = 0; i < 9; i++) {
                    again.add(open());
                }
                again.sort(null);
                System.out.printf(
                        "open, again:  %.0f ms, median of nine, worst %.0f%n",
                        again.get(4), again.get(8));
                idle("idle before a reply");
                stream();
                idle("idle after a reply");
                lane.post(() -> composer.setDisable(true));
                idle("idle after a reply, text field disabled");
                scrollUp();
                idle("idle far up");
            } catch (InterruptedException | IOException e) {
                throw new IllegalStateException("the measurement was broken off", e);
            } finally {
                Platform.exit();
            }
        }

        /// The time from the arrival of the page to the frame that shows it, when that is passed to
        /// the renderer.
        private double open() throws InterruptedException {
            List<Message> page = latest();
            CompletableFuture<Double> shown = new CompletableFuture<>();
            lane.post(() -> {
                long start = System.nanoTime();
                model = newModel();
                model.showLatest(page, true);
                view.show(model);
                Runnable[] once = new Runnable[1];
                once[0] =
                        () -> {
                            scene.removePostLayoutPulseListener(once[0]);
                            shown.complete((System.nanoTime() - start) / 1e6);
                        };
                scene.addPostLayoutPulseListener(once[0]);
                Platform.requestNextPulse();
            });
            double ms = shown.join();
            TimeUnit.MILLISECONDS.sleep(600);
            return ms;
        }

        private void stream() throws InterruptedException, IOException {
            FrameMeter meter = new FrameMeter();
            ScheduledExecutorService source = Executors.newScheduledThreadPool(2);
            AtomicLong token = new AtomicLong();
            String text = "";
            for (int i = 0; i < 40; i++) {
                text += LongConversation.markdown(i) + "\n\n";
            }
            String all = text;
            lane.post(() ->
                    model.receive(
                            List.of(event("message_start", ""), event("content_block_start", ""))));
            source.scheduleAtFixedRate(
                    () -> {
                        int at = (int) (token.getAndIncrement() * 5 % (all.length() - 5));
                        Message delta = event("content_block_delta", all.substring(at, at + 5));
                        lane.post(() -> model.receive(List.of(delta)));
                    },
                    0,
                    1_000_000 / tokens,
                    TimeUnit.MICROSECONDS);
            TimeUnit.SECONDS.sleep(2);
            lane.post(meter::start);
            if (getParameters().getRaw().size() < 5) {
                source.scheduleAtFixedRate(this::key, 0, 97, TimeUnit.MILLISECONDS);
            }
            TimeUnit.SECONDS.sleep(seconds);
            CompletableFuture<String> frames = new CompletableFuture<>();
            lane.post(() -> {
                meter.stop();
                frames.complete(meter.report());
            });
            System.out.printf("streaming %d tokens/s: %s%n", tokens, frames.join());
            System.out.printf(
                    "key press to frame while streaming: p50 %.1f p95 %.1f ms%n",
                    keys.getValueAtPercentile(50) / 1e6, keys.getValueAtPercentile(95) / 1e6);
            source.shutdownNow();
            memory("after streaming");
        }

        private Message event(String type, String text) {
            ObjectNode m = Json.object().put("type", "stream_event");
            ObjectNode event = m.putObject("event").put("type", type).put("index", 0);
            event.putObject("message").put("id", "streamed");
            event.putObject("content_block").put("type", "text");
            event.putObject("delta").put("type", "text_delta").put("text", text);
            return Message.of(m);
        }

        /// Types one character into the composer. The time is measured from the request on another
        /// thread to the end of the layout of the frame that shows the character.
        private void key() {
            long start = System.nanoTime();
            Platform.runLater(() -> {
                Event.fireEvent(
                        composer,
                        new KeyEvent(
                                KeyEvent.KEY_TYPED,
                                "x",
                                "",
                                KeyCode.UNDEFINED,
                                false,
                                false,
                                false,
                                false));
                Runnable[] once = new Runnable[1];
                once[0] =
                        () -> {
                            scene.removePostLayoutPulseListener(once[0]);
                            keys.recordValue(System.nanoTime() - start);
                        };
                scene.addPostLayoutPulseListener(once[0]);
            });
        }

        private void scrollUp() throws InterruptedException, IOException {
            FrameMeter meter = new FrameMeter();
            ScheduledExecutorService wheel = Executors.newSingleThreadScheduledExecutor();
            lane.post(meter::start);
            wheel.scheduleAtFixedRate(() -> lane.post(this::wheelUp), 0, 16, TimeUnit.MILLISECONDS);
            TimeUnit.SECONDS.sleep(seconds);
            wheel.shutdownNow();
            lane.post(() -> {
                meter.stop();
                System.out.printf("scrolling up: %s%n", meter.report());
                System.out.printf(
                        "read back to message %,d, %,d items held%n",
                        model.items().getFirst().seq(), model.items().size());
            });
            memory("after scrolling");
        }

        private void wheelUp() {
            var target = view.lookup("#transcript").lookup(".virtual-flow");
            if (target == null) {
                target = view.lookup("#transcript");
            }
            MouseWheel.turn(target, 240);
        }

        private void idle(String when) throws InterruptedException {
            TimeUnit.SECONDS.sleep(3);
            var os =
                    (com.sun.management.OperatingSystemMXBean)
                            ManagementFactory.getOperatingSystemMXBean();
            long cpu = os.getProcessCpuTime();
            long wall = System.nanoTime();
            TimeUnit.SECONDS.sleep(5);
            double share = 100.0 * (os.getProcessCpuTime() - cpu) / (System.nanoTime() - wall);
            System.out.printf("%s: %.2f %% CPU%n", when, share);
        }

        private static void memory(String when) throws IOException {
            String rss =
                    Files.readAllLines(Path.of("/proc/self/status")).stream()
                            .filter(l -> l.startsWith("VmRSS"))
                            .findFirst()
                            .orElse("VmRSS: unknown")
                            .replaceAll("\\s+", " ");
            System.gc();
            Runtime r = Runtime.getRuntime();
            System.out.printf(
                    "%s: %s, heap %d MB%n", when, rss, (r.totalMemory() - r.freeMemory()) >> 20);
        }
    }
}
