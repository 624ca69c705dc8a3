package dev.oriel.app.asks.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.TestWindow;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.composer.TurnState;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.fxmisc.richtext.GenericStyledArea;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Changing what a tool would do before it is allowed, in the real window.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InputEditorUiTest {
    @SuppressWarnings("NullAway.Init") // opened before the first test
    private TestWindow window;

    private final List<Message> sent = new ArrayList<>();

    @BeforeAll
    void open(@TempDir Path folder) {
        window = TestWindow.demo(folder);
        window.say("hello");
        window.until(
                () -> window.transcript().length() > 60 && window.turn() instanceof TurnState.Idle);
    }

    @AfterAll
    void close() {
        window.close();
    }

    @AfterEach
    void forget() {
        TestWindow.run(() -> asks().attach("none", _ -> true));
    }

    private AsksViewModel asks() {
        return window.asks();
    }

    private void ask(String session, String tool, ObjectNode input) {
        ObjectNode frame = Json.object().put("type", "control_request").put("request_id", "1");
        frame.putObject("request")
                .put("subtype", "can_use_tool")
                .put("tool_name", tool)
                .set("input", input);
        TestWindow.run(() -> {
            sent.clear();
            asks().attach(session, sent::add);
            asks().receive(Message.of(frame), false);
        });
        window.until(() -> asks().armed().get());
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
