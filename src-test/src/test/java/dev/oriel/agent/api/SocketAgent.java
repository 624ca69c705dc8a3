package dev.oriel.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.EnvironmentKeys;
import dev.oriel.account.FixedAccount;
import dev.oriel.account.StoredAccounts;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.ConversationLog;
import dev.oriel.agent.api.connect.AccountConnections;
import dev.oriel.agent.api.wire.MessagesApiFactory;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;

/// An agent with all its parts, whose server is a strict fake of the Messages API. It waits for
/// nothing between two attempts, and its folder has one file. Its conversation can be resumed from
/// the messages alone.
public final class SocketAgent implements AutoCloseable {
    public static final String KEY = "sk-ant-canary-8842";

    public final List<Duration> pauses = new CopyOnWriteArrayList<>();
    public final Path folder;
    private final FakeMessagesApi api;
    private final ApiAgents agents;
    private final List<Message> journal = new ArrayList<>();
    private AgentRun run;

    public SocketAgent(FakeMessagesApi api, Path temp) throws Exception {
        this(api, temp, new AccountConnections(), Map.of());
    }

    /// @param connections opens the connection to the fake
    /// @param variables more of the environment that describes the account
    public SocketAgent(
            FakeMessagesApi api,
            Path temp,
            MessagesApiFactory connections,
            Map<String, String> variables)
            throws Exception {
        this.api = api;
        folder = Files.createDirectories(temp.resolve("project"));
        Files.writeString(folder.resolve("kept.txt"), "one\ntwo\n");
        Map<String, String> environment = new HashMap<>();
        environment.put("ANTHROPIC_API_KEY", KEY);
        environment.put("ANTHROPIC_BASE_URL", api.url());
        environment.putAll(variables);
        FixedAccount account = Objects.requireNonNull(EnvironmentKeys.find(environment));
        agents =
                new ApiAgents(
                        new ApiSettings(
                                StoredAccounts.only(account),
                                connections,
                                temp.resolve("data"),
                                temp.resolve("home"),
                                "claude-opus-5-5",
                                false,
                                false,
                                false),
                        (duration, cancel) -> {
                            pauses.add(duration);
                            cancel.check();
                        });
        run = open();
    }

    private AgentRun open() throws AgentUnavailableException {
        List<Message> before = List.copyOf(journal);
        ConversationLog log = each -> before.forEach(each);
        return new AgentRun(agents, folder, null, AgentSecrets.NONE, log);
    }

    public AgentRun run() {
        return run;
    }

    /// Sends a prompt and allows what is asked, until the turn has ended.
    public JsonNode turn(String text) {
        return run.turn(text);
    }

    /// Ends the agent and starts another one that knows the messages alone.
    public void resume() throws AgentUnavailableException {
        journal.addAll(run.journal());
        run.close();
        run = open();
    }

    /// The next prompt is answered, with a history that the API accepts: the running agent's, and
    /// that of one that was started again.
    public void goesOn() throws AgentUnavailableException {
        answers("and now?");
        resume();
        answers("and again?");
    }

    private void answers(String prompt) {
        api.clearQueue();
        api.refusing(_ -> null);
        api.enqueue(FakeReply.text("Still here"));
        JsonNode result = turn(prompt);
        assertThat(result.path("result").asText()).as(result.toString()).isEqualTo("Still here");
        assertThat(result.path("is_error").asBoolean()).isFalse();
        assertThat(api.problems()).isEmpty();
    }

    /// The texts that the user sees of errors: of the last report, of retries and notices.
    public String report() {
        List<Message> reports =
                run.events.messages("assistant").stream()
                        .filter(m -> m.tree().path("is_api_error_message").asBoolean())
                        .toList();
        return reports.isEmpty()
                ? ""
                : reports.getLast().tree().at("/message/content/0/text").asText();
    }

    /// The CLI's name of the last reported error.
    public String errorName() {
        List<Message> reports =
                run.events.messages("assistant").stream()
                        .filter(m -> m.tree().has("error"))
                        .toList();
        return reports.isEmpty() ? "" : reports.getLast().tree().path("error").asText();
    }

    /// Files of the folder with their contents.
    public Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    /// Nothing was changed.
    public void filesAreUntouched() throws IOException {
        assertThat(files()).containsExactly(Map.entry("kept.txt", "one\ntwo\n"));
    }

    /// No message contains the key.
    public void tellsNoSecret() {
        assertThat(run.events.messages()).noneMatch(m -> m.tree().toString().contains(KEY));
    }

    /// A call of Bash.
    public static FakeReply bash(String command) {
        return calls("Bash", i -> i.put("command", command).put("description", "Do it"));
    }

    /// A call of a tool.
    public static FakeReply calls(String tool, Function<ObjectNode, ObjectNode> input) {
        return FakeReply.toolUse(tool, input.apply(Json.object()).toString());
    }

    @Override
    public void close() {
        run.close();
        agents.close();
    }
}
