package dev.oriel.app.conversation.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.MenuButton;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the conversation tells of failures and hooks of the real `claude` CLI, which talks to a
/// fake API.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class NoticesRealCliJourneyTest {
    private static final String HOOKS =
            """
            {"hooks": {
              "PreToolUse": [{"matcher": "Bash", "hooks": [
                {"type": "command", "command": "echo 'no shell today' >&2; exit 2"}]}],
              "UserPromptSubmit": [{"hooks": [
                {"type": "command", "command": "grep -q forbidden && { echo no >&2; exit 2; }; exit 0"}]}]
            }}
            """;

    @TempDir Path folder;

    private @Nullable TestWindow opened;
    private RealClaude real;
    private FakeMessagesApi api;

    @BeforeEach
    void begin() throws IOException {
        real = RealClaude.orSkip(folder.resolve("home"));
        api = FakeMessagesApi.start();
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

    /// Presses Enter on a text of the conversation.
    private static void enter(TestWindow window, String text) {
        TestWindow.run(() -> {
            TranscriptArea area = (TranscriptArea) window.node("transcript");
            area.requestFocus();
            area.moveTo(area.getText().lastIndexOf(text));
        });
        window.type(KeyCode.ENTER);
    }

    @Test
    void anOverloadIsExplainedAndTheMessageIsSentAgainByKeyboard() {
        TestWindow window = open();
        for (int i = 0; i < 4; i++) {
            api.enqueue(FakeReply.failure(529, "overloaded_error", "Overloaded"));
        }
        window.say("open the window");
        window.until(() -> window.transcript().contains("Send again") && isIdle(window));
        String said = TestWindow.on(window::transcript);
        assertThat(said).contains("Claude is overloaded (529).", "Retried once", "Failed");
        assertThat(said).doesNotContain("API Error");

        enter(window, "Show details");
        window.until(() -> window.transcript().contains("API Error: 529"));
        api.clearQueue();
        api.enqueue(FakeReply.text("It is open."));
        enter(window, "Send again");
        window.until(() -> window.transcript().contains("It is open.") && isIdle(window));
        assertThat(TestWindow.on(window::transcript)).doesNotContain("Send again");
        assertThat(api.requests().getLast().lastUserText()).contains("open the window");
    }

    @Test
    void hooksThatBlockAreShownWithTheirReason() throws Exception {
        Path settings = folder.resolve("home").resolve(".claude").resolve("settings.json");
        Files.createDirectories(settings.getParent());
        Files.writeString(settings, HOOKS);
        TestWindow window = open();
        api.enqueue(FakeReply.toolUse("Bash", "{\"command\":\"echo 42 panes\"}"))
                .enqueue(FakeReply.text("I may not."));
        window.say("count");
        window.until(() -> window.transcript().contains("I may not.") && isIdle(window));
        assertThat(TestWindow.on(window::transcript))
                .contains("Hook PreToolUse:Bash blocked this tool call")
                .doesNotContain("Hook UserPromptSubmit");
        enter(window, "Show details");
        window.until(() -> window.transcript().contains("no shell today"));

        window.say("something forbidden");
        window.until(() ->
                window.transcript().contains("Hook UserPromptSubmit blocked the prompt")
                        && isIdle(window));
        assertThat(TestWindow.on(window::transcript)).doesNotContain("operation blocked by hook");
    }
}
