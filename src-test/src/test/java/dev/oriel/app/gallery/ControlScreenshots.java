package dev.oriel.app.gallery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.Screenshot;
import dev.oriel.app.TestWindow;
import dev.oriel.app.asks.AskDraft;
import dev.oriel.app.asks.PlanComment;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.composer.TurnState;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.claude.FakeClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.fxmisc.richtext.GenericStyledArea;

/// Takes screenshots of the chips under the composer and of the panels for usage and MCP servers,
/// for a review by eye: each size in light, dark and high contrast. Arguments: the folder to write
/// to, and sizes with the size of text, such as `1000x700x15`.
public final class ControlScreenshots {
    private static final String MODELS =
            """
            {"commands":[],"models":[
            {"value":"default","resolvedModel":"claude-opus-5-5","displayName":"Default (recommended)",
            "description":"Use the default model (currently Opus 5.5) · $4/$20 per Mtok",
            "supportedEffortLevels":["low","medium","high","xhigh","max"]},
            {"value":"sonnet","resolvedModel":"claude-sonnet-5-5","displayName":"Sonnet",
            "description":"Sonnet 5.5 · Efficient for routine tasks",
            "supportedEffortLevels":["low","medium","high","xhigh","max"]},
            {"value":"haiku","resolvedModel":"claude-haiku-5-5","displayName":"Haiku",
            "description":"Haiku 5.5 · Fastest for quick answers"}]}
            """
                    .replace("\n", "");

    private static final String CONTEXT =
            """
            {"totalTokens":46000,"maxTokens":200000,"categories":[
            {"name":"System prompt","tokens":3200,"kind":"used"},
            {"name":"System tools","tokens":11800,"kind":"used"},
            {"name":"System tools (deferred)","tokens":12464,"kind":"deferred"},
            {"name":"MCP tools","tokens":6400,"kind":"used"},
            {"name":"Memory files","tokens":900,"kind":"used"},
            {"name":"Messages","tokens":23700,"kind":"used"},
            {"name":"Autocompact buffer","tokens":33000,"kind":"buffer"},
            {"name":"Free space","tokens":121000,"kind":"free"}]}
            """
                    .replace("\n", "");
    private static final String USAGE =
            """
            {"subscription_type":"max","rate_limits":{
            "five_hour":{"utilization":37,"resets_at":"2126-03-01T14:10:00Z"},
            "seven_day":{"utilization":82,"resets_at":"2126-03-05T08:00:00Z"},
            "seven_day_opus":{"utilization":96,"resets_at":null}}}
            """
                    .replace("\n", "");

    private static final String MCP =
            """
            {"mcpServers":[{"name":"notes","status":"connected","scope":"project",
            "config":{"type":"http","url":"https://notes.example.org/mcp"},
            "tools":[{"name":"add","description":"Adds a note.","annotations":{}},
            {"name":"remove","annotations":{"destructive":true}}]},
            {"name":"tracker","status":"needs-auth","scope":"user",
            "config":{"type":"http","url":"https://tracker.example.org/mcp"}},
            {"name":"files","status":"failed","scope":"local","error":"spawn files ENOENT",
            "config":{"command":"files","args":["--all"]}},
            {"name":"old","status":"disabled","scope":"user","config":{"command":"old"}}]}
            """
                    .replace("\n", "");

    private static final String LOGIN =
            "{\"authUrl\":\"https://id.example.org/authorize?client_id=claude&state=abc\","
                    + "\"callbackExpected\":true}";

    private final Path out;
    private final String theme;
    private final int[] size;

    private ControlScreenshots(Path out, String theme, int[] size) {
        this.out = out;
        this.theme = theme;
        this.size = size;
    }

    public static void main(String[] args) throws Exception {
        Screenshot.useHeadlessToolkit();
        for (String size : List.of(args).subList(1, args.length)) {
            int[] numbers = List.of(size.split("x")).stream().mapToInt(Integer::parseInt).toArray();
            for (String theme : List.of("light", "dark", "contrast")) {
                new ControlScreenshots(Path.of(args[0]), theme, numbers).all();
            }
        }
        System.exit(0);
    }

