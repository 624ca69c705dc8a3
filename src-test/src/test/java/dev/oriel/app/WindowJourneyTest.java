package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.app.composer.TurnState;
import dev.oriel.testing.await.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.InputMethodHighlight;
import javafx.scene.input.InputMethodTextRun;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Window;
import org.fxmisc.richtext.GenericStyledArea;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole window with its own server and the demo agent, used like a user does.
class WindowJourneyTest {
    private static final Duration PATIENCE = Patience.LIMIT;

    @TempDir Path folder;

    private TestWindow window;

    @BeforeEach
    void open() {
        window = TestWindow.demo(folder);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private int sessions() {
        return (int)
                ((ListView<?>) window.node("sessions"))
                        .getItems().stream()
                                .filter(r -> r.getClass().getSimpleName().equals("Session"))
                                .count();
    }

    @Test
    void aPromptIsAnsweredAndShownAgainAfterARestart() {
        window.say("hello");
        window.until(() -> sessions() == 1 && window.transcript().contains("hello"));
        window.until(
                () -> window.transcript().length() > 60 && window.turn() instanceof TurnState.Idle);
        String said = TestWindow.on(window::transcript);
        close();
        open();
        window.until(
                () -> sessions() == 1 && window.transcript().startsWith(said.substring(0, 40)));
    }

    @Test
    void anAskNeitherTakesTheFocusNorAcceptsAnAnswerAtOnce() {
        // A key that is pressed right after the ask appeared was meant for something else.
        TestWindow.run(() ->
                window.wiring()
                        .asks()
                        .shown()
                        .subscribe(ask -> {
                            if (ask != null) {
                                window.altAtOnce(KeyCode.Y);
                            }
                        }));
        window.say("run a command");
        window.until(() -> window.shown("ask-allow"));
        assertThat(TestWindow.on(() -> window.composer().isFocused())).isTrue();
        window.until(() -> window.wiring().asks().armed().get());
        assertThat(TestWindow.on(() -> window.shown("ask-allow"))).isTrue();
        window.chord(KeyCode.ALT, KeyCode.Y);
        window.until(() -> !window.shown("ask-allow"));
        window.until(() -> window.turn() instanceof TurnState.Idle);
        assertThat(TestWindow.on(() -> window.composer().isFocused())).isTrue();
    }

    @Test
    void escInterruptsTheTurnAndHoldsTheQueueUntilTheUserResumesIt() {
        window.say("long essay");
        window.until(() -> window.shown("stop") && window.transcript().contains("Part 1"));
        window.say("help");
        window.until(() ->
                window.stage().getScene().lookup(".queued") != null
                        && window.wiring().composer().queue().prompts().getFirst().sent());
        TestWindow.run(() -> window.composer().setText("half a thought"));
        window.type(KeyCode.ESCAPE);
        window.until(() ->
                window.turn() instanceof TurnState.Interrupted && window.shown("continue-queue"));
        assertThat(TestWindow.on(() -> window.wiring().composer().queue().prompts())).hasSize(1);
        window.press("continue-queue");
        window.until(() -> window.transcript().contains("help"));
        window.until(() -> window.stage().getScene().lookup(".queued") == null);
        assertThat(TestWindow.on(() -> window.composer().getText())).isEqualTo("half a thought");
    }

    @Test
    void escDeniesAnAskAndTheTurnContinues() {
        window.say("run a command");
        window.until(() -> window.shown("ask-allow") && window.wiring().asks().armed().get());
        window.type(KeyCode.ESCAPE);
        window.until(() -> !window.shown("ask-allow"));
        window.until(() -> window.turn() instanceof TurnState.Idle);
        assertThat(TestWindow.on(window::transcript)).doesNotContain("Stopped by you");
    }

    @Test
    void quittingWhileAnAgentWorksAsksFirstAndNamesTheSession() {
        window.say("long essay");
        window.until(() -> window.shown("stop") && window.transcript().contains("Part 1"));
        TestWindow.run(window::requestClose);
        window.until(() -> window.shown("confirm"));
        assertThat(TestWindow.on(() -> window.stage().isShowing())).isTrue();
        assertThat(TestWindow.on(() -> window.labels())).anyMatch(t -> t.contains("long essay"));
        window.type(KeyCode.ESCAPE);
        window.until(() -> !window.shown("confirm") && window.composer().isFocused());
        assertThat(TestWindow.on(() -> window.turn().isBusy())).isTrue();

        window.type(KeyCode.ESCAPE);
        window.until(() -> window.turn() instanceof TurnState.Interrupted);
        TestWindow.run(window::requestClose);
        window.until(() -> !window.stage().isShowing());
    }

    @Test
    void stoppingTheServerWhileAnAgentWorksAsksFirst() {
        window.say("long essay");
        window.until(() -> window.shown("stop") && window.transcript().contains("Part 1"));
        window.press("server");
        window.until(() -> window.shown("server-toggle"));
        window.press("server-toggle");
        window.until(() -> window.shown("confirm"));
        assertThat(TestWindow.on(() -> window.turn().isBusy())).isTrue();
        window.press("confirm");
        window.until(() -> !window.button("link-state").getText().equals("Live"));
        window.until(() -> window.composer().isFocused());
    }

    /// The button that edits the queued prompt; null if none is queued.
    private @Nullable Button editButton() {
        return window.stage().getScene().getRoot().lookupAll(".queued .ghost").stream()
                .map(Button.class::cast)
                .filter(b -> b.getAccessibleText().startsWith("Edit"))
                .findFirst()
                .orElse(null);
    }

    @Test
    void afterEditingAQueuedPromptTheComposerHasTheFocus() {
        window.say("long essay");
        window.until(() -> window.shown("stop") && window.transcript().contains("Part 1"));
        window.say("help");
        window.until(() -> editButton() != null);
        TestWindow.run(() -> {
            Button edit = Objects.requireNonNull(editButton());
            edit.requestFocus();
            edit.fire();
        });
        window.until(() -> window.composer().getText().equals("help"));
        window.until(() -> window.composer().isFocused());
        assertThat(TestWindow.on(() -> window.composer().getCaretPosition())).isEqualTo(4);
    }

    @Test
    void aClickOnTheOpenSessionMovesTheFocusToTheComposer() {
        window.say("hello");
        window.until(() -> sessions() == 1 && window.turn() instanceof TurnState.Idle);
        TestWindow.run(() -> window.node("sessions").requestFocus());
        window.click(".session-cell:selected");
        window.until(() -> window.composer().isFocused());
    }

    @Test
    void aToolShowsThatItWaitsAndUpRecallsOnlyPromptsOfTheUser() {
        window.say("run a command");
        window.until(() -> window.shown("ask-allow"));
        window.until(() -> window.transcript().contains("waits for your answer"));
        window.until(() -> window.wiring().asks().armed().get());
        window.press("ask-allow");
        window.until(() -> !window.transcript().contains("waits for your answer"));
        window.until(() -> window.turn() instanceof TurnState.Idle);
        close();
        open();
        window.until(() -> window.transcript().contains("run a command"));
        TestWindow.run(() -> window.composer().requestFocus());
        window.type(KeyCode.UP);
        window.until(() -> window.composer().getText().equals("run a command"));
        window.type(KeyCode.UP);
        assertThat(TestWindow.on(() -> window.composer().getText())).isEqualTo("run a command");
    }

    @Test
    void anInterruptedTurnIsShownAsStoppedOnlyOnceItFinished() {
        window.say("long essay");
        window.until(() -> window.shown("stop") && window.transcript().contains("Part 1"));
        window.type(KeyCode.ESCAPE);
        window.until(() -> window.turn() instanceof TurnState.Interrupted);
        assertThat(
                        TestWindow.on(() ->
                                ((Label) window.stage().getScene().lookup(".turn-state"))
                                        .getText()))
                .startsWith("Stopped after");
    }

    @Test
    void eachSessionKeepsItsDraft() {
        window.say("hello");
        window.until(() ->
                sessions() == 1
                        && window.turn() instanceof TurnState.Idle
                        && window.transcript().length() > 60);
        TestWindow.run(() -> window.composer().setText("for the first"));
        window.chord(KeyCode.CONTROL, KeyCode.N);
        window.until(() -> window.composer().getText().isEmpty());
        window.say("hello again");
        window.until(() -> sessions() == 2);
        window.chord(KeyCode.CONTROL, KeyCode.TAB);
        window.until(() -> window.composer().getText().equals("for the first"));
    }

    @Test
    void enterDoesNotSendWhileAnInputMethodIsComposing() {
        TestWindow.run(() -> {
            window.composer().setText("");
            window.composer().requestFocus();
            compose("にほ");
        });
        window.type(KeyCode.ENTER);
        assertThat(TestWindow.on(this::sessions)).isZero();
        TestWindow.run(() -> {
            compose("");
            window.composer().setText("日本");
        });
        window.type(KeyCode.ENTER);
        window.until(() -> sessions() == 1);
    }

    private void compose(String text) {
        var run = new InputMethodTextRun(text, InputMethodHighlight.UNSELECTED_RAW);
        Event.fireEvent(
                window.composer(),
                new InputMethodEvent(
                        InputMethodEvent.INPUT_METHOD_TEXT_CHANGED,
                        text.isEmpty() ? List.of() : List.of(run),
                        "",
                        text.length()));
    }

    @Test
    void aPromptIsStoredWhileTheServerIsDownAndSentOnceItIsBack() {
        window.say("hello");
        window.until(() ->
                sessions() == 1
                        && window.turn() instanceof TurnState.Idle
                        && window.transcript().length() > 60);
        TestWindow.run(() -> window.wiring().server().stop());
        window.until(() -> !window.button("link-state").getText().equals("Live"));
        window.say("are you still there");
        window.until(() -> window.stage().getScene().lookup(".queued") != null);
        assertThat(TestWindow.on(() -> window.composer().getText())).isEmpty();
        TestWindow.run(() -> window.wiring().server().start());
        window.until(() -> window.transcript().contains("are you still there"));
        window.until(() ->
                window.stage().getScene().lookup(".queued") == null
                        && window.turn() instanceof TurnState.Idle);
    }

    @Test
    void tokenAndDraftsAreReadableByTheirOwnerOnly() throws Exception {
        TestWindow.run(() -> window.composer().setText("a secret plan"));
        Path draft = folder.resolve("state/drafts/new.txt");
        await().atMost(PATIENCE).until(() -> Files.exists(draft));
        assertThat(Files.getPosixFilePermissions(draft)).hasSize(2);
    }

    @Test
    void theServerPanelShowsTheServerAndHowToConnectToAnother() {
        window.press("server");
        window.until(() -> window.shown("server-panel") && window.shown("connect-remote"));
        assertThat(TestWindow.on(() -> ((Label) window.node("server-address")).getText()))
                .startsWith("http://127.0.0.1:");
        window.type(KeyCode.ESCAPE);
        window.until(() -> !window.shown("server-panel"));
    }

    @Test
    void theSidebarFindsMessages() {
        window.say("hello");
        window.until(() ->
                sessions() == 1
                        && window.turn() instanceof TurnState.Idle
                        && window.transcript().length() > 60);
        TestWindow.run(() -> ((TextField) window.node("filter")).setText("bracket"));
        window.until(() ->
                window.stage().getScene().getRoot().lookupAll(".found-word").stream()
                        .anyMatch(n -> ((Text) n).getText().equals("bracket")));
        window.chord(KeyCode.CONTROL, KeyCode.N);
        window.until(() -> window.transcript().isBlank());
        TestWindow.run(() -> window.node("filter").requestFocus());
        // Down moves from the heading of the group to the hit.
        window.type(KeyCode.DOWN);
        window.until(() -> window.node("sessions").isFocused());
        window.until(() -> {
            window.type(KeyCode.DOWN);
            return window.selected().equals("bracket");
        });
        assertThat(TestWindow.on(() -> window.node("sessions").isFocused())).isTrue();
        window.type(KeyCode.ENTER);
        window.until(() -> window.node("transcript").isFocused());
        TestWindow.run(() -> ((TextField) window.node("filter")).setText("nobodysaidthis"));
        window.until(() ->
                ((Label) window.stage().getScene().lookup(".sidebar-empty"))
                        .getText()
                        .startsWith("Nothing found"));
    }

    @Test
    void everyFocusableControlHasANameForAScreenReader() {
        window.say("run a command");
        window.until(() -> window.shown("ask-allow"));
        for (String sheet : List.of("server", "open-settings")) {
            window.press(sheet);
            window.until(() -> window.stage().getScene().lookup(".panel") != null);
            awaitNames();
            if (sheet.equals("server")) {
                window.press("connect-remote");
                window.until(() -> window.shown("remote-connect"));
                awaitNames();
            }
            window.type(KeyCode.ESCAPE);
            window.until(() -> window.stage().getScene().lookup(".panel") == null);
        }
    }

    /// A control has accessible text once it has its skin, in the pulse after it was shown.
    private void awaitNames() {
        await().atMost(Patience.LIMIT)
                .untilAsserted(() ->
                        assertThat(
                                        TestWindow.on(() ->
                                                nameless(window.stage().getScene().getRoot())))
                                .isEmpty());
    }

    private static List<Node> nameless(Node node) {
        List<Node> all = new ArrayList<>();
        if (node.isFocusTraversable() && name(node).isBlank()) {
            all.add(node);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> all.addAll(nameless(child)));
        }
        return all;
    }

