package dev.oriel.app.composer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.TestWindow;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.window.ClaudeWindowJourney;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Button;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Waiting prompts with the real `claude` CLI, which talks to a fake API.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class QueueRealCliJourneyTest extends ClaudeWindowJourney {
    /// A window whose first turn does not end before the gate opens, with prompts that wait.
    private TestWindow openWithQueue(String... prompts) {
        TestWindow window = open();
        api.enqueue(FakeReply.text("One moment, ").waiting(gate));
        window.say("tell a long story");
        window.until(() -> window.transcript().contains("One moment"));
        for (String prompt : prompts) {
            window.say(prompt);
        }
        // The cards have their actions once the server has the prompts.
        window.until(() ->
                order(window).equals(List.of(prompts))
                        && window.composerModel().queue().prompts().stream()
                                .allMatch(QueuedPrompt::sent));
        return window;
    }

    private static List<String> order(TestWindow window) {
        return window.composerModel().queue().prompts().stream().map(QueuedPrompt::text).toList();
    }

    private static void press(TestWindow window, String text, String style) {
        TestWindow.run(() ->
                window.stage().getScene().getRoot().lookupAll(".queued").stream()
                        .filter(QueueCard.class::isInstance)
                        .map(QueueCard.class::cast)
                        .filter(card -> card.prompt().text().equals(text))
                        .forEach(card -> ((Button) card.lookup("." + style)).fire()));
    }

    @Test
    void sendNowStopsTheTurnAndTheOthersFollow() {
        TestWindow window = openWithQueue("first of two", "second of two");
        api.enqueue(FakeReply.text("Reply to the second."))
                .enqueue(FakeReply.text("Reply to the first."));
        press(window, "second of two", "queue-now");
        awaitIdleWith(window, "Reply to the first.");
        String said = TestWindow.on(window::transcript);
        assertThat(said.indexOf("second of two")).isLessThan(said.indexOf("Reply to the second."));
        assertThat(said.indexOf("Reply to the second.")).isLessThan(said.indexOf("first of two"));
        assertThat(TestWindow.on(() -> order(window))).isEmpty();
    }

    @Test
    void aSteeredPromptIsAnsweredWithoutWaitingForTheQueue() {
        TestWindow window = openWithQueue("wait your turn", "use amber glass");
        press(window, "use amber glass", "queue-steer");
        window.until(() -> order(window).equals(List.of("wait your turn")));
        assertThat(TestWindow.on(() -> window.turn())).isInstanceOf(TurnState.Running.class);
        api.enqueue(FakeReply.text("Amber it is.")).enqueue(FakeReply.text("Your turn."));
        gate.countDown();
        awaitIdleWith(window, "Your turn.");
        String said = TestWindow.on(window::transcript);
        assertThat(said.indexOf("Amber it is.")).isLessThan(said.indexOf("Your turn."));
        assertThat(api.requests().toString()).contains("use amber glass");
    }
}