    private void all() throws IOException {
        Path folder = Files.createTempDirectory("oriel-control");
        Files.writeString(
                Files.createDirectories(folder.resolve("config")).resolve("settings.json"),
                "{\"theme\":\"%s\",\"text_size\":%d,\"reduced_motion\":true}"
                        .formatted(theme, size[2]));
        FakeClaude fake =
                FakeClaude.in(folder.resolve("fake"))
                        .replying("initialize", MODELS)
                        .replying("get_context_usage", CONTEXT)
                        .replying("get_usage", USAGE)
                        .replying("mcp_status", MCP)
                        .replying("mcp_authenticate", LOGIN)
                        .turn(t -> t.text("Hello from the fake.").line(answer(46_000)))
                        .turn(t -> t.text("And again.").line(answer(168_000)))
                        .turn(t -> t.text("Nearly done.").line(answer(197_000)))
                        .install();
        try (TestWindow window =
                TestWindow.open(
                        TestWindow.paths(folder),
                        "cli",
                        s -> new ClaudeCli(s.withExecutable(fake.executable())),
                        size[0],
                        size[1])) {
            window.until(
                    () -> ((MenuButton) window.node("begin-agent")).getText().startsWith("Claude"));
            take(window, "chips-new");
            window.say("Paint the shutters");
            window.until(() -> window.transcript().contains("Hello from the fake."));
            window.until(() -> window.turn() instanceof TurnState.Idle);
            menu(window, "model");
            menu(window, "effort");
            menu(window, "mode");
            TestWindow.run(() -> window.shell().options().setEffort("high"));
            window.until(
                    () -> ((MenuButton) window.node("effort")).getText().equals("High effort"));
            take(window, "chips");
            asks(window);
            window.press("open-mcp");
            window.until(() -> window.node("mcp-tools-notes") != null);
            window.press("mcp-tools-notes");
            take(window, "mcp");
            window.press("mcp-login-tracker");
            window.until(() -> window.node("mcp-login-open") != null);
            take(window, "mcp-login");
            window.type(KeyCode.ESCAPE);
            window.chord(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.U);
            window.until(() -> window.node("count-context") != null);
            take(window, "usage");
            for (String name : List.of("high", "full")) {
                window.type(KeyCode.ESCAPE);
                window.say("go on");
                window.until(() ->
                        window.button("context").getText().contains("full")
                                || (name.equals("high")
                                        && window.button("context").getText().contains("filling")));
                window.chord(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.U);
                window.until(() -> window.node("count-context") != null);
                take(window, "usage-" + name);
            }
        }
    }

    private void asks(TestWindow window) throws IOException {
        ObjectNode command = Json.object().put("subtype", "can_use_tool").put("tool_name", "Bash");
        command.putObject("input").put("command", "git diff --stat && make paint (all)");
        ObjectNode rules = command.putArray("permission_suggestions").addObject();
        rules.put("type", "addRules").put("behavior", "allow").put("destination", "localSettings");
        rules.putArray("rules")
                .addObject()
                .put("toolName", "Bash")
                .put("ruleContent", "git diff:*");
        rules.withArray("rules")
                .addObject()
                .put("toolName", "Bash")
                .put("ruleContent", "make paint (all)");
        ask(window, command, "a1");
        ask(window, command, "a2");
        take(window, "ask-scopes");
        menu(window, "ask-scopes");
        TestWindow.run(() -> window.asks().attach("", _ -> false));
        ObjectNode plan =
                Json.object().put("subtype", "can_use_tool").put("tool_name", "ExitPlanMode");
        plan.putObject("input")
                .put(
                        "plan",
                        "# Paint the shutters\n\n1. Read `Window.java`\n2. Add a **pane**\n3. Test"
                                + " it");
        ask(window, plan, "p1");
        TestWindow.run(() -> {
            AskDraft draft =
                    window.asks().draft(Objects.requireNonNull(window.asks().shown().get()));
            draft.addComment(new PlanComment("2. Add a **pane**", "Two panes, please."));
            Ask now = window.asks().shown().get();
            window.asks().show(null);
            window.asks().show(now);
        });
        window.until(() -> window.node("plan-parts") != null);
        TestWindow.run(() -> ((MenuButton) window.node("plan-parts")).getItems().getLast().fire());
        window.until(() -> window.asks().armed().get());
        take(window, "ask-plan");
        TestWindow.run(() -> window.asks().attach("", _ -> false));
        ObjectNode questions =
                Json.object().put("subtype", "can_use_tool").put("tool_name", "AskUserQuestion");
        ObjectNode question = questions.putObject("input").putArray("questions").addObject();
        question.put("question", "Which layout?").put("header", "Layout");
        for (String label : List.of("Columns", "Rows")) {
            question.withArray("options")
                    .addObject()
                    .put("label", label)
                    .put("description", "Panes in " + label.toLowerCase(Locale.ROOT))
                    .put("preview", "+---+---+\n| a | b |\n+---+---+");
        }
        ObjectNode more = questions.withObject("input").withArray("questions").addObject();
        more.put("question", "Which colours?").put("multiSelect", true);
        for (String label : List.of("Blue", "Amber", "Stone")) {
            more.withArray("options").addObject().put("label", label).put("description", "");
        }
        ask(window, questions, "q1");
        TestWindow.run(() ->
                ((RadioButton) window.stage().getScene().lookup(".ask .radio-button"))
                        .setSelected(true));
        take(window, "ask-preview");
        TestWindow.run(() -> window.asks().attach("", _ -> false));
        edit(window);
        form(window);
    }

