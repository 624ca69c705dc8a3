package dev.oriel.app;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.composer.TurnState;
import dev.oriel.app.controls.LayoutRecovery;
import dev.oriel.message.Graphemes;
import dev.oriel.testing.claude.FakeClaude;
import dev.oriel.testing.data.RandomTurns;
import dev.oriel.testing.log.CapturedLog;
import dev.oriel.testing.manual.MouseWheel;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javafx.animation.AnimationTimer;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.awaitility.Awaitility;

/// Shows random texts of all kinds in the whole window, on a display: in answers, commands, asks
/// and results, while the window is resized, scrolled and shows one session after the other. It
/// exits with 1 if an exception reaches the JavaFX thread, a part had to be replaced, or the window
/// stopped drawing. `BENCHMARKS.md` has the command.
public final class RandomTextRun {
    private static final PrintStream OUT = System.out;
    private static final int TURNS = 6;

    /// With a longer pause between two frames the window counts as frozen.
    private static final Duration STILL = Duration.ofSeconds(30);

    /// For a frame that takes longer the stack of the JavaFX thread is printed.
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicLong lastFrame = new AtomicLong(System.nanoTime());
    private final AtomicLong longest = new AtomicLong();
    private final Path folder;
    private final long seed;
    private final int wanted;
    private final Random random;

    private RandomTextRun(Path folder, long seed, int wanted) {
        this.folder = folder;
        this.seed = seed;
        this.wanted = wanted;
        this.random = new Random(seed);
    }

