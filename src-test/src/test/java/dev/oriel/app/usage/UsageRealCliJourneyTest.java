package dev.oriel.app.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.TestWindow;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.window.ClaudeWindowJourney;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The panel about usage with the real `claude` CLI, which talks to a fake API.
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class UsageRealCliJourneyTest extends ClaudeWindowJourney {
    private static void openPanel(TestWindow window) {
        window.chord(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.U);
        window.until(() -> window.node("usage-panel") != null);
    }

    @Test
    void compactingReplacesTheConversationInTheContextAndLeavesItOnTheScreen() {
        TestWindow window = open();
        api.enqueue(FakeReply.text("The frame is made of oak."));
        window.say("which wood");
        awaitIdleWith(window, "The frame is made of oak.");

        api.enqueue(FakeReply.text("<summary>They chose wood for a frame.</summary>"));
        openPanel(window);
        window.until(() -> window.node("compact-now") != null);
        window.press("compact-now");
        awaitIdleWith(window, "Compacted the conversation");
        assertThat(TestWindow.on(window::transcript))
                .contains("which wood", "The frame is made of oak.");

        window.type(KeyCode.ESCAPE);
        window.until(() -> window.node("usage-panel") == null);
        api.enqueue(FakeReply.text("It was oak."));
        window.say("which one was it");
        awaitIdleWith(window, "It was oak.");
        assertThat(api.requests().getLast().body().path("messages").toString())
                .contains("They chose wood for a frame.")
                .doesNotContain("The frame is made of oak.");
    }

    @Test
    void thePanelShowsTheLimitThatTheApiTells() {
        long reset = Instant.now().plus(Duration.ofHours(3)).getEpochSecond();
        TestWindow window = open(real.subscribersMachine(api));
        api.enqueue(
                FakeReply.text("Hello from here.")
                        .withHeader("anthropic-ratelimit-unified-status", "allowed_warning")
                        .withHeader("anthropic-ratelimit-unified-reset", String.valueOf(reset))
                        .withHeader("anthropic-ratelimit-unified-representative-claim", "five_hour")
                        .withHeader("anthropic-ratelimit-unified-5h-utilization", "0.91")
                        .withHeader("anthropic-ratelimit-unified-5h-reset", String.valueOf(reset))
                        .withHeader("anthropic-ratelimit-unified-5h-surpassed-threshold", "0.9"));
        window.say("hello");
        awaitIdleWith(window, "Hello from here.");
        openPanel(window);
        window.until(() -> window.labels().contains("Limits of your plan"));
        assertThat(window.labels()).contains("5 hours", "91 % used");
        assertThat(window.labels()).anyMatch(l -> l.startsWith("resets "));
    }
}
