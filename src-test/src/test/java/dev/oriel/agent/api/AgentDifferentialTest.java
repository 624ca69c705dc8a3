package dev.oriel.agent.api;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaude;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The CLI and the agent on the Messages API with the same model: their messages have the same
/// order and members, and their tools the same results. What differs on purpose is listed in
/// `differences.tsv`.
@Timeout(300)
class AgentDifferentialTest {
    @TempDir Path temp;
    private RealClaude real;
    private FakeMessagesApi api;
    private ClaudeCli cli;
    private ApiAgents agents;
    private final Map<String, String> differences = new HashMap<>();
    private final CountDownLatch never = new CountDownLatch(1);

    /// What an agent has done.
    private record Outcome(List<Message> messages, List<String> toolResults) {}

    /// Drives an agent.
    @FunctionalInterface
    private interface Scenario {
        void play(AgentRun run) throws Exception;
    }

    @BeforeEach
    void begin() throws Exception {
        real = RealClaude.orSkip(temp.resolve("home"));
        real.requireVersion("2.1.332", "the messages are those of CLI 2.1.332");
        api = FakeMessagesApi.start();
        cli = new ClaudeCli(real.settings(), real.machine(api));
        agents = AgentRun.apiAgents(api, temp.resolve("api"));
        try (InputStream file =
                Objects.requireNonNull(
                        AgentDifferentialTest.class.getResourceAsStream("/differences.tsv"))) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .map(l -> l.split("\t", 2))
                    .forEach(l -> differences.put(l[0], l[1]));
        }
    }

    @AfterEach
    void end() {
        never.countDown();
        if (agents != null) {
            cli.close();
            agents.close();
            api.close();
        }
    }

    @Test
    void textAndThinking() throws Exception {
        compare(
                List.of(FakeReply.thinking("Hm, ", "well.").andText("Yes, ", "it is.")),
                run -> run.turn("is it?"));
    }

    @Test
    void twoTurns() throws Exception {
        compare(
                List.of(FakeReply.text("One"), FakeReply.text("Two")),
                run -> {
                    run.turn("first");
                    run.turn("second");
                });
    }

    @Test
    void commandsThatSucceedAndFail() throws Exception {
        compare(
                List.of(
                        bash("echo hi; echo err >&2"),
                        bash("echo out; echo err >&2; exit 3"),
                        bash("true"),
                        FakeReply.text("Done")),
                run -> run.turn("go"));
    }

    @Test
    void theFolderOfCommands() throws Exception {
        compare(
                List.of(
                        bash("mkdir sub; cd sub && pwd"),
                        bash("pwd"),
                        bash("cd / && pwd"),
                        bash("pwd"),
                        FakeReply.text("Done")),
                run -> run.turn("go"));
    }

    @Test
    void callsWithFaults() throws Exception {
        compare(
                List.of(
                        FakeReply.toolUse("Nope", "{\"a\":1}"),
                        FakeReply.toolUse("Bash", "{}"),
                        FakeReply.toolUse("Bash", "{\"command\":7}"),
                        FakeReply.toolUse("Bash", "{\"command\":\"ls\",\"zz\":1}"),
                        FakeReply.toolUse("Bash", "{\"zz\":1,\"yy\":2}"),
                        FakeReply.text("Done")),
                run -> run.turn("go"));
    }

    @Test
    void aDeniedCall() throws Exception {
        compare(
                List.of(bash("touch x"), FakeReply.text("Done")),
                run -> {
                    run.send("go");
                    run.reply(
                            run.events.awaitAsk(1),
                            Json.object().put("behavior", "deny").put("message", "Not now."));
                    run.finish();
                });
    }

    @Test
    void aDenialThatInterrupts() throws Exception {
        compare(
                List.of(bash("touch x"), FakeReply.text("Next")),
                run -> {
                    run.send("go");
                    run.reply(
                            run.events.awaitAsk(1),
                            Json.object()
                                    .put("behavior", "deny")
                                    .put("message", "Not now.")
                                    .put("interrupt", true));
                    run.finish();
                    run.turn("again");
                });
    }

    @Test
    void aQuestionToTheUser() throws Exception {
        ObjectNode input = Json.object();
        ObjectNode question =
                input.putArray("questions")
                        .addObject()
                        .put("question", "Which one?")
                        .put("header", "Pick")
                        .put("multiSelect", false);
        question.putArray("options")
                .add(Json.object().put("label", "A").put("description", "a"))
                .add(Json.object().put("label", "B").put("description", "b"));
        compare(
                List.of(
                        FakeReply.toolUse("AskUserQuestion", input.toString()),
                        FakeReply.text("Done")),
                run -> {
                    run.send("go");
                    ObjectNode updated = input.deepCopy();
                    updated.putObject("answers").put("Which one?", "B");
                    ObjectNode decision = Json.object().put("behavior", "allow");
                    decision.set("updatedInput", updated);
                    run.reply(run.events.awaitAsk(1), decision);
                    run.finish();
                });
    }

    @Test
    void anInterruptInMidStream() throws Exception {
        compare(
                List.of(FakeReply.unfinished(never, "Once ", "upon"), FakeReply.text("Next")),
                run -> {
                    run.send("go");
                    run.events.awaitMessage(m -> m.tree().toString().contains("upon"));
                    run.interrupt();
                    run.finish();
                    run.turn("again");
                });
    }

    @Test
    void anErrorOfTheApi() throws Exception {
        compare(
                List.of(
                        FakeReply.failure(404, "not_found_error", "model: no-such-model"),
                        FakeReply.text("Next")),
                run -> {
                    run.turn("go");
                    run.turn("again");
                });
    }

    private void compare(List<FakeReply> model, Scenario scenario) throws Exception {
        Outcome expected = play(cli, "cli", model, scenario);
        Outcome actual = play(agents, "own", model, scenario);
        // The CLI asks and runs tools while the end of the stream arrives.
        assertSoftly(softly -> {
            softly.assertThat(results(actual)).isEqualTo(results(expected));
            softly.assertThat(order(actual, false)).isEqualTo(order(expected, false));
            softly.assertThat(order(actual, true)).isEqualTo(order(expected, true));
            softly.assertThat(missing(expected, actual)).isEmpty();
        });
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
            if (message.is("stream_event") == isStream && !(isStream && isOwn)) {
                chosen.add(message);
            }
        }
        return MessageShape.order(chosen, differences.keySet());
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
            AgentProvider provider, String name, List<FakeReply> model, Scenario scenario)
            throws Exception {
        api.clearQueue();
        api.enqueue(model.toArray(FakeReply[]::new));
        Path folder = Files.createDirectories(temp.resolve(name)).toRealPath();
        try (AgentRun run = new AgentRun(provider, folder, null)) {
            scenario.play(run);
            run.events.awaitMessage(m -> isIdle(m, run));
            List<String> results = new ArrayList<>();
            run.toolResults().forEach(r -> results.add(r.replace(folder.toString(), "FOLDER")));
            return new Outcome(run.events.messages(), results);
        }
    }

    private static boolean isIdle(Message message, AgentRun run) {
        return message.tree().path("state").asText().equals("idle")
                && run.events.messages().lastIndexOf(message)
                        > run.events
                                .messages()
                                .lastIndexOf(run.events.messages("result").getLast());
    }

    private static FakeReply bash(String command) {
        ObjectNode input = Json.object().put("command", command).put("description", "Do it");
        return FakeReply.toolUse("Bash", input.toString());
    }
}
