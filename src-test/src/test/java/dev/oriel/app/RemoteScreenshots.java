package dev.oriel.app;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.composer.TurnState;
import dev.oriel.client.ServerKind;
import dev.oriel.testing.peer.FakeCompatServer;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.input.KeyCode;

/// Takes screenshots of the window connected to a server of each kind, light and dark, for a review
/// by eye. Argument: the folder to write to.
public final class RemoteScreenshots {
    private RemoteScreenshots() {}

    public static void main(String[] args) throws Exception {
        Screenshot.useHeadlessToolkit();
        for (String theme : new String[] {"light", "dark"}) {
            for (ServerKind kind : ServerKind.values()) {
                if (kind != ServerKind.NATIVE) {
                    take(Path.of(args[0]), theme, kind);
                }
            }
        }
        System.exit(0);
    }

    private static void take(Path out, String theme, ServerKind kind) throws Exception {
        Path folder = Files.createTempDirectory("oriel-remote");
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("settings.json"),
                "{\"theme\":\"%s\",\"reduced_motion\":true}".formatted(theme));
        try (FakeCompatServer server = new FakeCompatServer(kind);
                TestWindow window =
                        TestWindow.open(
                                TestWindow.paths(folder), "demo", ClaudeCli::new, 1000, 700)) {
            String end = "-%s-%s.png".formatted(kind.id(), theme);
            window.press("server");
            window.until(() -> window.shown("connect-remote"));
            window.press("connect-remote");
            window.until(() -> window.shown("remote-connect"));
            if (kind == ServerKind.ENHANCED) {
                Screenshot.write(window.stage().getScene(), out.resolve("form" + end));
            }
            window.type(KeyCode.ESCAPE);
            window.until(() -> !window.shown("server-panel"));
            RemoteWindowUiTest.connect(window, server.url(), "token", kind.label());
            window.until(() ->
                    !window.shown("server-panel")
                            && window.button("link-state").getText().equals("Live")
                            && window.wiring().server().kind().get() == kind);
            Screenshot.write(window.stage().getScene(), out.resolve("begin" + end));
            window.say("good morning");
            window.until(() -> window.transcript().contains("good morning"));
            window.until(() -> window.turn() instanceof TurnState.Idle);
            Screenshot.write(window.stage().getScene(), out.resolve("talk" + end));
            window.press("server");
            window.until(() -> window.shown("abilities"));
            Screenshot.write(window.stage().getScene(), out.resolve("panel" + end));
            window.press("open-protocol");
            window.until(() -> window.shown("protocol-frames"));
            Screenshot.write(window.stage().getScene(), out.resolve("protocol" + end));
        }
    }
}
