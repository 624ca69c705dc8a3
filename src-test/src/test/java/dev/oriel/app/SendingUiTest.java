package dev.oriel.app;

import dev.oriel.app.composer.TurnState;
import dev.oriel.testing.manual.MouseWheel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the window shows after a prompt was sent.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SendingUiTest {
    @TempDir Path folder;

    private static void scrollUp(TestWindow window) {
        TestWindow.run(() -> MouseWheel.turn(window.node("transcript"), 2_000));
    }

    @Test
    void sendingScrollsToTheEnd() {
        try (TestWindow window = TestWindow.demo(folder)) {
            window.say("hello");
            window.until(() ->
                    window.transcript().contains("what else the demo can play")
                            && window.turn() instanceof TurnState.Idle);
            scrollUp(window);
            window.until(() -> window.shown("jump-latest"));
            window.say("help");
            window.until(() ->
                    window.transcript().lastIndexOf("help") > window.transcript().length() / 2
                            && window.turn() instanceof TurnState.Idle
                            && !window.shown("jump-latest"));
        }
    }
}
