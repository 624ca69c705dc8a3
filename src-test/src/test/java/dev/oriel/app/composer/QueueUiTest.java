package dev.oriel.app.composer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.TestWindow;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The cards of waiting prompts: keys, mouse and focus.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class QueueUiTest {
    @TempDir Path folder;
    private TestWindow window;

    @BeforeEach
    void open() {
        window = TestWindow.demo(folder);
        window.say("long essay about bay windows");
        window.until(() -> window.turn() instanceof TurnState.Running);
        for (String prompt : List.of("one", "two", "three")) {
            window.say(prompt);
        }
        window.until(() -> order().equals(List.of("one", "two", "three")) && isReady());
    }

    /// Whether the server has the prompts, so that their cards have all actions, and the cards have
    /// their places.
    private boolean isReady() {
        return window.composerModel().queue().prompts().stream().allMatch(QueuedPrompt::sent)
                && cards().size() == 3
                && card("one").getHeight() > 0
                && card("one").getLayoutY() < card("two").getLayoutY()
                && card("two").getLayoutY() < card("three").getLayoutY();
    }

    @AfterEach
    void close() {
        window.close();
    }

    private List<QueueCard> cards() {
        Set<Node> all = window.stage().getScene().getRoot().lookupAll(".queued");
        return all.stream()
                .filter(QueueCard.class::isInstance)
                .map(QueueCard.class::cast)
                .sorted(Comparator.comparingDouble(Node::getLayoutY))
                .toList();
    }

    private List<String> order() {
        return window.composerModel().queue().prompts().stream().map(QueuedPrompt::text).toList();
    }

    private QueueCard card(String text) {
        return cards().stream()
                .filter(c -> c.prompt().text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private void focus(String text) {
        TestWindow.run(() -> {
            window.stage().requestFocus();
            card(text).requestFocus();
        });
        window.until(() -> card(text).isFocused());
    }

    private void press(String text, String style) {
        TestWindow.run(() -> ((Button) card(text).lookup("." + style)).fire());
    }

    @Test
    void altUpAndAltDownMoveTheFocusedCardAndTheFocusStaysOnIt() {
        focus("three");
        window.chord(KeyCode.ALT, KeyCode.UP);
        window.until(
                () -> order().equals(List.of("one", "three", "two")) && card("three").isFocused());
        window.chord(KeyCode.ALT, KeyCode.UP);
        window.until(
                () -> order().equals(List.of("three", "one", "two")) && card("three").isFocused());
        window.chord(KeyCode.ALT, KeyCode.UP);
        window.chord(KeyCode.ALT, KeyCode.DOWN);
        window.until(() -> order().equals(List.of("one", "three", "two")));
    }

    @Test
    void upAndDownMoveTheFocusAndTheLastDownReturnsToTheEditor() {
        focus("two");
        window.type(KeyCode.UP);
        window.until(() -> card("one").isFocused());
        window.type(KeyCode.DOWN);
        window.type(KeyCode.DOWN);
        window.until(() -> card("three").isFocused());
        window.type(KeyCode.DOWN);
        window.until(() -> window.composer().isFocused());
    }

    @Test
    void aCardIsDraggedToAnotherPlace() {
        TestWindow.run(() -> {
            QueueCard dragged = card("three");
            double y = 10;
            double distance = card("one").getLayoutY() - dragged.getLayoutY() - 8;
            fire(dragged, MouseEvent.MOUSE_PRESSED, y);
            fire(dragged, MouseEvent.MOUSE_DRAGGED, y + distance / 2);
            fire(dragged, MouseEvent.MOUSE_DRAGGED, y + distance - dragged.getTranslateY());
            Bounds marker = window.node("queue-marker").getBoundsInParent();
            assertThat(window.shown("queue-marker")).isTrue();
            assertThat(marker.getMaxY()).isLessThan(card("one").getBoundsInParent().getMinY() + 4);
            assertThat(marker.getWidth()).isEqualTo(card("one").getWidth());
            fire(dragged, MouseEvent.MOUSE_RELEASED, y);
            assertThat(window.shown("queue-marker")).isFalse();
        });
        window.until(() -> order().equals(List.of("three", "one", "two")));
    }

    @Test
    void aCardIsDraggedOnWhileAnotherPromptLeavesTheQueue() {
        QueueCard dragged = TestWindow.on(() -> card("three"));
        TestWindow.run(() -> {
            fire(dragged, MouseEvent.MOUSE_PRESSED, 10);
            fire(dragged, MouseEvent.MOUSE_DRAGGED, 4);
        });
        TestWindow.run(() -> window.composerModel().queue().remove(card("one").prompt()));
        window.until(() -> cards().size() == 2 && card("two").getLayoutY() < 10);
        TestWindow.run(() -> {
            assertThat(card("three")).isSameAs(dragged);
            double distance = card("two").getLayoutY() - dragged.getLayoutY() - 8;
            fire(dragged, MouseEvent.MOUSE_DRAGGED, 10 + distance);
            fire(dragged, MouseEvent.MOUSE_RELEASED, 10);
        });
        window.until(() -> order().equals(List.of("three", "two")));
    }

    @Test
    void aCardWhosePromptLeavesTheQueueDuringTheDragMovesNothing() {
        QueueCard dragged = TestWindow.on(() -> card("one"));
        TestWindow.run(() -> {
            fire(dragged, MouseEvent.MOUSE_PRESSED, 10);
            fire(dragged, MouseEvent.MOUSE_DRAGGED, 20);
        });
        TestWindow.run(() -> window.composerModel().queue().remove(dragged.prompt()));
        window.until(() -> cards().size() == 2);
        TestWindow.run(() -> {
            fire(dragged, MouseEvent.MOUSE_DRAGGED, 60);
            assertThat(window.shown("queue-marker")).isFalse();
            fire(dragged, MouseEvent.MOUSE_RELEASED, 60);
        });
        assertThat(TestWindow.on(this::order)).containsExactly("two", "three");
    }

    @Test
    void aCardThatWouldStayWhereItIsShowsNoMarker() {
        TestWindow.run(() -> {
            fire(card("two"), MouseEvent.MOUSE_PRESSED, 10);
            fire(card("two"), MouseEvent.MOUSE_DRAGGED, 16);
            assertThat(window.shown("queue-marker")).isFalse();
            fire(card("two"), MouseEvent.MOUSE_RELEASED, 10);
        });
        assertThat(TestWindow.on(this::order)).containsExactly("one", "two", "three");
    }

    @Test
    void aClickMovesNothing() {
        TestWindow.run(() -> {
            fire(card("three"), MouseEvent.MOUSE_PRESSED, 10);
            fire(card("three"), MouseEvent.MOUSE_DRAGGED, 12);
            fire(card("three"), MouseEvent.MOUSE_RELEASED, 12);
            assertThat(card("three").isFocused()).isTrue();
        });
        assertThat(TestWindow.on(this::order)).containsExactly("one", "two", "three");
    }

    private static void fire(Node node, EventType<MouseEvent> type, double y) {
        boolean down = !type.equals(MouseEvent.MOUSE_RELEASED);
        var at = node.localToScene(10, y);
        node.fireEvent(
                new MouseEvent(
                        type,
                        at.getX(),
                        at.getY(),
                        at.getX(),
                        at.getY(),
                        MouseButton.PRIMARY,
                        1,
                        false,
                        false,
                        false,
                        false,
                        down,
                        false,
                        false,
                        true,
                        false,
                        false,
                        new PickResult(node, at.getX(), at.getY())));
    }

    @Test
    void sendNowStopsTheTurnAndStartsThatPrompt() {
        press("two", "queue-now");
        window.until(() -> window.transcript().contains("two") && !order().contains("two"));
        window.until(() -> order().isEmpty());
    }

    @Test
    void enterOnACardEditsItsPromptAndDeleteRemovesIt() {
        focus("one");
        window.type(KeyCode.DELETE);
        window.until(() -> order().equals(List.of("two", "three")));
        focus("two");
        window.type(KeyCode.ENTER);
        window.until(() ->
                window.composer().getText().equals("two") && order().equals(List.of("three")));
        assertThat(TestWindow.on(() -> window.composer().isFocused())).isTrue();
    }
}
