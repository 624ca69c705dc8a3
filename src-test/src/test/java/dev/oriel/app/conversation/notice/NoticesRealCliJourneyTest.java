package dev.oriel.app.conversation.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.TestWindow;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.window.ClaudeWindowJourney;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the conversation tells of failures and hooks of the real `claude` CLI, which talks to a
/// fake API.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class NoticesRealCliJourneyTest extends ClaudeWindowJourney {
    private static final String HOOKS =
            """
            {"hooks": {
              "PreToolUse": [{"matcher": "Bash", "hooks": [
                {"type": "command", "command": "echo 'no shell today' >&2; exit 2"}]}],
              "UserPromptSubmit": [{"hooks": [
                {"type": "command", "command": "grep -q forbidden && { echo no >&2; exit 2; }; exit 0"}]}]
            }}
            """;

    @Test
    void anOverloadIsExplainedAndTheMessageIsSentAgainByKeyboard() {
        TestWindow window = open();
        for (int i = 0; i < 4; i++) {
            api.enqueue(FakeReply.failure(529, "overloaded_error", "Overloaded"));
        }
        window.say("open the window");
        awaitIdleWith(window, "Send again");
        String said = TestWindow.on(window::transcript);
        assertThat(said).contains("Claude is overloaded (529).", "Retried once", "Failed");
        assertThat(said).doesNotContain("API Error");

        enterOn(window, "Show details");
        window.until(() -> window.transcript().contains("API Error: 529"));
        api.clearQueue();
        api.enqueue(FakeReply.text("It is open."));
        enterOn(window, "Send again");
        awaitIdleWith(window, "It is open.");
        assertThat(TestWindow.on(window::transcript)).doesNotContain("Send again");
        assertThat(api.requests().getLast().lastUserText()).contains("open the window");
    }

    @Test
    void hooksThatBlockAreShownWithTheirReason() throws Exception {
        writeUserSettings(HOOKS);
        TestWindow window = open();
        api.enqueue(FakeReply.toolUse("Bash", "{\"command\":\"echo 42 panes\"}"))
                .enqueue(FakeReply.text("I may not."));
        window.say("count");
        awaitIdleWith(window, "I may not.");
        assertThat(TestWindow.on(window::transcript))
                .contains("Hook PreToolUse:Bash blocked this tool call")
                .doesNotContain("Hook UserPromptSubmit");
        enterOn(window, "Show details");
        window.until(() -> window.transcript().contains("no shell today"));

        window.say("something forbidden");
        awaitIdleWith(window, "Hook UserPromptSubmit blocked the prompt");
        assertThat(TestWindow.on(window::transcript)).doesNotContain("operation blocked by hook");
    }
}
