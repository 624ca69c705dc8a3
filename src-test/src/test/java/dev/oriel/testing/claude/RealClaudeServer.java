package dev.oriel.testing.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.HostMachine;
import dev.oriel.gateway.ServerConfig;
import dev.oriel.message.Json;
import dev.oriel.platform.OperatingSystem;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// A real server whose agent is the real `claude` CLI, connected to a [FakeMessagesApi]. Each frame
/// is returned to the test once, so that several turns can share one process.
public final class RealClaudeServer implements AutoCloseable {
    private final RealClaude real;
    private final FakeMessagesApi api;
    private final ClaudeCli cli;
    private final RunningServer server;
    private final Path folder;
    private final Set<String> asked = new HashSet<>();

    private RealClaudeServer(
            RealClaude real, FakeMessagesApi api, ClaudeCli cli, RunningServer server, Path f) {
        this.real = real;
        this.api = api;
        this.cli = cli;
        this.server = server;
        this.folder = f;
    }

    /// Starts the server, or skips the test if there is no CLI.
    ///
    /// @param variables environment variables added to those that the CLI needs; null removes one
    public static RealClaudeServer in(
            Path folder, UnaryOperator<ServerConfig> setUp, Map<String, String> variables)
            throws IOException {
        RealClaude real = RealClaude.orSkip(folder.resolve("home"));
        FakeMessagesApi api = FakeMessagesApi.start();
        Map<String, String> env = new HashMap<>(real.environment(api));
        variables.forEach((name, value) -> {
            if (value.isEmpty()) {
                env.remove(name);
            } else {
                env.put(name, value);
            }
        });
        Path home = folder.resolve("home");
        HostMachine machine = new HostMachine(OperatingSystem.LINUX, home, home, Map.copyOf(env));
        ClaudeCli cli = new ClaudeCli(real.settings(), machine);
        return new RealClaudeServer(real, api, cli, RunningServer.in(folder, setUp, cli), folder);
    }

    public RealClaude real() {
        return real;
    }

    public FakeMessagesApi api() {
        return api;
    }

    public RunningServer server() {
        return server;
    }

    /// Creates a session in the folder `project`.
    public UUID session() throws IOException, InterruptedException {
        var reply =
                server.call("POST", "/v1/sessions", Json.object().put("cwd", project().toString()));
        return UUID.fromString(Json.mapper().readTree(reply.body()).path("id").asText());
    }

    /// The home folder of the CLI.
    public Path home() {
        return folder.resolve("home");
    }

    public Path project() throws IOException {
        return Files.createDirectories(folder.resolve("project")).toRealPath();
    }

    /// Waits for the next ask that was not returned yet.
    public JsonNode awaitAsk(NativeClient client) {
        JsonNode ask =
                client.await(
                        f ->
                                f.at("/request/subtype").asText().equals("can_use_tool")
                                        && !asked.contains(f.path("request_id").asText()),
                        "an ask");
        asked.add(ask.path("request_id").asText());
        return ask;
    }

    /// Whether all asks were returned.
    public boolean hasNoAsk(NativeClient client) {
        return client.frames().stream()
                .filter(f -> f.at("/request/subtype").asText().equals("can_use_tool"))
                .allMatch(f -> asked.contains(f.path("request_id").asText()));
    }

    public static void resolveAsk(NativeClient client, JsonNode ask, boolean allow) {
        ObjectNode answer = Json.object().put("behavior", allow ? "allow" : "deny");
        if (allow) {
            answer.set("updatedInput", ask.at("/request/input"));
        } else {
            answer.put("message", "Not this.");
        }
        client.sendDecision(ask.path("request_id").asText(), answer.toString());
    }

    /// Waits for the end of a prompt's turn and returns its result.
    public static JsonNode awaitResult(NativeClient client, UUID prompt) {
        client.await(
                f ->
                        f.path("command_uuid").asText().equals(prompt.toString())
                                && f.path("state").asText().equals("completed"),
                "the end of the turn");
        return client.journaled().stream()
                .filter(f -> f.path("type").asText().equals("result"))
                .toList()
                .getLast();
    }

    /// Creates an input of the tool Bash.
    public static String bash(String command) {
        return Json.object().put("command", command).put("description", "Do it").toString();
    }

    @Override
    public void close() {
        server.close();
        cli.close();
        api.close();
    }
}
