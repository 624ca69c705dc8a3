package dev.oriel.bench;

import atlantafx.base.theme.PrimerLight;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.FxScheduler;
import dev.oriel.app.theme.DirectBackgrounds;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.data.SampleFrames;
import dev.oriel.testing.manual.MouseWheel;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import dev.oriel.testing.media.TestMedia;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;

/// Shows a long conversation of tool calls with one of a large output, opens that one, and scrolls.
/// Arguments: number of calls, megabytes of the output.
public final class ToolBench {
    private ToolBench() {}

    public static void main(String[] args) {
        DirectBackgrounds.enable();
        Application.launch(Window.class, args);
    }

    /// Output of a test runner in the colours of a terminal, with progress bars.
    private static String output(int megabytes) {
        StringBuilder out = new StringBuilder();
        for (int line = 0; out.length() < megabytes * 1_000_000; line++) {
            out.append("\u001b[32m✓\u001b[39m parser.spec \u001b[2m(line ")
                    .append(line)
                    .append(")\u001b[22m\u001b[38;2;200;")
                    .append(line % 256)
                    .append(";140m 117ms\u001b[0m\n");
            if (line % 50 == 0) {
                out.append(" 10%\r 50%\r\u001b[K100%\n");
            }
        }
        return out.toString();
    }

    private static void add(SampleFrames frames, int call) {
        String id = "t" + call;
        switch (call % 5) {
            case 0 -> frames.toolUse("m" + call, id, "Bash", "{\"command\":\"make check\"}");
            case 1 -> {
                frames.toolUse(
                        "m" + call,
                        id,
                        "Edit",
                        "{\"file_path\":\"/a/B%d.java\",\"old_string\":\"a\",\"new_string\":\"b\"}"
                                .formatted(call));
            }
            default ->
                    frames.toolUse(
                            "m" + call,
                            id,
                            "Read",
                            "{\"file_path\":\"/a/B%d.java\"}".formatted(call));
        }
        result(frames, id, "a line of output\n".repeat(40));
        if (call % 7 == 0) {
            frames.text("x" + call, "I look at **the next** file now.");
        }
    }

    private static void result(SampleFrames frames, String id, String text) {
        frames.journaled(
                """
                {"type":"user","message":{"role":"user","content":[{"type":"tool_result",
                "tool_use_id":"%s","content":%s}]}}
                """
                        .formatted(id, Json.object().textNode(text)));
    }

    /// The window.
    public static final class Window extends Application {
        private final FxLane lane = new FxLane();
        private final InstantSource clock = InstantSource.system();
        private final SampleFrames frames = new SampleFrames();
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
            int calls = Integer.parseInt(getParameters().getRaw().get(0));
            int megabytes = Integer.parseInt(getParameters().getRaw().get(1));
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            Scene scene = new Scene(view, 1000, 800);
            scene.getRoot().getStyleClass().addAll("oriel", "oriel-light");
            scene.getStylesheets()
                    .addAll("/dev/oriel/app/theme/tokens.css", TranscriptView.STYLESHEET);
            stage.setScene(scene);
            stage.show();
            view.warmUp();
            Thread.ofPlatform().daemon().start(() -> measure(calls, megabytes));
        }

        private void measure(int calls, int megabytes) {
            try {
                TimeUnit.SECONDS.sleep(3);
                lane.post(() -> view.show(model));
                System.out.printf("bare frames: %s%n", meter(() -> TimeUnit.SECONDS.sleep(3)));
                System.out.printf("%,d calls arrive: %s%n", calls, meter(() -> arrive(calls)));
                describe();
                System.out.printf("scroll up: %s%n", meter(this::wheel));
                describe();
                frames.toolUse("big", "big", "Bash", "{\"command\":\"big\"}");
                result(frames, "big", output(megabytes));
                List<Message> big = frames.take();
                big.forEach(Message::tree);
                System.out.printf(
                        "%d MB of output arrive: %s%n",
                        megabytes,
                        meter(() -> {
                            lane.post(() -> model.receive(big));
                            lane.post(view::jumpToLatest);
                            TimeUnit.SECONDS.sleep(2);
                        }));
                System.out.printf("open it: %s%n", meter(() -> press(2)));
                for (int i = 0; i < 3; i++) {
                    System.out.printf("show more of it: %s%n", meter(this::showMore));
                }
                System.out.printf("scroll up: %s%n", meter(this::wheel));
                List<Message> burst = burst(calls);
                System.out.printf(
                        "%,d calls arrive at once: %s%n",
                        calls,
                        meter(() -> {
                            lane.post(view::jumpToLatest);
                            // In batches, as a session receives them.
                            for (int i = 0; i < burst.size(); i += 128) {
                                List<Message> batch =
                                        burst.subList(i, Math.min(burst.size(), i + 128));
                                lane.post(() -> model.receive(batch));
                            }
                            TimeUnit.SECONDS.sleep(3);
                        }));
                describe();
            } catch (InterruptedException e) {
                throw new IllegalStateException("the measurement was broken off", e);
            } finally {
                Platform.exit();
            }
        }

        private List<Message> burst(int calls) {
            for (int i = 0; i < calls; i++) {
                add(frames, 10_000 + i);
            }
            List<Message> all = frames.take();
            all.forEach(Message::tree);
            return all;
        }

        private void describe() {
            lane.post(() ->
                    System.out.printf(
                            "%,d items, %,d paragraphs, the first in sight is %,d%n",
                            model.items().size(),
                            area().getParagraphs().size(),
                            area().firstVisible()));
        }

        private void arrive(int calls) throws InterruptedException {
            for (int i = 0; i < calls; i++) {
                if (i == 0) {
                    frames.prompt("go");
                }
                add(frames, i);
                List<Message> messages = frames.take();
                messages.forEach(Message::tree);
                lane.post(() -> model.receive(messages));
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }

        /// Enter on the last call.
        private void press(int seconds) throws InterruptedException {
            lane.post(() -> {
                TranscriptArea area = area();
                for (int p = area.getParagraphs().size() - 1; p >= 0; p--) {
                    if (area.getParagraph(p).getText().contains("big")) {
                        area.moveTo(p, 0);
                        Enter.press(area);
                        return;
                    }
                }
            });
            TimeUnit.SECONDS.sleep(seconds);
        }

        private void showMore() throws InterruptedException {
            lane.post(() -> {
                TranscriptArea area = area();
                for (int p = area.getParagraphs().size() - 1; p >= 0; p--) {
                    if (area.getParagraph(p).getText().startsWith("Show more")) {
                        area.moveTo(p, 0);
                        Enter.press(area);
                        return;
                    }
                }
            });
            TimeUnit.SECONDS.sleep(2);
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

        private void wheel() throws InterruptedException {
            ScheduledExecutorService wheel = Executors.newSingleThreadScheduledExecutor();
            wheel.scheduleAtFixedRate(() -> lane.post(this::turn), 0, 16, TimeUnit.MILLISECONDS);
            TimeUnit.SECONDS.sleep(5);
            wheel.shutdownNow();
        }

        private void turn() {
            TranscriptArea area = area();
            MouseWheel.turn(
                    area.flow()
                            .getCellIfVisible((area.firstVisible() + area.lastVisible()) / 2)
                            .orElseThrow()
                            .getNode(),
                    40);
        }
    }

    /// The key Enter.
    private static final class Enter {
        private static void press(TranscriptArea area) {
            area.fireEvent(
                    new KeyEvent(
                            KeyEvent.KEY_PRESSED,
                            "",
                            "",
                            KeyCode.ENTER,
                            false,
                            false,
                            false,
                            false));
        }
    }
}
