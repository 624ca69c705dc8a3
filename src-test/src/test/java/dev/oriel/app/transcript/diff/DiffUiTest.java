package dev.oriel.app.transcript.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import org.fxmisc.richtext.GenericStyledArea;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changes of files in the conversation, in a view of their own, and in asks.
class DiffUiTest {
    private static final String ORIGINAL =
            IntStream.rangeClosed(1, 60)
                    .mapToObj(i -> "line " + i + "\n")
                    .collect(Collectors.joining());

    @TempDir Path folder;

    private @Nullable TestWindow opened;

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private TestWindow window(FakeClaude claude) throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("settings.json"),
                Json.object()
                        .put("cli_path", claude.install().executable().toString())
                        .put("reduced_motion", true)
                        .toString());
        TestWindow window = TestWindow.cli(folder, ClaudeCli::new);
        opened = window;
        return window;
    }

    /// A window with an edit of two places of a file.
    private TestWindow edited() throws IOException {
        ObjectNode use =
                Json.object().put("type", "tool_use").put("id", "t1").put("name", "MultiEdit");
        ArrayNode edits = use.putObject("input").put("file_path", "/proj/a.txt").putArray("edits");
        edits.addObject().put("old_string", "line 20\n").put("new_string", "line twenty\n");
        edits.addObject().put("old_string", "line 40\n").put("new_string", "");
        ObjectNode call = Json.object().put("type", "assistant").putNull("parent_tool_use_id");
        call.putObject("message")
                .put("id", "m1")
                .put("role", "assistant")
                .putArray("content")
                .add(use);
        ObjectNode result = Json.object().put("type", "user").putNull("parent_tool_use_id");
        result.putObject("message")
                .put("role", "user")
                .putArray("content")
                .addObject()
                .put("type", "tool_result")
                .put("tool_use_id", "t1")
                .put("content", "updated");
        result.putObject("tool_use_result")
                .put("originalFileContents", ORIGINAL)
                .putArray("structuredPatch");
        FakeClaude claude = FakeClaude.in(folder.resolve("agent"));
        claude.turn(t -> t.line(call.toString()).line(result.toString()).text("done"));
        TestWindow window = window(claude);
        window.say("edit");
        window.until(() ->
                window.transcript().contains("done") && window.turn() instanceof TurnState.Idle);
        return window;
    }

    private static GenericStyledArea<?, ?, ?> area(TestWindow window, String id) {
        return (GenericStyledArea<?, ?, ?>) window.node(id);
    }

    /// Puts the caret before a text and presses Enter.
    private static void enterAt(TestWindow window, String area, String text) {
        window.until(() -> area(window, area).getText().contains(text));
        TestWindow.run(() -> {
            GenericStyledArea<?, ?, ?> a = area(window, area);
            a.requestFocus();
            a.moveTo(a.getText().indexOf(text));
        });
        window.until(() -> area(window, area).isFocused());
        window.type(KeyCode.ENTER);
    }

    private static TestWindow withOpenedCard(TestWindow window) {
        enterAt(window, "transcript", "Edit  /proj");
        window.until(() -> window.transcript().contains("⋯ 16 unchanged lines"));
        return window;
    }

    @Test
    void aFoldOpensAndClosesWithTheKeyboard() throws IOException {
        TestWindow window = withOpenedCard(edited());
        assertThat(window.transcript()).contains("20    − line 20", "   20 + line twenty");

        enterAt(window, "transcript", "⋯ 16 unchanged");
        window.until(() -> window.transcript().contains(" 1  1   line 1\n"));
        enterAt(window, "transcript", "⋯ Fold 16 unchanged");
        window.until(() -> !window.transcript().contains(" 1  1   line 1\n"));
    }

    @Test
    void theWholeDiffHasKeysForItsChangesAndCloses() throws IOException {
        TestWindow window = withOpenedCard(edited());
        enterAt(window, "transcript", "Open diff");
        window.until(() -> area(window, "diff-text").isFocused());
        window.until(() -> area(window, "diff-text").getText().contains("line twenty"));

        window.type(KeyCode.F7);
        window.until(() -> text(window, "diff-change").equals("Change 1 of 2"));
        window.type(KeyCode.F7);
        window.until(() -> text(window, "diff-change").equals("Change 2 of 2"));
        window.chord(KeyCode.SHIFT, KeyCode.F7);
        window.until(() -> text(window, "diff-change").equals("Change 1 of 2"));

        window.type(KeyCode.ESCAPE);
        window.until(() -> window.node("diff-overlay") == null);
    }

    private static String text(TestWindow window, String id) {
        return ((Labeled) window.node(id)).getText();
    }

    @Test
    void theLayoutCanBeTurned() throws IOException {
        TestWindow window = withOpenedCard(edited());
        enterAt(window, "transcript", "Open diff");
        window.until(() -> area(window, "diff-text").getText().contains("20    − line 20"));

        window.press("diff-layout");
        window.until(() -> area(window, "diff-text").getText().contains("20 − line 20"));
        assertThat(TestWindow.on(() -> text(window, "diff-layout"))).isEqualTo("Show unified");
        window.press("diff-layout");
        window.until(() -> area(window, "diff-text").getText().contains("20    − line 20"));
    }

    @Test
    void theOverlayIsAsLargeAsTheWindowAllows() throws IOException {
        TestWindow window = withOpenedCard(edited());
        enterAt(window, "transcript", "Open diff");
        window.until(() -> {
            Node overlay = window.node("diff-overlay");
            return overlay.getLayoutBounds().getWidth()
                    == window.stage().getScene().getWidth() - 48;
        });
        TestWindow.run(() -> window.stage().setWidth(700));
        window.until(() -> {
            Node overlay = window.node("diff-overlay");
            return overlay.getLayoutBounds().getWidth()
                    == window.stage().getScene().getWidth() - 48;
        });
    }

    @Test
    void aProposedEditIsADiffWithoutNumbers() throws IOException {
        FakeClaude claude = FakeClaude.in(folder.resolve("agent"));
        ObjectNode input =
                Json.object()
                        .put("file_path", "/proj/\u202ea.txt")
                        .put("old_string", "one\ntwo")
                        .put("new_string", "one\n2\u200b")
                        .put("replace_all", true)
                        .put("force", true);
        claude.turn(t -> t.ask("Edit", input.toString()));
        TestWindow window = window(claude);
        window.say("edit");
        window.until(() -> window.shown("ask-diff"));
        window.until(() -> window.asks().endSeen().get());

        assertThat(TestWindow.on(() -> area(window, "ask-diff").getText()).lines())
                .containsExactly(
                        "/proj/⟨U+202E⟩a.txt",
                        "force: true",
                        "All occurrences",
                        "  one",
                        "− two",
                        "+ 2⟨U+200B⟩");
    }

    @Test
    void aLargeProposedFileCanBeAllowedOnlyOnceItsEndWasVisible() throws IOException {
        FakeClaude claude = FakeClaude.in(folder.resolve("agent"));
        ObjectNode input =
                Json.object()
                        .put("file_path", "/proj/a.txt")
                        .put("content", "line of the file\n".repeat(3_000));
        claude.turn(t -> t.ask("Write", input.toString()));
        TestWindow window = window(claude);
        window.say("write");
        window.until(() ->
                window.shown("ask-rest") && text(window, "ask-rest").startsWith("3002 lines, "));
        assertThat(TestWindow.on(() -> window.asks().endSeen().get())).isFalse();

        window.until(() -> window.asks().armed().get());
        window.chord(KeyCode.ALT, KeyCode.Y);
        window.until(() -> window.asks().endSeen().get());
        assertThat(TestWindow.on(() -> text(window, "ask-rest"))).endsWith(" above");
    }
}
