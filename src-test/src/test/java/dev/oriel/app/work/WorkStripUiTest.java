package dev.oriel.app.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import dev.oriel.testing.claude.FakeClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The strip over the composer in the real window: it opens, closes, and asks to stop a task.
class WorkStripUiTest {
    private static final String TODOS =
            """
            {"type":"assistant","message":{"id":"m1","role":"assistant","content":[{"type":"tool_use",
            "id":"t1","name":"TodoWrite","input":{"todos":[
            {"content":"Measure","activeForm":"Measuring","status":"completed"},
            {"content":"Cut","activeForm":"Cutting","status":"in_progress"}]}}]},
            "parent_tool_use_id":null}
            """;

    private static final String TASK =
            """
            {"type":"system","subtype":"task_started","task_id":"b1","description":"Watch the tests",
            "is_backgrounded":true}
            """;

    private static final String OUTPUT =
            "{\"output\":\"one\\n[exited with code 3]\\n\",\"total_bytes\":24,\"truncated\":false}";

    @TempDir private Path folder;

    private TestWindow window() throws IOException {
        FakeClaude claude = FakeClaude.in(folder.resolve("agent"));
        claude.replying("get_task_output", OUTPUT);
        claude.turn(t -> t.line(TODOS.replace("\n", "")).line(TASK.replace("\n", "")).hang());
        Path config = Files.createDirectories(folder.resolve("config"));
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(
                config.resolve("settings.json"),
                "{\"cli_path\":\"%s\",\"default_folder\":\"%s\",\"reduced_motion\":true}"
                        .formatted(claude.install().executable(), project));
        return TestWindow.cli(folder, ClaudeCli::new, 1000, 700);
    }

    private static String text(TestWindow window, String id) {
        return TestWindow.on(() -> window.node(id) instanceof Labeled l ? l.getText() : "");
    }

    private static boolean isListOpen(TestWindow window) {
        return TestWindow.on(() -> window.node("work-list") != null);
    }

    private static void press(TestWindow window, String id) {
        TestWindow.run(() -> ((Button) window.node(id)).fire());
    }

    private static @Nullable Button button(TestWindow window, String words) {
        return (Button)
                window.node("work-list").lookupAll(".button.small").stream()
                        .filter(b -> b.getAccessibleText().equals(words))
                        .findFirst()
                        .orElse(null);
    }

    private static String output(TestWindow window) {
        return TestWindow.on(() ->
                window.node("work-list").lookup(".work-output") instanceof Labeled l
                        ? l.getText()
                        : "");
    }

    @Test
    void theChecklistOpensAndClosesAndATaskHasAStopButton() throws IOException {
        try (TestWindow window = window()) {
            window.say("Build it");
            window.until(() -> window.turn() instanceof TurnState.Running);
            window.until(() -> text(window, "work-tasks").equals("1 background task"));
            assertThat(text(window, "work-checklist")).isEqualTo("1 of 2 done · Cutting");
            assertThat(isListOpen(window)).isFalse();

            press(window, "work-checklist");
            assertThat(isListOpen(window)).isTrue();
            press(window, "work-checklist");
            assertThat(isListOpen(window)).isFalse();

            press(window, "work-tasks");
            window.until(() -> button(window, "Stop: Watch the tests") != null);
            assertThat(TestWindow.on(() -> window.node("work-checklist").isFocusTraversable()))
                    .isTrue();
        }
    }

    @Test
    void theOutputOfATaskOpensUnderItAndKeepsTheFocus() throws IOException {
        try (TestWindow window = window()) {
            window.say("Build it");
            window.until(() -> text(window, "work-tasks").equals("1 background task"));
            press(window, "work-tasks");
            window.until(() -> button(window, "Show output: Watch the tests") != null);
            assertThat(output(window)).isEmpty();
            TestWindow.run(() -> {
                Button show = button(window, "Show output: Watch the tests");
                Objects.requireNonNull(show).requestFocus();
                show.fire();
            });
            window.until(() -> output(window).equals("one\n[exited with code 3]"));
            assertThat(
                            TestWindow.on(() -> {
                                Button hide = button(window, "Hide output: Watch the tests");
                                return Objects.requireNonNull(hide).isFocused();
                            }))
                    .isTrue();
            TestWindow.run(() -> {
                Button hide = button(window, "Hide output: Watch the tests");
                Objects.requireNonNull(hide).fire();
            });
            assertThat(output(window)).isEmpty();
        }
    }
}