    /// The name that a screen reader reads: of a field that of its label, because its own text is
    /// its content.
    private static String name(Node node) {
        if (node.queryAccessibleAttribute(AccessibleAttribute.LABELED_BY) instanceof Label label) {
            return label.getText();
        }
        boolean field =
                node instanceof TextInputControl || node instanceof GenericStyledArea<?, ?, ?>;
        Object text = field ? null : node.queryAccessibleAttribute(AccessibleAttribute.TEXT);
        return text instanceof String said ? said : "";
    }

    @Test
    void theMenuKeyOpensTheMenuOfTheSelectedSession() {
        window.say("hello");
        window.until(() -> sessions() == 1 && window.turn() instanceof TurnState.Idle);
        TestWindow.run(() -> {
            Node list = window.node("sessions");
            list.requestFocus();
            Event.fireEvent(
                    list,
                    new ContextMenuEvent(
                            ContextMenuEvent.CONTEXT_MENU_REQUESTED, 0, 0, 0, 0, true, null));
        });
        window.until(() ->
                Window.getWindows().stream()
                        .filter(ContextMenu.class::isInstance)
                        .flatMap(w -> ((ContextMenu) w).getItems().stream())
                        .map(MenuItem::getText)
                        .anyMatch("Pin"::equals));
        window.type(KeyCode.ESCAPE);
    }

