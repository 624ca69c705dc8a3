package dev.oriel.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.composer.TurnState;
import dev.oriel.client.ServerKind;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.claude.FakeClaude;
import dev.oriel.testing.peer.FakeCompatServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;

/// Takes screenshots of errors, asks and text of other origin, for a review by eye: each size in
/// light and dark. Arguments: the folder to write to, and sizes with the size of text, such as
/// `1000x700x15`.
public final class FaultScreenshots {
    private static final String EMOJI_TITLE = "🚀 Ship it ✅ for 👩\u200d💻 and 🇩🇪 שלום, עולם!";

    private final Path out;
    private final String theme;
    private final int[] size;

    private FaultScreenshots(Path out, String theme, int[] size) {
        this.out = out;
        this.theme = theme;
        this.size = size;
    }

    public static void main(String[] args) throws Exception {
        Screenshot.useHeadlessToolkit();
        for (String size : List.of(args).subList(1, args.length)) {
            int[] numbers = List.of(size.split("x")).stream().mapToInt(Integer::parseInt).toArray();
            for (String theme : List.of("dark", "light")) {
                new FaultScreenshots(Path.of(args[0]), theme, numbers).all();
            }
        }
        System.exit(0);
    }

    private void all() throws IOException {
        Path folder = folder();
        Path project = Files.createDirectories(folder.resolve("garden 🌱"));
        Files.writeString(
                project.resolve(".mcp.json"),
                "{\"mcpServers\":{\"notes\":{\"command\":\"notes\",\"args\":[\"--all\"]}}}");
        FakeClaude fake =
                FakeClaude.in(folder.resolve("fake"))
                        .turn(t ->
                                t.ask("Bash", "{\"command\":\"echo 🚀 && make build_native\"}")
                                        .line(tool("echo 🚀 && make 'שלום, עולם'"))
                                        .line(retry())
                                        .line(
                                                failed(
                                                        "Credit is used up. Run `claude` and"
                                                                + " `/login`.")))
                        .turn(t -> t.hang())
                        .install();
        try (TestWindow window =
                TestWindow.open(
                        TestWindow.paths(folder),
                        "cli",
                        s -> new ClaudeCli(s.withExecutable(fake.executable())),
                        size[0],
                        size[1])) {
            TestWindow.run(() -> window.wiring().shell().draft().folder().set(project.toString()));
            window.say(EMOJI_TITLE);
            window.until(() -> window.wiring().asks().armed().get());
            take(window, "trust");
            window.press("ask-deny");
            window.until(() -> asked(window, "Run this"));
            take(window, "ask-emoji");
            TestWindow.run(() -> window.wiring().asks().allow());
            window.until(() -> window.turn() instanceof TurnState.Idle);
            take(window, "failed");
            asks(window);
            window.say("and go on");
            window.until(() -> window.turn() instanceof TurnState.Running);
            TestWindow.run(window::requestClose);
            window.until(() -> window.shown("confirm"));
            take(window, "quit");
            window.type(KeyCode.ESCAPE);
            TestWindow.run(() -> window.wiring().composer().interrupt());
            connect(window);
            TestWindow.run(() -> {
                window.wiring()
                        .shell()
                        .toasts()
                        .error("Your message could not be saved to disk: no space left on device");
                window.wiring().shell().toasts().info("Answered elsewhere, or no longer asked.");
            });
            take(window, "toasts");
        }
        unsent();
        lost();
    }

    /// A server that is lost, in a window that knows several.
    private void lost() throws IOException {
        Path folder = folder();
        try (TestWindow window =
                TestWindow.open(
                        TestWindow.paths(folder), "demo", ClaudeCli::new, size[0], size[1])) {
            for (ServerKind kind : List.of(ServerKind.ENHANCED, ServerKind.MANAGER)) {
                try (FakeCompatServer server = new FakeCompatServer(kind)) {
                    RemoteWindowUiTest.connect(window, server.url(), "token", kind.label());
                    window.until(() ->
                            window.wiring().server().kind().get() == kind
                                    && window.button("link-state").getText().equals("Live"));
                }
                window.until(() -> window.button("link-state").getText().contains(" in "));
            }
            take(window, "lost");
            window.press("server");
            window.until(() -> window.shown("connect-own"));
            take(window, "lost-panel");
            window.press("connect-own");
            window.until(() -> window.shown("known-servers"));
            take(window, "known");
        }
    }

