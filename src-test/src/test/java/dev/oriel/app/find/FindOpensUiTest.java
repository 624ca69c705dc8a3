package dev.oriel.app.find;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeClaude;
import dev.oriel.testing.claude.FakeTurn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.geometry.Bounds;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.fxmisc.richtext.GenericStyledArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Find opens what it finds, wherever it is folded.
class FindOpensUiTest {
    private static final String FOLDED =
            """
            Some **text** before.

            <details>
            <summary>More</summary>

            The badger is folded.

            </details>

            ```text
            %sferret
            ```

            | Animal | Sound |
            |---|---|
            | %s | weasel |
            """
                    .formatted("wide ".repeat(80), "cell-".repeat(60).replace('-', '\u00ad'));

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init") // opened by each test
    private TestWindow window;

    private void open(UnaryOperator<FakeTurn> turn) throws Exception {
        FakeClaude claude = FakeClaude.in(folder.resolve("agent")).turn(turn);
        claude.install();
        Path config = Files.createDirectories(folder.resolve("config"));
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(
                config.resolve("settings.json"),
                Json.object()
                        .put("cli_path", claude.executable().toString())
                        .put("default_folder", project.toString())
                        .toString());
        window = TestWindow.cli(folder, ClaudeCli::new);
        window.say("Go");
    }

    @AfterEach
    void close() {
        window.close();
    }

    /// A message of the agent, or of a subagent of a call.
    private static String said(String parent, ObjectNode block) {
        ObjectNode message = Json.object().put("type", "assistant");
        message.put("parent_tool_use_id", parent.isEmpty() ? null : parent);
        message.putObject("message")
                .put("id", "m" + block.hashCode())
                .putArray("content")
                .add(block);
        return message.toString();
    }

    private static ObjectNode text(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    private static ObjectNode call(String id, String tool, String field, String value) {
        ObjectNode block = Json.object().put("type", "tool_use").put("id", id).put("name", tool);
        block.putObject("input").put(field, value);
        return block;
    }

    private static String result(String parent, String id, String text) {
        ObjectNode message = Json.object().put("type", "user");
        message.put("parent_tool_use_id", parent.isEmpty() ? null : parent);
        ArrayNode content = message.putObject("message").put("role", "user").putArray("content");
        content.addObject().put("type", "tool_result").put("tool_use_id", id).put("content", text);
        return message.toString();
    }

    private static FakeTurn everything(FakeTurn turn) {
        return turn.line(said("", call("t1", "Task", "prompt", "Look around")))
                .line(said("t1", text("I see a marten.")))
                .line(said("t1", call("u1", "Bash", "command", "ls")))
                .line(result("t1", "u1", "a\nstoat\nb"))
                .line(result("", "t1", "Done: an otter."))
                .line(said("", call("r1", "Read", "file_path", "/proj/a.txt")))
                .line(result("", "r1", "     1\tone\n     2\tpolecat\n"))
                .line(said("", call("r2", "Read", "file_path", "/proj/b.txt")))
                .line(result("", "r2", "     1\tone\n     2\ttwo\n"))
                .text(FOLDED);
    }

    private void find(String text) {
        window.chord(KeyCode.CONTROL, KeyCode.F);
        window.until(() -> window.node("find-field").isFocused());
        TestWindow.run(() -> ((TextField) window.node("find-field")).setText(text));
    }

    private String count() {
        return ((Label) window.node("find-count")).getText();
    }

    private GenericStyledArea<?, ?, ?> area() {
        return (GenericStyledArea<?, ?, ?>) window.node("transcript");
    }

    /// Whether a word is in sight and inside of the column of text.
    private boolean inSight(String word) {
        int at = area().getText().indexOf(word);
        Optional<Bounds> bounds =
                at < 0
                        ? Optional.empty()
                        : area().getCharacterBoundsOnScreen(at, at + word.length());
        Bounds own = area().localToScreen(area().getLayoutBounds());
        return bounds.isPresent()
                && own.getMinX() <= bounds.get().getMinX()
                && bounds.get().getMaxX() <= own.getMaxX();
    }

    @ParameterizedTest
    @CsvSource({"marten", "stoat", "otter", "polecat", "badger", "ferret", "weasel"})
    void aHitIsOpenedAndInSight(String word) throws Exception {
        open(FindOpensUiTest::everything);
        window.until(() -> window.turn() instanceof TurnState.Idle);
        window.until(() -> window.transcript().contains("Some text before"));
        find(word);
        window.until(() -> count().equals("1 of 1"));
        window.until(() -> inSight(word));
    }

    private static String delta(String text) {
        ObjectNode event = Json.object().put("type", "stream_event").putNull("parent_tool_use_id");
        event.putObject("event")
                .put("type", "content_block_delta")
                .put("index", 0)
                .putObject("delta")
                .put("type", "text_delta")
                .put("text", text);
        return event.toString();
    }

    private static String event(String json) {
        return "{\"type\":\"stream_event\",\"parent_tool_use_id\":null,\"event\":" + json + "}";
    }

    private static final String ASK =
            """
            {"subtype":"can_use_tool","tool_name":"Bash","input":{"command":"ls"},"tool_use_id":"t9"}\
            """;

    @Test
    void aHitInAStreamingAnswerIsOpenedAndCountedAsItGrows() throws Exception {
        String start =
                "<details>\n<summary>More</summary>\n\nA badger is folded.\n\n</details>\n\n";
        open(t ->
                t.line(event("{\"type\":\"message_start\",\"message\":{\"id\":\"m1\"}}"))
                        .line(
                                event(
                                        "{\"type\":\"content_block_start\",\"index\":0,"
                                            + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}"))
                        .line(delta(start + "One badger in a grow"))
                        .request(ASK)
                        .line(delta("ing line.\n\nAnother badger"))
                        .hang());
        window.until(() -> window.transcript().contains("in a grow"));
        find("badger");
        window.until(() -> count().equals("2 of 2"));
        window.type(KeyCode.ENTER);
        window.until(() -> count().startsWith("1 of 2"));
        window.until(() -> inSight("A badger is folded."));
        window.chord(KeyCode.SHIFT, KeyCode.ENTER);
        window.until(() -> count().startsWith("2 of 2"));
        window.press("ask-allow");
        window.until(() -> window.transcript().contains("Another badger"));
        window.until(() -> count().startsWith("2 of 3"));
        window.until(() -> current().equals("One badger in a growing line."));
        assertThat(TestWindow.on(window::transcript)).contains("A badger is folded.");
    }

    /// The paragraph with the current hit.
    private String current() {
        for (int i = 0; i < area().getParagraphs().size(); i++) {
            var paragraph = area().getParagraph(i);
            if (paragraph.getStyleSpans().toString().contains("found-current")) {
                return paragraph.getText();
            }
        }
        return "";
    }
}