    @Test
    void noAnswerButtonIsCutInANarrowWindow() {
        TestWindow.run(() -> window.stage().setWidth(760));
        window.say("run a command");
        window.until(() -> window.shown("ask-allow"));
        for (String id : List.of("ask-deny", "ask-always", "ask-allow")) {
            window.until(() -> {
                Button button = window.button(id);
                Bounds place = button.localToScene(button.getLayoutBounds());
                return place.getMaxX() <= window.stage().getScene().getWidth()
                        && place.getMinX() >= 0
                        && button.getWidth() >= Math.floor(button.prefWidth(-1));
            });
        }
    }

    @Test
    void aScreenReaderReadsTheComposerAndTheConversation() {
        window.write("half a thought");
        assertThat(TestWindow.on(() -> text("composer"))).isEqualTo("half a thought");
        window.say("hello");
        window.until(
                () -> window.turn() instanceof TurnState.Idle && window.transcript().length() > 60);
        // In one task of the JavaFX thread: the next frame may show more of the answer.
        TestWindow.run(() -> assertThat(text("transcript")).isEqualTo(window.transcript()));
    }

    private Object text(String id) {
        return window.node(id).queryAccessibleAttribute(AccessibleAttribute.TEXT);
    }

    @Test
    void everyRegionIsReachableByKeyboardAndAnOverlayKeepsTheFocus() {
        window.say("run a command");
        window.until(() -> window.shown("ask-allow"));
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            window.type(KeyCode.F6);
            reached.add(TestWindow.on(this::focused));
        }
        assertThat(reached).contains("sessions", "transcript", "ask-deny", "composer");

        window.press("server");
        window.until(() -> window.shown("server-panel"));
        for (int i = 0; i < 12; i++) {
            window.type(KeyCode.TAB);
            Node owner = TestWindow.on(() -> window.stage().getScene().getFocusOwner());
            assertThat(TestWindow.on(() -> inside(owner, "server-panel"))).isTrue();
        }
        window.type(KeyCode.ESCAPE);
        window.until(() -> !window.shown("server-panel"));
    }

    private String focused() {
        Node owner = window.stage().getScene().getFocusOwner();
        return owner == null || owner.getId() == null ? "" : owner.getId();
    }

    private static boolean inside(Node part, String id) {
        for (Node n = part; n != null; n = n.getParent()) {
            if (id.equals(n.getId())) {
                return true;
            }
        }
        return false;
    }
}
