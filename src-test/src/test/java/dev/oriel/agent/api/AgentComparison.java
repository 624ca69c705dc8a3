package dev.oriel.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.agent.ConversationLog;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.message.Message;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaude;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Plays scenarios with the CLI and with the agent on the Messages API, with the same model, and
/// compares their messages: order, members, results of tools. What differs on purpose is listed in
/// `differences.tsv`.
final class AgentComparison implements AutoCloseable {
    private static final String VERSION = "2.1.332";
    private static final Pattern NEW_CELL = Pattern.compile("Inserted cell ([0-9a-f]{8})");
    private static final ObjectMapper SORTED =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private final Path temp;
    private final FakeMessagesApi api;
    private final ClaudeCli cli;
    private final ApiAgents agents;
    private final Map<String, String> differences = new HashMap<>();
    private @Nullable List<String> tools;
    private @Nullable String mode;

    /// What an agent has done.
    private record Outcome(List<Message> messages, List<String> toolResults) {}

    /// Drives an agent.
    @FunctionalInterface
    interface Scenario {
        void play(AgentRun run) throws Exception;
    }

    /// Prepares the folder of an agent.
    @FunctionalInterface
    interface Setup {
        void prepare(Path folder) throws IOException;
    }

    /// Skips the test where there is no CLI.
    AgentComparison(Path temp) throws IOException, InterruptedException {
        this.temp = temp;
        RealClaude real = RealClaude.orSkip(temp.resolve("home"));
        real.requireVersion(VERSION, "the messages are those of CLI " + VERSION);
        try (InputStream file =
                Objects.requireNonNull(
                        AgentComparison.class.getResourceAsStream("/differences.tsv"))) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .map(l -> l.split("\t", 2))
                    .forEach(l -> differences.put(l[0], l[1]));
        }
        api = FakeMessagesApi.start();
        cli = new ClaudeCli(real.settings(), real.machine(api));
        agents = AgentRun.apiAgents(api, temp.resolve("api"));
    }

    /// Both agents have these tools only.
    AgentComparison withTools(String... names) {
        tools = List.of(names);
        return this;
    }

    /// Both agents start in this permission mode.
    AgentComparison withMode(String name) {
        mode = name;
        return this;
    }

    FakeMessagesApi api() {
        return api;
    }

    @Override
    public void close() {
        cli.close();
        agents.close();
        api.close();
    }

    /// In empty folders.
    void compare(List<FakeReply> model, Scenario scenario) throws Exception {
        compare(_ -> {}, _ -> model, scenario);
    }

    /// @param model the answers for an agent in a folder
    void compare(Setup setup, Function<Path, List<FakeReply>> model, Scenario scenario)
            throws Exception {
        Outcome expected = play(cli, "cli", setup, model, scenario);
        Outcome actual = play(agents, "own", setup, model, scenario);
        // The CLI asks and runs tools while the end of the stream arrives.
        assertSoftly(softly -> {
            softly.assertThat(results(actual)).isEqualTo(results(expected));
            softly.assertThat(order(actual, false)).isEqualTo(order(expected, false));
            softly.assertThat(order(actual, true)).isEqualTo(order(expected, true));
            softly.assertThat(missing(expected, actual)).isEmpty();
        });
    }

    /// Sends control requests after a turn, and compares the members of the replies.
    void compareReplies(Setup setup, List<FakeReply> model, List<ObjectNode> requests)
            throws Exception {
        Map<String, Set<String>> expected = new LinkedHashMap<>();
        Map<String, Set<String>> actual = new LinkedHashMap<>();
        play(cli, "cli", setup, _ -> model, run -> replies(run, requests, expected));
        play(agents, "own", setup, _ -> model, run -> replies(run, requests, actual));
        expected.forEach((request, members) -> {
            members.removeAll(actual.getOrDefault(request, Set.of()));
            members.removeIf(this::isKnown);
        });
        expected.values().removeIf(Set::isEmpty);
        assertThat(expected).as("members that are missing").isEmpty();
    }

    private static void replies(
            AgentRun run, List<ObjectNode> requests, Map<String, Set<String>> replies) {
        run.turn("go");
        for (ObjectNode request : requests) {
            ObjectNode reply = run.control(request);
            String name = "reply to " + request.path("subtype").asText();
            Set<String> members = new TreeSet<>();
            MessageShape.membersOf(reply).forEach(m -> members.add(name + ": " + m));
            replies.merge(
                    name,
                    members,
                    (a, b) -> {
                        a.addAll(b);
                        return a;
                    });
        }
    }

    private List<String> results(Outcome outcome) {
        return outcome.toolResults.stream()
                .filter(text -> !differences.containsKey("result of a tool: " + firstWords(text)))
                .toList();
    }

    private static String firstWords(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40);
    }

    /// Without the answers that the CLI has made itself, which it streams like those of the model.
    private List<String> order(Outcome outcome, boolean isStream) {
        List<Message> chosen = new ArrayList<>();
        boolean isOwn = false;
        for (Message message : outcome.messages) {
            if ("message_start".equals(message.eventType())) {
                JsonNode id = message.tree().path("event").path("message").path("id");
                isOwn = !id.asText().matches("msg_[0-9a-f]{32}"); // as the fake API makes them
            }
            if (message.is("stream_event") == isStream
                    && !(isStream && isOwn)
                    && !isReport(message)) {
                chosen.add(message);
            }
        }
        return MessageShape.order(chosen, differences.keySet());
    }

    /// A text of a subagent: the CLI shows its last one in the result alone.
    private static boolean isReport(Message message) {
        return message.is("assistant")
                && message.tree().path("parent_tool_use_id").isTextual()
                && MessageShape.kind(message).equals("assistant[text]");
    }

    /// Members that the CLI's messages have and ours have not.
    private Set<String> missing(Outcome expected, Outcome actual) {
        Set<String> mine = MessageShape.members(actual.messages);
        Set<String> missing = new TreeSet<>(MessageShape.members(expected.messages));
        missing.removeAll(mine);
        missing.removeIf(this::isKnown);
        return missing;
    }

    /// Whether a member is listed: with its kind, or for all kinds with `*`, or by its kind alone.
    private boolean isKnown(String line) {
        int colon = line.indexOf(": ");
        String kind = line.substring(0, colon);
        String path = line.substring(colon + 2, line.lastIndexOf(' ')).replace("[]", "");
        for (String prefix = path; ; prefix = prefix.substring(0, prefix.lastIndexOf('.'))) {
            if (differences.containsKey(kind + ": " + prefix)
                    || differences.containsKey("*: " + prefix)) {
                return true;
            }
            if (prefix.indexOf('.') < 0) {
                return differences.containsKey(kind);
            }
        }
    }

    private Outcome play(
            AgentProvider provider,
            String name,
            Setup setup,
            Function<Path, List<FakeReply>> model,
            Scenario scenario)
            throws Exception {
        Path folder = Files.createDirectories(temp.resolve(name)).toRealPath();
        setup.prepare(folder);
        api.clearQueue();
        api.enqueue(model.apply(folder).toArray(FakeReply[]::new));
        AgentOptions options =
                tools == null
                        ? AgentOptions.NONE
                        : new AgentOptions(List.of(), tools, null, null, null);
        try (AgentRun run =
                new AgentRun(
                        provider,
                        folder,
                        mode,
                        options,
                        AgentSecrets.NONE,
                        ConversationLog.EMPTY)) {
            scenario.play(run);
            run.events.awaitMessage(m -> isIdle(m, run));
            return new Outcome(
                    withoutSlowCommands(run.events.messages()), toolResults(run, folder));
        }
    }

    private static boolean isIdle(Message message, AgentRun run) {
        return message.tree().path("state").asText().equals("idle")
                && run.events.messages().lastIndexOf(message)
                        > run.events
                                .messages()
                                .lastIndexOf(run.events.messages("result").getLast());
    }

    /// Without the messages about commands in the foreground: the CLI has them for slow ones only.
    private static List<Message> withoutSlowCommands(List<Message> messages) {
        Set<String> tasks = new HashSet<>();
        for (Message message : messages) {
            JsonNode tree = message.tree();
            if ("task_started".equals(message.subtype())
                    && tree.path("task_type").asText().equals("local_bash")
                    && !tree.path("is_backgrounded").asBoolean()) {
                tasks.add(tree.path("task_id").asText());
            }
        }
        return messages.stream()
                .filter(m -> !tasks.contains(m.tree().path("task_id").asText()))
                .toList();
    }

    /// The texts of the results, each followed by its `tool_use_result` for tools on files.
    private static List<String> toolResults(AgentRun run, Path folder) {
        List<String> results = new ArrayList<>();
        for (Message message : run.events.messages("user")) {
            JsonNode block = message.tree().path("message").path("content").path(0);
            if (block.path("type").asText().equals("tool_result")) {
                results.add(text(block.path("content")).replace(folder.toString(), "FOLDER"));
                JsonNode details = message.tree().path("tool_use_result");
                if (isOfFile(details)) {
                    ObjectNode told = details.deepCopy();
                    told.remove("durationMs");
                    results.add("= " + sorted(told).replace(folder.toString(), "FOLDER"));
                }
            }
        }
        Matcher newCell = NEW_CELL.matcher(results.toString());
        String id = newCell.find() ? newCell.group(1) : "no new cell";
        results.replaceAll(text -> text.replace(id, "NEW"));
        return results;
    }

    /// With the members of all objects in the order of their names.
    private static String sorted(JsonNode tree) {
        try {
            return SORTED.writeValueAsString(SORTED.treeToValue(tree, Object.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfFile(JsonNode details) {
        return details.has("filePath")
                || details.has("file")
                || details.has("filenames")
                || details.has("notebook_path");
    }

    private static String text(JsonNode content) {
        return content.isTextual() ? content.asText() : sorted(content);
    }
}
