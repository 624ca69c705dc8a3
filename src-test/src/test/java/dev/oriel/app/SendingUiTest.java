package dev.oriel.app;

import dev.oriel.app.composer.Turn;
import dev.oriel.testing.Wheel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a person sees of what was just sent.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SendingUiTest {
    @TempDir Path folder;

    private static void scrollUp(OpenWindow window) {
        OpenWindow.run(() -> Wheel.turn(window.node("transcript"), 2_000));
    }

    @Test
    void whoHasScrolledUpAndSendsSomethingIsTakenToTheEnd() {
        try (OpenWindow window = OpenWindow.demo(folder)) {
            window.say("hello");
            window.until(() ->
                    window.transcript().contains("what else the demo can play")
                            && window.turn() instanceof Turn.Quiet);
            scrollUp(window);
            window.until(() -> window.shown("jump-latest"));
            window.say("help");
            window.until(() ->
                    window.transcript().lastIndexOf("help") > window.transcript().length() / 2
                            && window.turn() instanceof Turn.Quiet
                            && !window.shown("jump-latest"));
        }
    }
}
