package dev.oriel.testing.fakeclaude;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads standard input and processes it; a [TurnPlayer] plays the turns on a separate thread.
public final class FakeClaudeProcess {
    private static final Pattern REQUEST_ID =
            Pattern.compile("\"request_id\"\\s*:\\s*\"([^\"]*)\"");
    private static final Pattern SUBTYPE = Pattern.compile("\"subtype\"\\s*:\\s*\"([^\"]*)\"");
    private static final Pattern TYPE = Pattern.compile("^\\s*\\{.*?\"type\"\\s*:\\s*\"([^\"]*)\"");
    private static final Set<String> ACKNOWLEDGED =
            Set.of(
                    "apply_flag_settings",
                    "set_model",
                    "set_permission_mode",
                    "set_max_thinking_tokens",
                    "mcp_status",
                    "mcp_set_servers",
                    "mcp_message");

    private final Path folder;
    private final FakeScript script;
    private final String session;
    private final BlockingQueue<String> prompts = new LinkedBlockingQueue<>();
    private final TurnPlayer player;

    private FakeClaudeProcess(Path folder, FakeScript script, String session) {
        this.folder = folder;
        this.script = script;
        this.session = session;
        this.player = new TurnPlayer(folder, session, script::filterCapabilities);
    }

    /// @param args the folder, followed by the arguments of the CLI
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        List<String> arguments = List.of(args).subList(1, args.length);
        append(folder, "launches", String.join("\u001F", arguments));
        append(folder, "pids", String.valueOf(ProcessHandle.current().pid()));
        List<String> environment = new ArrayList<>();
        environment.add("PWD_REAL=" + Path.of("").toAbsolutePath());
        System.getenv().forEach((k, v) -> environment.add(k + "=" + v.replace('\n', ' ')));
        Files.write(folder.resolve("environment"), new TreeSet<>(environment));
        FakeScript script = FakeScript.read(folder.resolve("script"));
        script.exitAtStart();
        checkOptions(folder, arguments);
        String resumed = option(arguments, "--resume");
        String fresh = option(arguments, "--session-id");
        checkConversation(folder, resumed, fresh);
        // Without an id a new conversation begins.
        String session =
                Stream.of(resumed, fresh)
                        .filter(id -> !id.isEmpty())
                        .findFirst()
                        .orElseGet(() -> UUID.randomUUID().toString());
        new FakeClaudeProcess(folder, script, session).run();
    }

    /// Ends as an old version does that does not know an option: the one in the file `rejects`.
    private static void checkOptions(Path folder, List<String> arguments) throws IOException {
        Path rejects = folder.resolve("rejects");
        if (Files.exists(rejects) && arguments.contains(Files.readString(rejects))) {
            System.err.println("error: unknown option '" + Files.readString(rejects) + "'");
            System.exit(1);
        }
    }

    private static void checkConversation(Path folder, String resumed, String fresh) {
        if (!resumed.isEmpty() && !Files.exists(folder.resolve("sessions").resolve(resumed))) {
            String words = "No conversation found with session ID: " + resumed;
            System.out.println(
                    "{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true,"
                            + "\"num_turns\":0,\"errors\":[\""
                            + words
                            + "\"]}");
            System.err.println(words);
            System.exit(1);
        }
        if (!fresh.isEmpty() && Files.exists(folder.resolve("sessions").resolve(fresh))) {
            System.err.println("Error: Session ID " + fresh + " is already in use.");
            System.exit(1);
        }
    }

    private void run() throws Exception {
        Thread turns = Thread.ofPlatform().daemon().name("turns").start(this::playTurns);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = in.readLine()) != null) {
            if (!line.isBlank()) {
                append(folder, "heard", line);
                receive(line);
            }
        }
        if (script.ignoresEndOfInput()) {
            Thread.currentThread().join();
        }
        prompts.add("");
        turns.join();
        System.exit(player.lastResultWasError() ? 1 : 0);
    }

    private void receive(String line) throws IOException {
        String type = first(TYPE, line);
        if (!line.strip().startsWith("{") || !line.strip().endsWith("}") || type.isEmpty()) {
            System.err.println("Error parsing streaming input line (type=unknown): SyntaxError");
            System.exit(1);
        }
        switch (type) {
            case "user" -> {
                Files.writeString(folder.resolve("sessions").resolve(session), "");
                prompts.add(line);
            }
            case "control_request" -> control(first(SUBTYPE, line), first(REQUEST_ID, line));
            case "control_response" -> player.onResponse(first(REQUEST_ID, line), line);
            default -> {
                // Ignored, as by the real CLI.
            }
        }
    }

    private void control(String subtype, String id) {
        if (script.ignores(subtype)) {
            return;
        }
        String scripted = script.reply(subtype);
        if (scripted != null) {
            player.replySuccess(id, scripted);
            return;
        }
        switch (subtype) {
            case "initialize" ->
                    player.replySuccess(id, script.filterCapabilities(CliLines.INITIALIZED));
            case "interrupt" -> player.interrupt(id);
            case "end_session" -> System.exit(0);
            default -> {
                if (ACKNOWLEDGED.contains(subtype)) {
                    player.replySuccess(id, "{}");
                } else {
                    player.replyError(id, "Unsupported control request subtype: " + subtype);
                }
            }
        }
    }

    private void playTurns() {
        try {
            player.playSteps(script.start());
            int turn = 0;
            while (!prompts.take().isEmpty()) {
                player.play(script.turn(turn++));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.exit(141);
        }
    }

    private static String option(List<String> arguments, String name) {
        for (int i = 0; i < arguments.size(); i++) {
            String each = arguments.get(i);
            if (each.startsWith(name + "=")) {
                return each.substring(name.length() + 1);
            }
            if (each.equals(name) && i + 1 < arguments.size()) {
                return arguments.get(i + 1);
            }
        }
        return "";
    }

    private static String first(Pattern pattern, String line) {
        Matcher m = pattern.matcher(line);
        return m.find() ? m.group(1) : "";
    }

    static void append(Path folder, String name, String line) throws IOException {
        Files.writeString(
                folder.resolve(name),
                line + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
