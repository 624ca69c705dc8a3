package dev.oriel.bench;

import atlantafx.base.theme.PrimerLight;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.FxScheduler;
import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.highlight.Language;
import dev.oriel.app.highlight.LanguageSamples;
import dev.oriel.app.theme.DirectBackgrounds;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import dev.oriel.testing.media.TestMedia;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/// Measures code with and without colours, by turns in one run: opening a conversation, streaming a
/// long block, and the memory of the grammars.
///
/// Arguments: tokens per second (500), seconds of each measurement (10), messages (3000). With
/// `frames` as a fourth argument only growing answers are measured, and each frame gets the tokens
/// of 1/60 second, so that a busy machine measures the work of a frame of a quiet one.
/// `src-test/BENCHMARKS.md` has the command.
public final class CodeBench {
    private CodeBench() {}

    public static void main(String[] args) {
        DirectBackgrounds.enable();
        Application.launch(Window.class, args);
    }

    /// The window, and the measurements, which run on another thread.
    public static final class Window extends Application {
        private static final int PAGE = 100;
        private static final int TURNS = 7;

        private final FxLane lane = new FxLane();
        private final StackPane root = new StackPane();
        private final Executor highlighting =
                Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
        private LongConversation conversation = new LongConversation(3_000, 600);
        private int tokens = 500;
        private int seconds = 10;
        private boolean byFrames;
        private Scene scene = new Scene(root, 990, 900);

        @Override
        public void start(Stage stage) {
            List<String> args = getParameters().getRaw();
            tokens = args.isEmpty() ? 500 : Integer.parseInt(args.get(0));
            seconds = args.size() > 1 ? Integer.parseInt(args.get(1)) : 10;
            byFrames = args.size() > 3;
            conversation =
                    new LongConversation(
                            args.size() > 2 ? Long.parseLong(args.get(2)) : 3_000, 600);
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            root.getStyleClass().addAll("oriel", "oriel-light");
            scene.getStylesheets()
                    .addAll("/dev/oriel/app/theme/tokens.css", TranscriptView.STYLESHEET);
            stage.setScene(scene);
            stage.show();
            Thread.ofPlatform().daemon().start(this::measure);
        }

