package dev.oriel.app;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.composer.TurnState;
import dev.oriel.app.updates.BuildInfo;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.peer.TestReleaseFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;

/// Takes screenshots of every state of the window, for a review by eye: each size in light and
/// dark. Arguments: the folder to write to, and sizes such as `1000x700`.
public final class WindowScreenshots {
    private final Path out;
    private final String theme;
    private final int width;
    private final int height;

    private WindowScreenshots(Path out, String theme, int width, int height) {
        this.out = out;
        this.theme = theme;
        this.width = width;
        this.height = height;
    }

    public static void main(String[] args) throws Exception {
        Screenshot.useHeadlessToolkit();
        for (String size : List.of(args).subList(1, args.length)) {
            String[] parts = size.split("[x:]");
            for (String theme :
                    parts.length > 2 ? new String[] {parts[2]} : new String[] {"light", "dark"}) {
                new WindowScreenshots(
                                Path.of(args[0]),
                                theme,
                                Integer.parseInt(parts[0]),
                                Integer.parseInt(parts[1]))
                        .all();
            }
        }
        System.exit(0);
    }

    private Path folder(int textSize) throws IOException {
        Path folder = Files.createTempDirectory("oriel-states");
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("settings.json"),
                """
                {"theme":"%s","text_size":%d,"reduced_motion":true,"allow_bypass":true,"cli_path":"/nowhere/claude"}\
                """
                        .formatted(theme, textSize));
        return folder;
    }

    private TestWindow window(String agent, int textSize) throws IOException {
        return TestWindow.open(
                TestWindow.paths(folder(textSize)), agent, ClaudeCli::new, width, height);
    }

    private void take(TestWindow window, String name) throws IOException {
        Screenshot.write(
                window.stage().getScene(),
                out.resolve("%s-%d-%s.png".formatted(name, width, theme)));
    }

    private void all() throws IOException {
        updates(15);
        updates(28);
        try (TestWindow window = window("cli", 15)) {
            window.until(() -> ((MenuButton) window.node("begin-agent")).isVisible());
            take(window, "first-run");
            sheets(window);
        }
        try (TestWindow window = window("demo", 15)) {
            talk(window);
            queue(window);
            asks(window);
            search(window);
            links(window);
        }
        try (TestWindow window = window("demo", 24)) {
            window.say("hello");
            until(window, "what else the demo can play");
            take(window, "large-text");
        }
    }

    /// The card of the second start, the card about a new version, and a form that a link filled
    /// in.
    private void updates(int textSize) throws IOException {
        String size = textSize == 15 ? "" : "-large";
        Path folder = folder(textSize);
        Path state = Files.createDirectories(folder.resolve("state"));
        Files.writeString(state.resolve("updates.json"), "{\"starts\":1}");
        try (TestReleaseFeed feed = new TestReleaseFeed()) {
            feed.replyWith(
                    200,
                    """
                    [{"version":"0.2.0","date":"2026-12-01","page":"%s","notes":"- Sessions open at once, also \
                    long ones.\\n- The sidebar remembers its width.\\n- A relay that restarts is found again."}]
                    """
                            .formatted(feed.at("/download")));
            var published = new BuildInfo(feed.at("/releases.json"), feed.at("/download"), "0.1.0");
            var outside = new SystemServices(ClaudeCli::new, Optional.empty(), published, _ -> {});
            try (TestWindow window =
                    TestWindow.open(TestWindow.paths(folder), "demo", outside, width, height)) {
                window.until(() -> window.shown("updates-yes"));
                take(window, "updates-question" + size);
                window.press("updates-yes");
                window.until(() -> window.shown("updates-page"));
                take(window, "updates-news" + size);
                window.press("updates-close");
                window.bringToFront(
                        OrielCommand.parseForwarded(
                                        "oriel:connect?url=wss://example.org/relay/ws&kind=relay")
                                .orElseThrow());
                window.until(() -> window.shown("remote-connect"));
                take(window, "link");
                window.type(KeyCode.ESCAPE);
                window.press("open-settings");
                TestWindow.run(() ->
                        ((ScrollPane) window.stage().getScene().lookup(".panel-scroll"))
                                .setVvalue(0.7));
                take(window, "settings-lower");
            }
        }
    }

    private static void until(TestWindow window, String said) {
        window.until(() ->
                window.transcript().contains(said) && window.turn() instanceof TurnState.Idle);
    }

    private void sheets(TestWindow window) throws IOException {
        window.press("server");
        window.until(() -> window.shown("connect-remote"));
        take(window, "server");
        window.press("connect-remote");
        take(window, "connect");
        window.type(KeyCode.ESCAPE);
        window.press("server");
        window.until(() -> window.shown("open-protocol"));
        window.press("open-protocol");
        take(window, "protocol");
        window.type(KeyCode.ESCAPE);
        window.press("open-settings");
        take(window, "settings");
        window.type(KeyCode.ESCAPE);
        window.press("shortcuts");
        take(window, "keys");
        window.type(KeyCode.ESCAPE);
    }

    private void talk(TestWindow window) throws IOException {
        window.say("hello");
        until(window, "what else the demo can play");
        take(window, "answer");
        window.say("error");
        until(window, "Failed");
        take(window, "failed");
    }

    private void queue(TestWindow window) throws IOException {
        window.chord(KeyCode.CONTROL, KeyCode.N);
        window.say("long essay about bay windows, with a title that does not fit into the sidebar");
        window.until(() -> window.transcript().contains("Part 1"));
        for (String prompt :
                List.of(
                        "Then make it shorter",
                        "And now as a table with three columns, one for the kind of window, one"
                                + " for the century, and one for where the finest of them stands",
                        "help")) {
            window.say(prompt);
        }
        window.until(() -> window.stage().getScene().getRoot().lookupAll(".queued").size() == 3);
        window.write("And while it works, a draft\nof two lines");
        take(window, "queue");
        TestWindow.run(() ->
                window.stage().getScene().getRoot().lookupAll(".queued").stream()
                        .flatMap(card -> card.lookupAll(".ghost").stream())
                        .map(Button.class::cast)
                        .filter(b -> b.getAccessibleText().startsWith("Delete"))
                        .forEach(Button::fire));
        window.write("");
        window.type(KeyCode.ESCAPE);
        window.until(() -> window.turn() instanceof TurnState.Interrupted);
        take(window, "stopped");
    }

    private void asks(TestWindow window) throws IOException {
        ask(
                window,
                "Bash",
                Json.object().put("command", "git push --force-with-lease origin main"));
        take(window, "ask-short");
        withdraw(window);
        ask(
                window,
                "Bash",
                Json.object()
                        .put(
                                "command",
                                "find . -name '*.class' -newer pom.xml -print0 |\n"
                                    + "  xargs -0 -n 50 sh -c 'for f; do javap -p \"$f\" | grep -q"
                                    + " \"Deprecated\" && echo \"$f\"; done' _ |\n"
                                    + "  sort -u > /tmp/found.txt && rm -rf ./build\u202e/txt.sj")
                        .put("description", "Look for deprecated members in what was built"));
        take(window, "ask-command");
        withdraw(window);
        ask(
                window,
                "Edit",
                Json.object()
                        .put("file_path", "/home/you/garden/src/Window.java")
                        .put(
                                "old_string",
                                "class Window {\n    int panes = 2;\n\n    void open() {")
                        .put(
                                "new_string",
                                "class Window {\n    /// Of an oriel.\n    int panes = 3;\n\n   "
                                        + " void open() {"));
        take(window, "ask-diff");
        withdraw(window);
    }

    private static void ask(
            TestWindow window, String tool, com.fasterxml.jackson.databind.node.ObjectNode input) {
        var m = Json.object().put("type", "control_request").put("request_id", "r1");
        m.putObject("request")
                .put("subtype", "can_use_tool")
                .put("tool_name", tool)
                .set("input", input);
        TestWindow.run(() -> window.wiring().asks().receive(Message.of(m), false));
        window.until(() -> window.wiring().asks().armed().get());
    }

    private static void withdraw(TestWindow window) {
        TestWindow.run(() ->
                window.wiring()
                        .asks()
                        .receive(
                                Message.of(
                                        Json.object()
                                                .put("type", "control_cancel_request")
                                                .put("request_id", "r1")),
                                true));
    }

    private void search(TestWindow window) throws IOException {
        TestWindow.run(() -> ((TextField) window.node("filter")).setText("bracket"));
        window.until(() -> window.stage().getScene().getRoot().lookup(".found-word") != null);
        TestWindow.run(() -> {
            ListView<?> list = (ListView<?>) window.node("sessions");
            list.requestFocus();
            list.getSelectionModel().selectLast();
        });
        window.until(() -> window.selected().equals("bracket"));
        take(window, "found");
        TestWindow.run(() -> ((TextField) window.node("filter")).setText("found nowhere"));
        window.until(() -> window.stage().getScene().lookup(".sidebar-empty") != null);
        take(window, "nothing-found");
        TestWindow.run(() -> ((TextField) window.node("filter")).setText(""));
    }

    private void links(TestWindow window) throws IOException {
        TestWindow.run(() -> window.wiring().server().stop());
        window.until(() -> window.button("link-state").getText().startsWith("Offline"));
        window.write("Are you still there?");
        take(window, "offline");
        window.say("Are you still there?");
        window.until(() -> window.stage().getScene().lookup(".queued") != null);
        take(window, "kept");
        TestWindow.run(() -> window.wiring().server().start());
        window.until(() -> window.button("link-state").getText().equals("Live"));
    }
}
