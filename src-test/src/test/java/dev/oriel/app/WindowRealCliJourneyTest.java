package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.composer.TurnState;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.window.ClaudeWindowJourney;
import java.nio.file.Path;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// The whole window with its own server and the real `claude` CLI, which talks to a fake API.
class WindowRealCliJourneyTest extends ClaudeWindowJourney {
    private static String bash(String command) {
        return Json.object().put("command", command).put("description", "Do it").toString();
    }

    @Test
    void anAnswerIsStreamedAndTheSessionContinuesAfterARestart() {
        TestWindow window = open();
        api.enqueue(FakeReply.text("Hello ", "from ", "here."))
                .enqueue(FakeReply.text("Still blue."));
        window.say("my colour is blue");
        awaitIdleWith(window, "Hello from here.");
        window.close();
        TestWindow again = open();
        again.until(() -> again.transcript().contains("Hello from here."));
        again.say("which colour");
        again.until(() -> again.transcript().contains("Still blue."));
        assertThat(api.requests().getLast().body().toString()).contains("my colour is blue");
    }

    @Test
    void aCommandRunsOnceItIsAllowedByKeyboard() {
        TestWindow window = open();
        Path made = folder.resolve("made");
        api.enqueue(FakeReply.toolUse("Bash", bash("touch " + made + " && echo 42 panes")))
                .enqueue(FakeReply.text("There they are."));
        window.say("count");
        window.until(() -> window.shown("ask-allow") && window.wiring().asks().armed().get());
        window.chord(KeyCode.ALT, KeyCode.Y);
        window.until(() -> window.transcript().contains("There they are."));
        assertThat(api.requests().getLast().lastUserText()).contains("42 panes");
        assertThat(made).exists();
        assertThat(TestWindow.on(() -> window.shown("ask-allow"))).isFalse();
    }

    @Test
    void aDeniedCommandDoesNotRun() {
        TestWindow window = open();
        Path made = folder.resolve("made");
        api.enqueue(FakeReply.toolUse("Bash", bash("touch " + made)))
                .enqueue(FakeReply.text("All right."));
        window.say("make it");
        window.until(() -> window.shown("ask-allow") && window.wiring().asks().armed().get());
        window.chord(KeyCode.ALT, KeyCode.N);
        window.until(() -> window.transcript().contains("All right."));
        assertThat(made).doesNotExist();
    }

    @Test
    void escInterruptsALongAnswerAndTheSessionContinues() {
        TestWindow window = open();
        api.enqueue(FakeReply.text("One moment, ").waiting(gate)).enqueue(FakeReply.text("Here."));
        window.say("hi");
        window.until(() -> window.transcript().contains("One moment"));
        window.type(KeyCode.ESCAPE);
        window.until(() -> window.turn() instanceof TurnState.Interrupted);
        window.say("again");
        window.until(() -> window.transcript().contains("Here."));
    }
}
