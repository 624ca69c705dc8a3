package dev.oriel.testing.window;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.HostMachine;
import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.RealClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import javafx.scene.control.MenuButton;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What journeys through the window with the real `claude` CLI have in common. Each test has its
/// own folder, CLI and fake API, and opens the window itself. Without a CLI it is skipped.
public abstract class ClaudeWindowJourney {
    /// Contains all files of the test; `home` is the home folder of the CLI.
    @TempDir protected Path folder;

    /// For replies of the API that wait. Opened after each test at the latest.
    protected final CountDownLatch gate = new CountDownLatch(1);

    protected RealClaude real;
    protected FakeMessagesApi api;
    private @Nullable TestWindow opened;

    @BeforeEach
    final void startApi() throws IOException {
        real = RealClaude.orSkip(folder.resolve("home"));
        api = FakeMessagesApi.start();
    }

    @AfterEach
    final void closeWindowAndApi() {
        gate.countDown();
        if (opened != null) {
            opened.close();
        }
        if (api != null) {
            api.close();
        }
    }

    /// Opens the window and waits until the CLI is chosen. It is closed after the test; a test that
    /// opens another one closes the first itself.
    protected TestWindow open() {
        return open(real.machine(api));
    }

    /// Opens the window on another machine than that of [#open()].
    protected TestWindow open(HostMachine machine) {
        TestWindow window =
                TestWindow.cli(
                        folder, s -> new ClaudeCli(s.withExecutable(real.executable()), machine));
        opened = window;
        window.until(
                () -> ((MenuButton) window.node("begin-agent")).getText().startsWith("Claude"));
        return window;
    }

    /// Writes the user's settings of the CLI. To be called before the first prompt.
    protected void writeUserSettings(String json) throws IOException {
        Path settings = folder.resolve("home").resolve(".claude").resolve("settings.json");
        Files.createDirectories(settings.getParent());
        Files.writeString(settings, json);
    }

    protected static boolean isIdle(TestWindow window) {
        return window.turn() instanceof TurnState.Idle;
    }

    /// Waits until the turn has ended and a text is in the conversation.
    protected static void awaitIdleWith(TestWindow window, String text) {
        window.until(() -> window.transcript().contains(text) && isIdle(window));
    }

    /// Presses Enter on the last place of a text in the conversation.
    protected static void enterOn(TestWindow window, String text) {
        TestWindow.run(() -> {
            TranscriptArea area = (TranscriptArea) window.node("transcript");
            area.requestFocus();
            area.moveTo(area.getText().lastIndexOf(text));
        });
        window.type(KeyCode.ENTER);
    }
}