    private void edit(TestWindow window) throws IOException {
        ObjectNode edit = Json.object().put("subtype", "can_use_tool").put("tool_name", "Edit");
        edit.putObject("input")
                .put("file_path", "/proj/Bay.java")
                .put("old_string", "class Bay {\n    int panes = 3;\n}\n")
                .put("new_string", "class Bay {\n    int panes = 4;\n}\n");
        ask(window, edit, "e1");
        TestWindow.run(() -> ((Hyperlink) window.node("ask-edit")).fire());
        TestWindow.run(() ->
                ((TextInputControl) window.node("ask-input"))
                        .setText("class Bay {\n    int panes = 5;\n    int doors = 1;\n}\n"));
        window.until(() ->
                window.node("ask-diff") instanceof GenericStyledArea<?, ?, ?> area
                        && area.getText().contains("doors"));
        take(window, "ask-edit");
        TestWindow.run(() -> window.asks().attach("", _ -> false));
    }

    private void form(TestWindow window) throws IOException {
        ObjectNode form = Json.object().put("subtype", "elicitation");
        form.put("mcp_server_name", "tracker").put("message", "Describe the issue to file.");
        ObjectNode schema = form.putObject("requested_schema").put("type", "object");
        schema.putArray("required").add("title").add("mail");
        ObjectNode fields = schema.putObject("properties");
        fields.putObject("title").put("type", "string").put("title", "Title").put("minLength", 3);
        fields.putObject("mail").put("type", "string").put("title", "Mail").put("format", "email");
        fields.putObject("votes")
                .put("type", "integer")
                .put("title", "Votes")
                .put("minimum", 1)
                .put("maximum", 5)
                .put("default", 3);
        ObjectNode kind = fields.putObject("kind").put("type", "string").put("title", "Kind");
        kind.putArray("oneOf").addObject().put("const", "bug").put("title", "A defect");
        kind.withArray("oneOf").addObject().put("const", "idea").put("title", "An idea");
        fields.putObject("urgent").put("type", "boolean").put("title", "Urgent");
        ask(window, form, "f1");
        TestWindow.run(() -> ((TextInputControl) window.node("ask-field-1")).setText("not a mail"));
        take(window, "ask-form");
        TestWindow.run(() -> window.asks().attach("", _ -> false));
        ObjectNode page = Json.object().put("subtype", "elicitation").put("mode", "url");
        page.put("mcp_server_name", "tracker").put("message", "Log in to continue.");
        page.put("url", "https://tracker.example.org/login?next=%2Fissues")
                .put("elicitation_id", "1");
        ask(window, page, "u1");
        take(window, "ask-url");
        TestWindow.run(() -> window.asks().attach("", _ -> false));
    }

    private static void ask(TestWindow window, ObjectNode request, String id) {
        ObjectNode frame = Json.object().put("type", "control_request").put("request_id", id);
        frame.set("request", request);
        TestWindow.run(() -> window.asks().receive(Message.of(frame), false));
        window.until(() -> window.asks().armed().get());
    }

    private static String answer(int tokens) {
        return "{\"type\":\"assistant\",\"message\":{\"id\":\"m\",\"role\":\"assistant\","
                + "\"model\":\"claude-opus-5-5\",\"content\":[],\"usage\":{\"input_tokens\":"
                + tokens
                + "}}}\n{\"type\":\"result\",\"subtype\":\"success\",\"num_turns\":0,"
                + "\"total_cost_usd\":0.42,\"modelUsage\":{\"claude-opus-5-5\":"
                + "{\"contextWindow\":200000}}}";
    }

    private void menu(TestWindow window, String chip) throws IOException {
        MenuButton button = (MenuButton) window.node(chip);
        TestWindow.run(button::show);
        window.until(() -> button.getItems().size() > 2 && Window.getWindows().size() > 1);
        Screenshot.write(
                TestWindow.on(() -> Window.getWindows().getLast().getScene()),
                file("menu-" + chip));
        TestWindow.run(button::hide);
    }

    private void take(TestWindow window, String name) throws IOException {
        Screenshot.write(window.stage().getScene(), file(name));
    }

    private Path file(String name) {
        return out.resolve("%s-%dx%d-%s.png".formatted(name, size[0], size[2], theme));
    }
}