    /// @param args a seed, and the least number of texts
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("oriel-foreign");
        var run = new RandomTextRun(folder, Long.parseLong(args[0]), Integer.parseInt(args[1]));
        run.all();
        run.faults.stream().limit(5).forEach(OUT::println);
        System.exit(run.faults.isEmpty() ? 0 : 1);
    }

    private void all() throws Exception {
        FakeClaude fake = FakeClaude.in(folder.resolve("fake")).install();
        try (CapturedLog log = CapturedLog.of(LayoutRecovery.class);
                TestWindow window =
                        TestWindow.cli(
                                folder, s -> new ClaudeCli(s.withExecutable(fake.executable())))) {
            TestWindow.run(this::watch);
            int texts = 0;
            for (int session = 0; texts < wanted && faults.isEmpty(); session++) {
                RandomTurns turns = new RandomTurns(seed * 1_000 + session);
                try {
                    one(window, turns);
                } catch (AssertionError | RuntimeException e) {
                    fault(e);
                    faults.add(state(window));
                }
                faults.addAll(log.lines());
                texts += turns.used();
                OUT.printf(
                        "%,d texts in %d sessions, frames at most %,d ms apart%n",
                        texts, session + 1, longest.getAndSet(0) / 1_000_000);
            }
        }
    }

    /// Records the uncaught exceptions and the frames of the JavaFX thread.
    private void watch() {
        Thread.UncaughtExceptionHandler before =
                Thread.currentThread().getUncaughtExceptionHandler();
        Thread.currentThread()
                .setUncaughtExceptionHandler((thread, e) -> {
                    fault(e);
                    before.uncaughtException(thread, e);
                });
        Thread fx = Thread.currentThread();
        Thread.ofPlatform().daemon().name("slow-frames").start(() -> tellSlowFrames(fx));
        new AnimationTimer() {
            @Override
            public void handle(long now) {
                long time = System.nanoTime();
                longest.accumulateAndGet(time - lastFrame.getAndSet(time), Math::max);
            }
        }.start();
    }

    /// Prints the stack of the JavaFX thread while a frame takes long.
    private void tellSlowFrames(Thread fx) {
        long told = 0;
        while (true) {
            long frame = lastFrame.get();
            if (frame != told && System.nanoTime() - frame > SLOW.toNanos()) {
                told = frame;
                OUT.println("A slow frame:");
                for (StackTraceElement at : fx.getStackTrace()) {
                    OUT.println("    " + at);
                }
            }
            LockSupport.parkNanos(SLOW.toNanos() / 4);
        }
    }

    private void fault(Throwable e) {
        StringWriter words = new StringWriter();
        e.printStackTrace(new PrintWriter(words));
        faults.add(words.toString());
    }

    private String state(TestWindow window) throws IOException {
        Screenshot.write(window.stage().getScene(), folder.resolve("fault.png"));
        return TestWindow.on(() -> {
            String said = window.transcript();
            return "%s, asked: %s, armed: %s, the conversation ends: %s"
                    .formatted(
                            window.turn(),
                            window.wiring().asks().shown().get(),
                            window.wiring().asks().armed().get(),
                            said.substring(Math.max(0, said.length() - 200)));
        });
    }

    /// Plays one session, from its creation to the end of its last turn.
    private void one(TestWindow window, RandomTurns turns) throws IOException {
        FakeClaude script = FakeClaude.in(folder.resolve("fake"));
        for (int i = 0; i < TURNS; i++) {
            String last = end(i);
            script.turn(t -> turns.turn(t, last));
        }
        script.install();
        Path place = place(turns.text());
        window.press("new-session");
        TestWindow.run(() -> window.wiring().shell().draft().folder().set(place.toString()));
        for (int i = 0; i < TURNS; i++) {
            String prompt = "p " + turns.text();
            TestWindow.run(() -> {
                window.wiring().composer().text().set(prompt);
                window.wiring().composer().send();
            });
            String last = end(i);
            Awaitility.await("turn " + i)
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        if (System.nanoTime() - lastFrame.get() > STILL.toNanos()) {
                            throw new AssertionError("The window does not draw any more");
                        }
                        return TestWindow.on(() -> {
                            disturb(window, turns);
                            return window.turn() instanceof TurnState.Idle
                                    && window.transcript().contains(last);
                        });
                    });
        }
        elsewhere(window, turns);
    }

    private static String end(int turn) {
        return "This was turn " + turn + ".";
    }

    /// Creates a folder with this name, or with the part of it that the file system accepts.
    private Path place(String name) throws IOException {
        String legal = name.replaceAll("[/\\x00]", "_");
        try {
            return Files.createDirectories(
                    folder.resolve("f" + legal.substring(0, Math.min(40, legal.length()))));
        } catch (InvalidPathException | FileSystemException e) {
            return folder;
        }
    }

    /// Does something that a user may do while Claude works.
    private void disturb(TestWindow window, RandomTurns turns) {
        answer(window.wiring().asks());
        switch (random.nextInt(8)) {
            case 0 -> {
                window.stage().setWidth(640 + random.nextInt(740));
                window.stage().setHeight(420 + random.nextInt(460));
            }
            case 1, 2, 3 ->
                    MouseWheel.turn(window.node("transcript"), random.nextInt(4_000) - 2_500);
            case 4 -> MouseWheel.turn(window.node("sessions"), random.nextInt(600) - 300);
            case 5 -> window.composer().setText(turns.text());
            case 6 -> window.button("jump-latest").fire();
            default -> {
                // Does nothing this time.
            }
        }
    }

    private void answer(AsksViewModel asks) {
        if (!asks.armed().get() || random.nextInt(3) > 0) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> asks.allow();
            case 1 -> asks.allowAlways();
            case 2 -> asks.dismiss();
            default -> asks.deny("");
        }
    }

    /// Uses the list of sessions, the search, renaming and the panels.
    private void elsewhere(TestWindow window, RandomTurns turns) {
        ListView<?> list = (ListView<?>) window.node("sessions");
        for (int i = 0; i < 6; i++) {
            TestWindow.run(
                    () -> list.getSelectionModel().select(random.nextInt(list.getItems().size())));
            frames();
            TestWindow.run(() -> disturb(window, turns));
            frames();
        }
        TextField filter = (TextField) window.node("filter");
        for (String words : new String[] {turns.text(), "turn", ""}) {
            TestWindow.run(() -> filter.setText(Graphemes.truncate(words, 40)));
            frames();
        }
        window.press("open-settings");
        frames();
        TestWindow.run(() -> window.wiring().shell().toasts().error(turns.text()));
        TestWindow.run(() -> window.wiring().shell().toasts().info(turns.text()));
        window.type(KeyCode.ESCAPE);
        frames();
    }

    /// Waits for two more frames.
    private void frames() {
        for (int i = 0; i < 2; i++) {
            long seen = lastFrame.get();
            Awaitility.await().atMost(STILL).until(() -> lastFrame.get() != seen);
        }
    }
}
