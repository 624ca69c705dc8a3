package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.app.composer.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.InputMethodHighlight;
import javafx.scene.input.InputMethodTextRun;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
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

/// The whole window, with its own server and the demo agent, as a person uses it.
class WindowJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path folder;

    private final FxRobot robot = new FxRobot();
    private Stage stage;
    private Wiring wiring;

    @BeforeAll
    static void startTheToolkit() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
    }

    @BeforeEach
    void open() {
        Path state = folder.resolve("state");
        stage = on(Stage::new);
        wiring =
                on(() ->
                        new Wiring(
                                new AppPaths(
                                        folder.resolve("data"), folder.resolve("config"), state),
                                new LaunchOptions(0, "demo")));
        on(() -> {
            wiring.open(stage);
            stage.setWidth(960);
            stage.setHeight(700);
            stage.setX(0);
            stage.setY(0);
            return null;
        });
        until(() -> button("link-state").getText().equals("Live"));
    }

    @AfterEach
    void close() {
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

    private String selected() {
        return ((GenericStyledArea<?, ?, ?>) node("transcript")).getSelectedText();
    }

    private int sessions() {
        return (int)
                ((ListView<?>) node("sessions"))
                        .getItems().stream()
                                .filter(r -> r.getClass().getSimpleName().equals("Session"))
                                .count();
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

    @Test
    void answersAPromptAndFindsItAgainAfterARestart() {
        say("hello");
        until(() -> sessions() == 1 && transcript().contains("hello"));
        until(() -> transcript().length() > 60 && turn() instanceof Turn.Quiet);
        String said = on(this::transcript);
        close();
        open();
        until(() -> sessions() == 1 && transcript().startsWith(said.substring(0, 40)));
    }

    @Test
    void asksWithoutTakingTheFocusAndTakesNoAnswerAtOnce() {
        say("run a command");
        until(() -> shown("ask-allow"));
        assertThat(on(() -> composer().isFocused())).isTrue();
        // The chord right after it came up is one that was meant for something else.
        robot.press(KeyCode.ALT, KeyCode.Y).release(KeyCode.Y, KeyCode.ALT);
        assertThat(on(() -> shown("ask-allow"))).isTrue();
        until(() -> wiring.asks().armed().get());
        robot.press(KeyCode.ALT, KeyCode.Y).release(KeyCode.Y, KeyCode.ALT);
        until(() -> !shown("ask-allow"));
        until(() -> turn() instanceof Turn.Quiet);
        assertThat(on(() -> composer().isFocused())).isTrue();
    }

    @Test
    void stopsWithEscAndKeepsWhatWaits() {
        say("long essay");
        until(() -> shown("stop") && transcript().contains("Part 1"));
        say("help");
        until(() -> stage.getScene().lookup(".queued") != null);
        on(() -> {
            composer().setText("half a thought");
            return null;
        });
        robot.type(KeyCode.ESCAPE);
        until(() -> transcript().contains("help"));
        until(() -> stage.getScene().lookup(".queued") == null);
        assertThat(on(() -> composer().getText())).isEqualTo("half a thought");
    }

    @Test
    void provesTheStop() {
        say("long essay");
        until(() -> shown("stop") && transcript().contains("Part 1"));
        robot.type(KeyCode.ESCAPE);
        until(() -> turn() instanceof Turn.Stopped);
        assertThat(on(() -> ((Label) stage.getScene().lookup(".turn-state")).getText()))
                .startsWith("Stopped after");
    }

    @Test
    void keepsADraftPerSession() {
        say("hello");
        until(() -> sessions() == 1 && turn() instanceof Turn.Quiet && transcript().length() > 60);
        on(() -> {
            composer().setText("for the first");
            return null;
        });
        robot.press(KeyCode.CONTROL, KeyCode.N).release(KeyCode.N, KeyCode.CONTROL);
        until(() -> composer().getText().isEmpty());
        say("hello again");
        until(() -> sessions() == 2);
        robot.press(KeyCode.CONTROL, KeyCode.TAB).release(KeyCode.TAB, KeyCode.CONTROL);
        until(() -> composer().getText().equals("for the first"));
    }

    @Test
    void doesNotSendWhatAnInputMethodIsStillComposing() {
        on(() -> {
            composer().setText("");
            composer().requestFocus();
            compose("にほ");
            return null;
        });
        robot.type(KeyCode.ENTER);
        assertThat(on(this::sessions)).isZero();
        on(() -> {
            compose("");
            composer().setText("日本");
            return null;
        });
        robot.type(KeyCode.ENTER);
        until(() -> sessions() == 1);
    }

    private void compose(String text) {
        var run = new InputMethodTextRun(text, InputMethodHighlight.UNSELECTED_RAW);
        Event.fireEvent(
                composer(),
                new InputMethodEvent(
                        InputMethodEvent.INPUT_METHOD_TEXT_CHANGED,
                        text.isEmpty() ? List.of() : List.of(run),
                        "",
                        text.length()));
    }

    @Test
    void keepsAPromptWhileTheServerIsDownAndSendsItOnceItIsBack() {
        say("hello");
        until(() -> sessions() == 1 && turn() instanceof Turn.Quiet && transcript().length() > 60);
        on(() -> {
            wiring.server().stop();
            return null;
        });
        until(() -> !button("link-state").getText().equals("Live"));
        say("are you still there");
        until(() -> stage.getScene().lookup(".queued") != null);
        assertThat(on(() -> composer().getText())).isEmpty();
        on(() -> {
            wiring.server().start();
            return null;
        });
        until(() -> transcript().contains("are you still there"));
        until(() -> stage.getScene().lookup(".queued") == null && turn() instanceof Turn.Quiet);
    }

    @Test
    void keepsItsTokenAndDraftsToItsOwner() throws Exception {
        on(() -> {
            composer().setText("a secret plan");
            return null;
        });
        Path draft = folder.resolve("state/drafts/new.txt");
        await().atMost(PATIENCE).until(() -> Files.exists(draft));
        assertThat(Files.getPosixFilePermissions(draft)).hasSize(2);
    }

    @Test
    void showsItsServerAndTheWayToAnother() {
        on(() -> {
            button("server").fire();
            return null;
        });
        until(() -> shown("server-panel") && shown("connect-remote"));
        assertThat(on(() -> ((Label) node("server-address")).getText()))
                .startsWith("http://127.0.0.1:");
        robot.type(KeyCode.ESCAPE);
        until(() -> !shown("server-panel"));
    }

    @Test
    void findsWhatWasSaidFromTheSidebar() {
        say("hello");
        until(() -> sessions() == 1 && turn() instanceof Turn.Quiet && transcript().length() > 60);
        on(() -> {
            ((TextField) node("filter")).setText("bracket");
            return null;
        });
        until(() ->
                stage.getScene().getRoot().lookupAll(".found-word").stream()
                        .anyMatch(n -> ((Text) n).getText().equals("bracket")));
        robot.press(KeyCode.CONTROL, KeyCode.N).release(KeyCode.N, KeyCode.CONTROL);
        until(() -> transcript().isBlank());
        on(() -> {
            node("filter").requestFocus();
            return null;
        });
        // Down the list: the name of the group, and the place itself.
        robot.type(KeyCode.DOWN);
        until(() -> node("sessions").isFocused());
        until(() -> {
            robot.type(KeyCode.DOWN);
            return selected().equals("bracket");
        });
        assertThat(on(() -> node("sessions").isFocused())).isTrue();
        robot.type(KeyCode.ENTER);
        until(() -> node("transcript").isFocused());
        on(() -> {
            ((TextField) node("filter")).setText("nobodysaidthis");
            return null;
        });
        until(() ->
                ((Label) stage.getScene().lookup(".sidebar-empty"))
                        .getText()
                        .startsWith("Nothing found"));
    }

    @Test
    void everyControlThatTakesTheFocusHasANameForAScreenReader() {
        say("run a command");
        until(() -> shown("ask-allow"));
        on(() -> {
            button("server").fire();
            return null;
        });
        until(() -> shown("server-panel"));
        List<String> nameless = new ArrayList<>();
        on(() -> {
            named(stage.getScene().getRoot(), nameless);
            return null;
        });
        assertThat(nameless).isEmpty();
    }

    private static void named(Node node, List<String> nameless) {
        if (node instanceof Control control && control.isFocusTraversable()) {
            String own = node instanceof Labeled labeled ? labeled.getText() : null;
            String name = node.getAccessibleText() == null ? own : node.getAccessibleText();
            if (name == null || name.isBlank()) {
                nameless.add(node.toString());
            }
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> named(child, nameless));
        }
    }
}
