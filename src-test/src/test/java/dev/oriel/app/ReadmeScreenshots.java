package dev.oriel.app;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.composer.TurnState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Takes the screenshots of the README: the real window with the demo agent. `packaging/README.md`
/// has the command.
public final class ReadmeScreenshots {
    private final Path out;
    private final Path garden;

    private ReadmeScreenshots(Path out, Path garden) {
        this.out = out;
        this.garden = garden;
    }

    /// @param args the folder to write to
    public static void main(String[] args) throws Exception {
        Screenshot.useHeadlessToolkit();
        Path garden = Path.of(System.getProperty("java.io.tmpdir"), "garden");
        var pictures = new ReadmeScreenshots(Path.of(args[0]), Files.createDirectories(garden));
        for (String theme : new String[] {"light", "dark"}) {
            pictures.take("window-" + theme, theme, 1280, 860, "tools", "ask-allow");
            pictures.take("answer-" + theme, theme, 1000, 700, "hello", "");
            pictures.take("begin-" + theme, theme, 1000, 700, "", "");
        }
        System.exit(0);
    }

    /// @param prompt the user's prompt; empty for the first screen
    /// @param until id of a node that must be shown; empty for the end of the turn
    private void take(String name, String theme, int width, int height, String prompt, String until)
            throws IOException {
        Path folder = Files.createTempDirectory("oriel-pictures");
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("settings.json"),
                "{\"theme\":\"%s\",\"default_folder\":\"%s\"}".formatted(theme, garden));
        try (TestWindow window =
                TestWindow.open(TestWindow.paths(folder), "demo", ClaudeCli::new, width, height)) {
            if (!prompt.isEmpty()) {
                window.write(prompt);
                window.press("send");
                window.until(() -> window.turn() instanceof TurnState.Running);
                window.until(() ->
                        until.isEmpty()
                                ? window.turn() instanceof TurnState.Idle
                                : window.wiring().asks().armed().get());
            }
            Screenshot.write(window.stage().getScene(), out.resolve(name + ".png"));
        }
    }
}
