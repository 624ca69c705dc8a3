package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.composer.Turn;
import dev.oriel.message.Json;
import dev.oriel.testing.FakeMessagesApi;
import dev.oriel.testing.FakeReply;
import dev.oriel.testing.RealClaude;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.fxmisc.richtext.GenericStyledArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// The whole window, with its own server and the real `claude` CLI, as a person uses it; the CLI
/// talks to an API of our own.
class WindowRealCliJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    @TempDir Path folder;

    private final FxRobot robot = new FxRobot();
    private Stage stage;
    private final CountDownLatch never = new CountDownLatch(1);
    private Wiring wiring;
    private RealClaude real;
    private FakeMessagesApi api;

    @BeforeAll
    static void startTheToolkit() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
    }

    @BeforeEach
    void begin() throws IOException {
        real = RealClaude.orSkip(folder.resolve("home"));
        api = FakeMessagesApi.start();
        open();
    }

    @AfterEach
    void end() {
        if (wiring != null) {
            close();
        }
        never.countDown();
        if (api != null) {
            api.close();
        }
    }

    private void open() {
        Path state = folder.resolve("state");
        stage = on(Stage::new);
        wiring =
                on(() ->
                        new Wiring(
                                new AppPaths(
                                        folder.resolve("data"), folder.resolve("config"), state),
                                new LaunchOptions(0, "cli"),
                                s ->
                                        new ClaudeCli(
                                                s.withExecutable(real.executable()),
                                                real.machine(api))));
        on(() -> {
            wiring.open(stage);
            stage.setWidth(960);
            stage.setHeight(700);
            stage.setX(0);
            stage.setY(0);
            return null;
        });
        until(() -> button("link-state").getText().equals("Live"));
        // The agents are known, and the CLI is the one that answers.
        until(() -> ((MenuButton) node("begin-agent")).getText().startsWith("Claude"));
    }

    private void close() {
        on(() -> {
            stage.close();
            wiring.close();
            return null;
        });
    }

    private static <T> T on(Callable<T> work) {
        try {
            return WaitForAsyncUtils.asyncFx(work).get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static void until(BooleanSupplier so) {
        await().atMost(PATIENCE).until(() -> on(so::getAsBoolean));
    }

    private Node node(String id) {
        return stage.getScene().lookup("#" + id);
    }

    private boolean shown(String id) {
        Node first = node(id);
        for (Node n = first; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return first != null;
    }

    private Button button(String id) {
        return (Button) node(id);
    }

    private TextArea composer() {
        return (TextArea) node("composer");
    }

    private String transcript() {
        return ((GenericStyledArea<?, ?, ?>) node("transcript")).getText();
    }

    private void say(String prompt) {
        on(() -> {
            composer().setText(prompt);
            composer().requestFocus();
            return null;
        });
        robot.type(KeyCode.ENTER);
    }

    private Turn turn() {
        return wiring.composer().turn().get();
    }

    private static String bash(String command) {
        return Json.object().put("command", command).put("description", "Do it").toString();
    }

    @Test
    void streamsAnAnswerIntoTheTranscriptAndGoesOnAfterARestart() {
        api.next(FakeReply.text("Hello ", "from ", "here.")).next(FakeReply.text("Still blue."));
        say("my colour is blue");
        until(() -> transcript().contains("Hello from here."));
        until(() -> turn() instanceof Turn.Quiet);
        close();
        open();
        until(() -> transcript().contains("Hello from here."));
        say("which colour");
        until(() -> transcript().contains("Still blue."));
        assertThat(api.requests().getLast().body().toString()).contains("my colour is blue");
    }

    @Test
    void runsACommandThatWasAllowedByItsChord() {
        Path made = folder.resolve("made");
        api.next(FakeReply.toolUse("Bash", bash("touch " + made + " && echo 42 panes")))
                .next(FakeReply.text("There they are."));
        say("count");
        until(() -> shown("ask-allow") && wiring.asks().armed().get());
        robot.press(KeyCode.ALT, KeyCode.Y).release(KeyCode.Y, KeyCode.ALT);
        until(() -> transcript().contains("There they are."));
        assertThat(api.requests().getLast().lastUserText()).contains("42 panes");
        assertThat(made).exists();
        assertThat(on(() -> shown("ask-allow"))).isFalse();
    }

    @Test
    void doesNotRunWhatWasDenied() {
        Path made = folder.resolve("made");
        api.next(FakeReply.toolUse("Bash", bash("touch " + made)))
                .next(FakeReply.text("All right."));
        say("make it");
        until(() -> shown("ask-allow") && wiring.asks().armed().get());
        robot.press(KeyCode.ALT, KeyCode.N).release(KeyCode.N, KeyCode.ALT);
        until(() -> transcript().contains("All right."));
        assertThat(made).doesNotExist();
    }

    @Test
    void stopsALongStreamWithEscAndGoesOn() {
        api.next(FakeReply.text("One moment, ").waiting(never)).next(FakeReply.text("Here."));
        say("hi");
        until(() -> transcript().contains("One moment"));
        robot.type(KeyCode.ESCAPE);
        until(() -> turn() instanceof Turn.Stopped);
        say("again");
        until(() -> transcript().contains("Here."));
    }
}
