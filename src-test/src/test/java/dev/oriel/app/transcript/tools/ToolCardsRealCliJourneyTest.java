package dev.oriel.app.transcript.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.TestWindow;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.item.FileChange;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.window.ClaudeWindowJourney;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Button;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Cards of tools and background tasks with the real `claude` CLI, which talks to a fake API.
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ToolCardsRealCliJourneyTest extends ClaudeWindowJourney {
    private static final String ALLOWED =
            "{\"permissions\":{\"allow\":[\"Bash\",\"Write\",\"Edit\",\"Read\"]}}";

    @BeforeEach
    void begin() throws IOException {
        writeUserSettings(ALLOWED);
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
        awaitIdleWith(window, "Glazed.");
        List<Item.Tool> calls = TestWindow.on(() -> calls(window));
        assertThat(calls).extracting(c -> c.run().name()).containsExactly("Write", "Edit", "Bash");
        ToolOutput edited = calls.get(1).run().output();
        FileChange change = edited == null ? null : edited.change();
        assertThat(change).isNotNull();

        enterOn(window, "Run");
        window.until(() -> window.transcript().contains("red"));
        assertThat(TestWindow.on(window::transcript)).contains("amber", "Show the pane");
        enterOn(window, "Edit");
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
                window.stage().getScene().getRoot().lookupAll(".work-row .small").stream()
                        .map(Button.class::cast)
                        .filter(b -> b.getText().equals("Stop"))
                        .forEach(Button::fire));
        window.until(() -> window.transcript().contains("stopped in the background"));
    }
}
