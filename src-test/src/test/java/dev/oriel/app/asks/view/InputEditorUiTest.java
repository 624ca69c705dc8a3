package dev.oriel.app.asks.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.TestWindow;
import dev.oriel.message.Json;
import dev.oriel.testing.window.AsksWindow;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.fxmisc.richtext.GenericStyledArea;
import org.junit.jupiter.api.Test;

/// Changing what a tool would do before it is allowed, in the real window.
class InputEditorUiTest extends AsksWindow {
    private void ask(String session, String tool, ObjectNode input) {
        turnTo(session);
        receiveAsk("1", tool, input);
    }

    private void fire(String id) {
        TestWindow.run(() -> ((Hyperlink) window.node(id)).fire());
    }

    private void replace(String text) {
        TestWindow.run(() -> ((TextInputControl) window.node("ask-input")).setText(text));
    }

    private String note() {
        return TestWindow.on(() -> ((Labeled) window.node("ask-changed")).getText());
    }

    private void allow() {
        window.until(() -> asks().armed().get() && asks().endSeen().get());
        window.chord(KeyCode.ALT, KeyCode.Y);
        window.until(() -> !sent.isEmpty());
    }

    private JsonNode input() {
        return sent.getLast().tree().at("/response/response/updatedInput");
    }

    private String diff() {
        return TestWindow.on(() ->
                window.node("ask-diff") instanceof GenericStyledArea<?, ?, ?> area
                        ? area.getText()
                        : "");
    }

    /// The lines of the command that are shown.
    private String lines() {
        return ((ListView<?>) window.node("ask-lines")).getItems().toString();
    }

    @Test
    void theNewTextOfAnEditIsChangedAndTheDiffShowsIt() {
        ask(
                "edit",
                "Edit",
                Json.object()
                        .put("file_path", "/proj/Bay.java")
                        .put("old_string", "int panes = 3;")
                        .put("new_string", "int panes = 4;"));
        window.until(() -> diff().contains("panes = 4"));
        assertThat(TestWindow.on(() -> window.shown("ask-input"))).isFalse();
        fire("ask-edit");
        window.until(() -> window.node("ask-input").isFocused());
        replace("int panes = 5;");
        window.until(() -> diff().contains("panes = 5") && !diff().contains("panes = 4"));
        assertThat(note()).startsWith("Changed by you.");
        allow();
        assertThat(input().path("new_string").asText()).isEqualTo("int panes = 5;");
        assertThat(input().path("old_string").asText()).isEqualTo("int panes = 3;");
    }

    @Test
    void aHiddenCharacterThatIsAddedIsShown() {
        ask("bidi", "Bash", Json.object().put("command", "echo a"));
        fire("ask-edit");
        replace("echo \u202eb");
        window.until(() -> lines().contains("⟨U+202E⟩"));
    }

    @Test
    void undoReturnsToWhatWasAsked() {
        ask("undo", "Bash", Json.object().put("command", "echo a"));
        fire("ask-edit");
        replace("echo b");
        window.until(() -> lines().contains("echo b"));
        fire("ask-edit");
        window.until(() -> lines().contains("echo a"));
        assertThat(TestWindow.on(() -> window.shown("ask-input"))).isFalse();
        allow();
        assertThat(input().path("command").asText()).isEqualTo("echo a");
    }

    @Test
    void aJsonInputThatIsWrongSaysWhereAndCannotBeAllowed() {
        ask("json", "mcp__mail__send", Json.object().put("to", "a@b"));
        fire("ask-edit");
        replace("{\n\"to\": ");
        assertThat(note()).startsWith("This is not JSON: line 2");
        window.until(() -> asks().armed().get() && asks().endSeen().get());
        TestWindow.run(() -> asks().allow());
        assertThat(sent).isEmpty();
        replace("{\"to\": \"c@d\"}");
        allow();
        assertThat(input().path("to").asText()).isEqualTo("c@d");
    }

    @Test
    void aChangeIsKeptWhileAnotherSessionIsOpen() {
        ObjectNode command = Json.object().put("command", "echo a");
        ask("kept", "Bash", command);
        fire("ask-edit");
        replace("echo kept");
        TestWindow.run(() -> asks().attach("other", _ -> true));
        ask("kept", "Bash", command);
        window.until(() -> lines().contains("echo kept"));
        allow();
        assertThat(input().path("command").asText()).isEqualTo("echo kept");
    }
}