        private void measure() {
            try {
                TimeUnit.SECONDS.sleep(2);
                if (!byFrames) {
                    openings();
                }
                for (int i = 0; i < 2; i++) {
                    System.out.printf("%d tokens/s, plain:    %s%n", tokens, stream(false));
                    System.out.printf("%d tokens/s, coloured: %s%n", tokens, stream(true));
                }
                if (!byFrames) {
                    grammars();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("the measurement was broken off", e);
            } finally {
                Platform.exit();
            }
        }

        private void openings() throws InterruptedException {
            open(false);
            List<Double> plain = new ArrayList<>();
            List<Double> colored = new ArrayList<>();
            for (int i = 0; i < TURNS; i++) {
                plain.add(open(false));
                colored.add(open(true));
            }
            plain.sort(null);
            colored.sort(null);
            System.out.printf(
                    "open %,d messages, median of %d: plain %.0f ms, coloured %.0f ms (%.2f)%n",
                    conversation.length(),
                    TURNS,
                    plain.get(TURNS / 2),
                    colored.get(TURNS / 2),
                    colored.get(TURNS / 2) / plain.get(TURNS / 2));
        }

        private TranscriptView newView(boolean colored) {
            Executor background = colored ? highlighting : _ -> {};
            return new TranscriptView(
                    lane,
                    new FxScheduler(lane),
                    ForkJoinPool.commonPool(),
                    InstantSource.system(),
                    _ -> {},
                    TestMedia.viewer(lane),
                    new CodeHighlighter(lane, background));
        }

        private ConversationModel newModel() {
            return new ConversationModel(
                    new RecordingPages(), new RecordingRetries(), InstantSource.system());
        }

        /// The time from the arrival of the last page to the end of the layout that shows it,
        /// milliseconds.
        private double open(boolean colored) throws InterruptedException {
            List<Message> page =
                    conversation.page(conversation.length() - PAGE + 1, conversation.length());
            CompletableFuture<Double> shown = new CompletableFuture<>();
            lane.post(() -> {
                TranscriptView view = newView(colored);
                root.getChildren().setAll(view);
                root.applyCss();
                root.layout();
                long start = System.nanoTime();
                ConversationModel model = newModel();
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
            TimeUnit.MILLISECONDS.sleep(800);
            return ms;
        }

        /// Code in two languages, in blocks of some hundred lines.
        private static String code() {
            StringBuilder all = new StringBuilder();
            for (Language language : List.of(Language.JAVA, Language.TYPESCRIPT)) {
                all.append("A file:\n\n```").append(language.grammar()).append('\n');
                for (int i = 0; i < 60; i++) {
                    all.append(LanguageSamples.of(language).code());
                }
                all.append("```\n\n");
            }
            return all.toString();
        }

        private String stream(boolean colored) throws InterruptedException {
            FrameMeter meter = new FrameMeter();
            String all = code();
            ConversationModel model = newModel();
            CompletableFuture<Boolean> shown = new CompletableFuture<>();
            lane.post(() -> {
                TranscriptView view = newView(colored);
                root.getChildren().setAll(view);
                view.show(model);
                model.receive(
                        List.of(event("message_start", ""), event("content_block_start", "")));
                shown.complete(true);
            });
            shown.join();
            if (byFrames) {
                streamByFrames(model, all, meter);
            } else {
                streamByTime(model, all, meter);
            }
            CompletableFuture<String> frames = new CompletableFuture<>();
            lane.post(() -> {
                meter.stop();
                frames.complete(meter.report());
            });
            return frames.join();
        }

        private void streamByTime(ConversationModel model, String all, FrameMeter meter)
                throws InterruptedException {
            ScheduledExecutorService source = Executors.newSingleThreadScheduledExecutor();
            AtomicLong token = new AtomicLong();
            source.scheduleAtFixedRate(
                    () -> {
                        Message delta = token(all, token.getAndIncrement());
                        lane.post(() -> model.receive(List.of(delta)));
                    },
                    0,
                    1_000_000 / tokens,
                    TimeUnit.MICROSECONDS);
            TimeUnit.SECONDS.sleep(2);
            lane.post(meter::start);
            TimeUnit.SECONDS.sleep(seconds);
            source.shutdownNow();
        }

        private void streamByFrames(ConversationModel model, String all, FrameMeter meter) {
            List<Message> deltas = new ArrayList<>();
            for (int i = 0; i < (2 + seconds) * tokens; i++) {
                deltas.add(token(all, i));
            }
            CompletableFuture<Boolean> over = new CompletableFuture<>();
            AnimationTimer source =
                    new AnimationTimer() {
                        private int frame;
                        private int token;

                        @Override
                        public void handle(long now) {
                            frame++;
                            for (; token < frame * tokens / 60; token++) {
                                model.receive(List.of(deltas.get(token)));
                            }
                            if (frame == 2 * 60) {
                                meter.start();
                            } else if (frame == (2 + seconds) * 60) {
                                stop();
                                over.complete(true);
                            }
                        }
                    };
            lane.post(source::start);
            over.join();
        }

        private static Message token(String all, long number) {
            int at = (int) (number * 4 % (all.length() - 4));
            return event("content_block_delta", all.substring(at, at + 4));
        }

        private static Message event(String type, String text) {
            ObjectNode m = Json.object().put("type", "stream_event");
            ObjectNode event = m.putObject("event").put("type", type).put("index", 0);
            event.putObject("message").put("id", "streamed");
            event.putObject("content_block").put("type", "text");
            event.putObject("delta").put("type", "text_delta").put("text", text);
            return Message.of(m);
        }

        /// The heap that the grammars of all required languages take.
        private static void grammars() {
            long before = heap();
            CodeHighlighter highlighter = new CodeHighlighter(Runnable::run, Runnable::run);
            LanguageSamples.ALL.forEach(
                    (language, sample) -> highlighter.of(language, sample.code().lines().toList()));
            System.out.printf(
                    "heap of %d grammars: %.1f MB%n",
                    LanguageSamples.ALL.size(), (heap() - before) / 1e6);
        }

        private static long heap() {
            System.gc();
            Runtime r = Runtime.getRuntime();
            return r.totalMemory() - r.freeMemory();
        }
    }
}
