package dev.oriel.app.composer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.TestWindow;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Waiting prompts with the real `claude` CLI, which talks to a fake API.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class QueueRealCliJourneyTest {
    @TempDir Path folder;

    private final CountDownLatch gate = new CountDownLatch(1);
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
        gate.countDown();
        if (opened != null) {
            opened.close();
        }
        if (api != null) {
            api.close();
        }
    }

    /// A window whose first turn does not end before the gate opens, with prompts that wait.
    private TestWindow openWithQueue(String... prompts) {
        TestWindow window =
                TestWindow.cli(
                        folder,
                        s -> new ClaudeCli(s.withExecutable(real.executable()), real.machine(api)));
        opened = window;
        window.until(
                () -> ((MenuButton) window.node("begin-agent")).getText().startsWith("Claude"));
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
        window.until(() ->
                window.transcript().contains("Reply to the first.")
                        && window.turn() instanceof TurnState.Idle);
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
        window.until(() ->
                window.transcript().contains("Your turn.")
                        && window.turn() instanceof TurnState.Idle);
        String said = TestWindow.on(window::transcript);
        assertThat(said.indexOf("Amber it is.")).isLessThan(said.indexOf("Your turn."));
        assertThat(api.requests().toString()).contains("use amber glass");
    }
}
