package dev.oriel.app.transcript.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.item.FileChange;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Cards of tools and background tasks with the real `claude` CLI, which talks to a fake API.
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ToolCardsRealCliJourneyTest {
    private static final String ALLOWED =
            "{\"permissions\":{\"allow\":[\"Bash\",\"Write\",\"Edit\",\"Read\"]}}";

    @TempDir Path folder;

    private @Nullable TestWindow opened;
    private RealClaude real;
    private FakeMessagesApi api;

    @BeforeEach
    void begin() throws IOException {
        real = RealClaude.orSkip(folder.resolve("home"));
        api = FakeMessagesApi.start();
        Path settings = folder.resolve("home").resolve(".claude").resolve("settings.json");
        Files.createDirectories(settings.getParent());
        Files.writeString(settings, ALLOWED);
    }

    @AfterEach
    void end() {
        if (opened != null) {
            opened.close();
        }
        if (api != null) {
            api.close();
        }
    }

    private TestWindow open() {
        TestWindow window =
                TestWindow.cli(
                        folder,
                        s -> new ClaudeCli(s.withExecutable(real.executable()), real.machine(api)));
        opened = window;
        window.until(
                () -> ((MenuButton) window.node("begin-agent")).getText().startsWith("Claude"));
        return window;
    }

    private static boolean isIdle(TestWindow window) {
        return window.turn() instanceof TurnState.Idle;
    }

    private static List<Item.Tool> calls(TestWindow window) {
        ConversationModel conversation = window.shell().conversation().get();
        return conversation == null
                ? List.of()
                : conversation.items().stream()
                        .filter(Item.Tool.class::isInstance)
                        .map(Item.Tool.class::cast)
                        .toList();
    }

    private static void enter(TestWindow window, String text) {
        TestWindow.run(() -> {
            TranscriptArea area = (TranscriptArea) window.node("transcript");
            area.requestFocus();
            area.moveTo(area.getText().lastIndexOf(text));
        });
        window.type(KeyCode.ENTER);
    }

    @Test
    void writingEditingAndRunningLeaveCardsWithDiffAndOutput() {
        TestWindow window = open();
        String file = folder.resolve("home").resolve("pane.txt").toString();
        api.enqueue(
                        FakeReply.toolUse(
                                "Write",
                                Json.object()
                                        .put("file_path", file)
                                        .put("content", "amber\nclear\n")
                                        .toString()))
                .enqueue(
                        FakeReply.toolUse(
                                "Edit",
                                Json.object()
                                        .put("file_path", file)
                                        .put("old_string", "clear")
                                        .put("new_string", "blue")
                                        .toString()))
                .enqueue(
                        FakeReply.toolUse(
                                "Bash",
                                Json.object()
                                        .put(
                                                "command",
                                                "cat "
                                                        + file
                                                        + "; printf '\\033[31mred\\033[0m\\n'")
                                        .put("description", "Show the pane")
                                        .toString()))
                .enqueue(FakeReply.text("Glazed."));
        window.say("glaze the window");
        window.until(() -> window.transcript().contains("Glazed.") && isIdle(window));
        List<Item.Tool> calls = TestWindow.on(() -> calls(window));
        assertThat(calls).extracting(c -> c.run().name()).containsExactly("Write", "Edit", "Bash");
        ToolOutput edited = calls.get(1).run().output();
        FileChange change = edited == null ? null : edited.change();
        assertThat(change).isNotNull();

        enter(window, "Run");
        window.until(() -> window.transcript().contains("red"));
        assertThat(TestWindow.on(window::transcript)).contains("amber", "Show the pane");
        enter(window, "Edit");
        window.until(() -> window.transcript().contains("+ blue"));
        assertThat(TestWindow.on(window::transcript)).contains("− clear");
    }

    @Test
    void aBackgroundCommandIsStoppedFromTheStripAndItsCardTellsSo() {
        TestWindow window = open();
        api.enqueue(
                        FakeReply.toolUse(
                                "Bash",
                                Json.object()
                                        .put(
                                                "command",
                                                "echo begin; for i in $(seq 600); do sleep 1; done")
                                        .put("description", "Watch the weather")
                                        .put("run_in_background", true)
                                        .toString()))
                .enqueue(FakeReply.text("It watches."));
        api.replyTo(_ -> FakeReply.text("It stopped."));
        window.say("watch");
        window.until(() -> window.transcript().contains("in the background"));
        window.until(() -> window.shown("work-tasks"));
        window.press("work-tasks");
        window.until(() -> window.labels().contains("Watch the weather"));
        TestWindow.run(() ->
                ((Button) window.stage().getScene().getRoot().lookup(".work-row .small")).fire());
        window.until(() -> window.transcript().contains("stopped in the background"));
    }
}
