package dev.oriel.app.composer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.TestWindow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.InputMethodHighlight;
import javafx.scene.input.InputMethodTextRun;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The keys of the text area: input methods, undo, and the prompts that were sent before.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PromptFieldUiTest {
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

    private void say(String prompt) {
        window.say(prompt);
        window.until(() ->
                window.transcript().contains(prompt)
                        && window.turn() instanceof TurnState.Idle
                        && window.composer().getText().isEmpty());
    }

    private String text() {
        return TestWindow.on(() -> window.composer().getText());
    }

    /// What an input method sends while the user composes a text.
    private void compose(String composed, String committed) {
        TestWindow.run(() ->
                window.composer()
                        .fireEvent(
                                new InputMethodEvent(
                                        InputMethodEvent.INPUT_METHOD_TEXT_CHANGED,
                                        composed.isEmpty()
                                                ? List.of()
                                                : List.of(
                                                        new InputMethodTextRun(
                                                                composed,
                                                                InputMethodHighlight
                                                                        .UNSELECTED_RAW)),
                                        committed,
                                        composed.length())));
    }

    @Test
    void theKeyThatEndsACompositionSendsNothing() {
        window.write("");
        compose("にほん", "");
        for (KeyCode key : List.of(KeyCode.ENTER, KeyCode.TAB, KeyCode.UP)) {
            window.type(key);
        }
        window.chord(KeyCode.CONTROL, KeyCode.R);
        assertThat(text()).isEqualTo("にほん");
        assertThat(TestWindow.on(() -> window.composer().isFocused())).isTrue();
        assertThat(TestWindow.on(() -> window.shown("history"))).isFalse();
        compose("", "日本");
        assertThat(text()).isEqualTo("日本");
        window.type(KeyCode.ENTER);
        window.until(() -> window.transcript().contains("日本"));
    }

    @Test
    void aCompositionOpensNoPickerBeforeItIsCommitted() {
        window.write("");
        compose("/", "");
        compose("/k", "");
        assertThat(TestWindow.on(() -> window.shown("completions"))).isFalse();
        compose("", "/ke");
        window.until(() -> window.shown("completions"));
        window.type(KeyCode.ESCAPE);
        window.until(() -> !window.shown("completions"));
        assertThat(text()).isEqualTo("/ke");
    }

    @Test
    void escEndsACompositionAndStopsNoTurn() {
        window.say("long essay about bay windows");
        window.until(() -> window.turn() instanceof TurnState.Running);
        compose("かん", "");
        window.type(KeyCode.ESCAPE);
        assertThat(TestWindow.on(window::turn)).isInstanceOf(TurnState.Running.class);
        compose("", "");
        assertThat(text()).isEmpty();
        window.type(KeyCode.ESCAPE);
        window.until(() -> !(window.turn() instanceof TurnState.Running));
    }

    @Test
    void upAtTheStartRecallsAndDownReturnsToTheDraft() {
        say("hello");
        say("help");
        window.write("a draft");
        TestWindow.run(() -> window.composer().positionCaret(3));
        window.type(KeyCode.UP);
        assertThat(text()).isEqualTo("a draft");
        TestWindow.run(() -> window.composer().home());
        window.type(KeyCode.UP);
        window.until(() -> window.composer().getText().equals("help"));
        window.type(KeyCode.UP);
        window.until(() -> window.composer().getText().equals("hello"));
        window.type(KeyCode.DOWN);
        window.until(() -> window.composer().getText().equals("help"));
        window.type(KeyCode.DOWN);
        window.until(() -> window.composer().getText().equals("a draft"));
        window.type(KeyCode.DOWN);
        assertThat(text()).isEqualTo("a draft");
    }

    @Test
    void aPromptOfAnotherProgramIsRecalledWithoutReplacingTheDraft() {
        TestWindow.run(() -> window.composerModel().sendAgain("one\r\ntwo\u001B"));
        window.until(() -> window.transcript().contains("two"));
        window.until(() -> window.turn() instanceof TurnState.Idle);
        window.write("a draft");
        TestWindow.run(() -> window.composer().home());
        window.type(KeyCode.UP);
        window.until(() -> window.composer().getText().equals("one\ntwo"));
        window.type(KeyCode.DOWN);
        window.until(() -> window.composer().getText().equals("a draft"));
    }

    @Test
    void linesThatEndWithCarriageReturnsStayApartWhenTheyArePasted() {
        window.write("");
        TestWindow.run(() -> {
            ClipboardContent content = new ClipboardContent();
            content.putString("one\rtwo\r\nthree");
            Clipboard.getSystemClipboard().setContent(content);
            window.composer().paste();
        });
        assertThat(text()).isEqualTo("one\ntwo\nthree");
        window.chord(KeyCode.CONTROL, KeyCode.Z);
        assertThat(text()).isEmpty();
    }

    @Test
    void theCaretMovesInsideARecalledPromptOfSeveralLines() {
        TestWindow.run(() -> window.composerModel().text().set("one\ntwo\nthree"));
        window.type(KeyCode.ENTER);
        window.until(() -> window.composer().getText().isEmpty());
        window.until(() -> window.turn() instanceof TurnState.Idle);
        window.type(KeyCode.UP);
        window.until(() -> window.composer().getText().equals("one\ntwo\nthree"));
        TestWindow.run(() -> window.composer().positionCaret(9));
        window.type(KeyCode.UP);
        assertThat(TestWindow.on(() -> window.composer().getCaretPosition())).isBetween(4, 7);
        window.type(KeyCode.DOWN);
        assertThat(text()).isEqualTo("one\ntwo\nthree");
    }

    @Test
    void undoReturnsFromARecalledPromptAndRedoToIt() {
        say("hello");
        window.write("my draft");
        TestWindow.run(() -> window.composer().home());
        window.type(KeyCode.UP);
        window.until(() -> window.composer().getText().equals("hello"));
        window.chord(KeyCode.CONTROL, KeyCode.Z);
        window.until(() -> window.composer().getText().equals("my draft"));
        TestWindow.run(() -> window.composer().redo());
        window.until(() -> window.composer().getText().equals("hello"));
    }

    @Test
    void undoReturnsFromAPromptThatWasFoundToTheDraft() {
        say("hello");
        window.write("my draft");
        window.chord(KeyCode.CONTROL, KeyCode.R);
        window.until(() ->
                window.shown("history")
                        && window.composerModel().search().history().selectedText() != null);
        window.type(KeyCode.ENTER);
        window.until(() -> window.composer().getText().equals("hello"));
        TestWindow.run(() -> {
            window.composer().undo();
            window.composer().undo();
        });
        assertThat(text()).isEqualTo("my draft");
    }

    @Test
    void undoTakesBackAPasteAndACompletionOneByOne() throws Exception {
        Path project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(project.resolve("notes.txt"), "x");
        TestWindow.run(() -> window.newSessionFolder().set(project.toString()));
        window.write("");
        TestWindow.run(() -> window.composer().replaceSelection("@not"));
        window.until(() -> window.composerModel().completion().list().get().rows().size() == 1);
        window.type(KeyCode.TAB);
        String completed = text();
        assertThat(completed).isEqualTo("@notes.txt ");
        TestWindow.run(() -> {
            ClipboardContent content = new ClipboardContent();
            content.putString("line one\nline two");
            Clipboard.getSystemClipboard().setContent(content);
            window.composer().paste();
        });
        assertThat(text()).isEqualTo(completed + "line one\nline two");
        TestWindow.run(() -> window.composer().undo());
        assertThat(text()).isEqualTo(completed);
        TestWindow.run(() -> window.composer().redo());
        assertThat(text()).isEqualTo(completed + "line one\nline two");
        TestWindow.run(() -> {
            window.composer().undo();
            window.composer().undo();
        });
        assertThat(text()).isEqualTo("@not");
    }

    @Test
    void whatWasSentIsNotUndone() {
        say("hello");
        TestWindow.run(() -> window.composer().undo());
        assertThat(text()).isEmpty();
        assertThat(TestWindow.on(() -> window.composer().isUndoable())).isFalse();
    }
}
