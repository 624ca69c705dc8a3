package dev.oriel.app;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.composer.Turn;
import dev.oriel.client.Kind;
import dev.oriel.testing.OtherServer;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.input.KeyCode;

/// Makes a picture of the window at a server of each kind, light and dark, for looking at.
/// Argument: the folder to write to.
public final class RemoteStates {
    private RemoteStates() {}

    public static void main(String[] args) throws Exception {
        Png.withoutAScreen();
        for (String theme : new String[] {"light", "dark"}) {
            for (Kind kind : Kind.values()) {
                if (kind != Kind.NATIVE) {
                    take(Path.of(args[0]), theme, kind);
                }
            }
        }
        System.exit(0);
    }

    private static void take(Path out, String theme, Kind kind) throws Exception {
        Path folder = Files.createTempDirectory("oriel-remote");
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("settings.json"),
                "{\"theme\":\"%s\",\"reduced_motion\":true}".formatted(theme));
        try (OtherServer server = new OtherServer(kind);
                OpenWindow window =
                        OpenWindow.open(
                                OpenWindow.paths(folder), "demo", ClaudeCli::new, 1000, 700)) {
            String end = "-%s-%s.png".formatted(kind.word(), theme);
            window.press("server");
            window.until(() -> window.shown("connect-remote"));
            window.press("connect-remote");
            window.until(() -> window.shown("remote-connect"));
            if (kind == Kind.ENHANCED) {
                Png.write(window.stage().getScene(), out.resolve("form" + end));
            }
            window.type(KeyCode.ESCAPE);
            window.until(() -> !window.shown("server-panel"));
            RemoteWindowUiTest.connect(window, server.url(), "token", kind.label());
            window.until(() ->
                    !window.shown("server-panel")
                            && window.button("link-state").getText().equals("Live")
                            && window.wiring().server().kind().get() == kind);
            Png.write(window.stage().getScene(), out.resolve("begin" + end));
            window.say("good morning");
            window.until(() -> window.transcript().contains("good morning"));
            window.until(() -> window.turn() instanceof Turn.Quiet);
            Png.write(window.stage().getScene(), out.resolve("talk" + end));
            window.press("server");
            window.until(() -> window.shown("abilities"));
            Png.write(window.stage().getScene(), out.resolve("panel" + end));
            window.press("open-protocol");
            window.until(() -> window.shown("protocol-frames"));
            Png.write(window.stage().getScene(), out.resolve("protocol" + end));
        }
    }
}