    private Path folder() throws IOException {
        Path folder = Files.createTempDirectory("oriel-faults");
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("settings.json"),
                "{\"theme\":\"%s\",\"text_size\":%d,\"reduced_motion\":true}"
                        .formatted(theme, size[2]));
        return folder;
    }

    private void take(TestWindow window, String name) throws IOException {
        Screenshot.write(
                window.stage().getScene(),
                out.resolve("%s-%dx%d-%s.png".formatted(name, size[0], size[2], theme)));
    }

    private static boolean asked(TestWindow window, String words) {
        return window.wiring().asks().armed().get()
                && window.stage().getScene().getRoot().lookupAll(".ask-question").stream()
                        .anyMatch(n -> ((Labeled) n).getText().contains(words));
    }

    private void asks(TestWindow window) throws IOException {
        ObjectNode plan =
                Json.object().put("subtype", "can_use_tool").put("tool_name", "ExitPlanMode");
        plan.putObject("input")
                .put(
                        "plan",
                        """
                        # Plan ✅

                        1. Read `Window.java`
                        2. Add a **pane** 🚀
                        3. Test it

                        - one
                        - two

                        ```java
                        int panes = 3;
                        ```
                        """);
        ask(window, plan, "plan");
        ObjectNode form =
                Json.object().put("subtype", "elicitation").put("mcp_server_name", "notes");
        form.put("message", "Where shall the notes go? 📒");
        ObjectNode properties =
                form.putObject("requested_schema").put("type", "object").putObject("properties");
        properties
                .putObject("path")
                .put("type", "string")
                .put("title", "Path")
                .put("description", "A folder that exists");
        properties
                .putObject("kind")
                .put("type", "string")
                .putArray("enum")
                .add("short")
                .add("long");
        properties.putObject("often").put("type", "boolean").put("title", "Every day");
        properties.putObject("count").put("type", "integer").put("title", "How many");
        form.withObject("requested_schema").putArray("required").add("path");
        ask(window, form, "form");
        ObjectNode address =
                Json.object().put("subtype", "elicitation").put("mcp_server_name", "notes");
        address.put("message", "Log in to go on.")
                .put("url", "https://example.org/login?from=notes");
        ask(window, address, "address");
        ObjectNode questions =
                Json.object().put("subtype", "can_use_tool").put("tool_name", "AskUserQuestion");
        ObjectNode question = questions.putObject("input").putArray("questions").addObject();
        question.put("question", "Which 🎨 do you want?")
                .put("header", "Colour")
                .put("multiSelect", false);
        for (String label : List.of("Blue 🔵", "כחול, ירוק", "Something else")) {
            question.withArray("options")
                    .addObject()
                    .put("label", label)
                    .put("description", "What " + label + " means");
        }
        ask(window, questions, "questions");
    }

    private void ask(TestWindow window, ObjectNode request, String name) throws IOException {
        ObjectNode m = Json.object().put("type", "control_request").put("request_id", name);
        m.set("request", request);
        TestWindow.run(() -> {
            window.wiring().asks().attach("s", _ -> true);
            window.wiring().asks().receive(Message.of(m), false);
        });
        window.until(() -> window.wiring().asks().armed().get());
        take(window, "ask-" + name);
        TestWindow.run(() -> window.wiring().asks().dismiss());
    }

    private void connect(TestWindow window) throws IOException {
        String own = TestWindow.on(() -> window.wiring().server().address().get());
        for (String[] to : new String[][] {{"http://127.0.0.1:9", "x"}, {own, "wrong"}}) {
            RemoteWindowUiTest.connect(window, to[0], to[1], ServerKind.NATIVE.label());
            window.until(() -> window.shown("remote-wrong"));
            take(window, "connect-" + to[1]);
            window.type(KeyCode.ESCAPE);
        }
    }

    /// A prompt for which no agent can be started.
    private void unsent() throws IOException {
        Path folder = folder();
        try (TestWindow window =
                TestWindow.open(
                        TestWindow.paths(folder),
                        "cli",
                        s -> new ClaudeCli(s.withExecutable(Path.of("/nowhere/claude"))),
                        size[0],
                        size[1])) {
            TestWindow.run(() -> {
                window.wiring().composer().text().set("Please look at this 🚀");
                window.wiring().composer().send();
            });
            window.until(
                    () -> window.shown("transcript") && window.transcript().contains("Send again"));
            take(window, "unsent");
        }
    }

    private static String tool(String command) {
        ObjectNode m = Json.object().put("type", "assistant").putNull("parent_tool_use_id");
        ObjectNode use =
                m.putObject("message")
                        .put("id", "msg_t")
                        .put("role", "assistant")
                        .putArray("content")
                        .addObject();
        use.put("type", "tool_use").put("id", "toolu_t").put("name", "Bash");
        use.putObject("input").put("command", command);
        return m.toString();
    }

    private static String retry() {
        return Json.object()
                .put("type", "system")
                .put("subtype", "api_retry")
                .put("attempt", 2)
                .put("max_retries", 10)
                .put("error_status", 529)
                .toString();
    }

    private static String failed(String words) {
        ObjectNode m =
                Json.object()
                        .put("type", "assistant")
                        .put("error", "billing_error")
                        .putNull("parent_tool_use_id");
        m.putObject("message")
                .put("id", "msg_f")
                .put("model", "<synthetic>")
                .put("role", "assistant")
                .putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", words);
        return m.toString();
    }
}
