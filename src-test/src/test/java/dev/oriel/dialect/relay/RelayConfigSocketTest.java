package dev.oriel.dialect.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentOptions.SystemPrompt;
import dev.oriel.dialect.files.WorkFolder;
import dev.oriel.gateway.DialectPort;
import dev.oriel.gateway.DialectSettings;
import dev.oriel.gateway.ServerConfig;
import dev.oriel.message.Json;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `GET|POST /config`: its effect on the agent, its access control, and the separation of ports.
class RelayConfigSocketTest {
    private final ScriptedProvider claude = new ScriptedProvider();
    private final HttpClient http = HttpClient.newHttpClient();
    private @TempDir Path folder;
    private RunningServer server;

    private void start(UnaryOperator<ServerConfig> setUp) {
        server = RunningServer.in(folder, setUp, claude);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        http.close();
    }

    private String url(int port) {
        return server.server().urls().get(port);
    }

    private HttpResponse<String> ask(String method, String url, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> configure(String body) throws IOException, InterruptedException {
        return ask("POST", url(0) + "/relay/config", body);
    }

    private NativeClient prompted(String text) {
        NativeClient client = NativeClient.connect(server.port(), "/relay/ws");
        client.await("connected");
        say(client, text);
        return client;
    }

    private static void say(NativeClient client, String text) {
        ObjectNode frame = Json.object().put("type", "user_message");
        frame.putObject("data")
                .put("type", "user")
                .putObject("message")
                .put("role", "user")
                .put("content", text);
        client.send(frame.toString());
    }

    private void leave(NativeClient client) {
        client.close();
        client.awaitClosed();
        await().until(() -> server.server().clients().isEmpty());
    }

    @Test
    void theConfigurationIsEmptyAtFirstAndIsReplacedAsAWhole() throws Exception {
        start(ServerSetUp.withoutToken());
        HttpResponse<String> first = ask("GET", url(0) + "/relay/config", "");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("{\"config\":{}}");
        assertThat(first.headers().firstValue("content-type"))
                .hasValue("application/json;charset=utf-8");
        assertThat(configure("{\"model\":\"m\",\"new\":[1]}").body())
                .isEqualTo("{\"success\":true,\"config\":{\"model\":\"m\",\"new\":[1]}}");
        assertThat(configure("{\"allowedTools\":[\"Read\"]}").body())
                .isEqualTo("{\"success\":true,\"config\":{\"allowedTools\":[\"Read\"]}}");
        assertThat(ask("GET", url(0) + "/relay/config", "").body())
                .isEqualTo("{\"config\":{\"allowedTools\":[\"Read\"]}}");
        assertThat(configure("[1,2]").body()).isEqualTo("{\"success\":true,\"config\":[1,2]}");
    }

    @Test
    void keysAreNotReturnedAtAnyDepth() throws Exception {
        start(ServerSetUp.withoutToken());
        assertThat(
                        configure(
                                        "[{\"anthropicApiKey\":\"sk-secret\",\"a\":{\"b\":[{\"apikey\":1,\"c\":2}]}}]")
                                .body())
                .isEqualTo("{\"success\":true,\"config\":[{\"a\":{\"b\":[{\"c\":2}]}}]}");
    }

    @Test
    void keysAreNeverReturned() throws Exception {
        start(ServerSetUp.withoutToken());
        String posted =
                configure(
                                "{\"anthropicApiKey\":\"sk-secret\",\"e2bApiKey\":\"e2b-secret\",\"model\":\"m\"}")
                        .body();
        assertThat(posted).isEqualTo("{\"success\":true,\"config\":{\"model\":\"m\"}}");
        assertThat(ask("GET", url(0) + "/relay/config", "").body()).doesNotContain("secret");
        prompted("Hello");
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        assertThat(agent.launch().secrets().variables())
                .containsEntry("ANTHROPIC_API_KEY", "sk-secret");
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(
                                new String(
                                        Files.readAllBytes(file),
                                        java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("sk-secret");
            }
        }
    }

    @Test
    void invalidJsonIsRefusedAndTheConfigurationStays() throws Exception {
        start(ServerSetUp.withoutToken());
        configure("{\"model\":\"m\"}");
        for (String bad : List.of("{", "", "{} x", "no")) {
            HttpResponse<String> reply = configure(bad);
            assertThat(reply.statusCode()).as(bad).isEqualTo(400);
            assertThat(reply.body()).isEqualTo("{\"error\":\"Invalid JSON\"}");
        }
        assertThat(ask("GET", url(0) + "/relay/config", "").body()).contains("\"m\"");
    }

    @Test
    void otherMethodsAndAPlainGetOfTheSocketAreNotFound() throws Exception {
        start(ServerSetUp.withoutToken());
        for (String method : List.of("PUT", "DELETE", "PATCH")) {
            assertThat(ask(method, url(0) + "/relay/config", "{}").statusCode()).isEqualTo(404);
        }
        HttpResponse<String> socket = ask("GET", url(0) + "/relay/ws", "");
        assertThat(socket.statusCode()).isEqualTo(404);
        assertThat(socket.body()).isEqualTo("Not Found");
    }

    @Test
    void theWholeConfigurationReachesTheAgent() throws Exception {
        start(ServerSetUp.withoutToken());
        configure(
                """
                {"model":"opus","allowedTools":["Read","Bash(git log:*)"],"systemPrompt":"Be brief.",
                 "permissionMode":"plan","cwd":"%s",
                 "agents":{"tester":{"description":"Runs tests","prompt":"You test.","tools":["Bash"],"model":"haiku"}}}
                """
                        .formatted(folder));
        prompted("Hello");
        var launch = claude.awaitAgent(0, 1).launch();
        assertThat(launch.model()).isEqualTo("opus");
        assertThat(launch.permissionMode()).isEqualTo("plan");
        assertThat(launch.cwd()).isEqualTo(folder);
        assertThat(launch.options().allowedTools()).containsExactly("Read", "Bash(git log:*)");
        assertThat(launch.options().systemPrompt())
                .isEqualTo(new SystemPrompt.Replacement("Be brief."));
        JsonNode agents = Json.mapper().readTree(launch.options().agents());
        assertThat(agents.at("/tester/prompt").asText()).isEqualTo("You test.");
        assertThat(agents.at("/tester/tools/0").asText()).isEqualTo("Bash");
    }

    @Test
    void thePresetIsTheAgentsOwnPromptWithAnOptionalAddition() throws Exception {
        start(ServerSetUp.withoutToken());
        configure(
                "{\"systemPrompt\":{\"type\":\"preset\",\"preset\":\"claude_code\",\"append\":\"Be"
                        + " kind.\"}}");
        leave(prompted("Hello"));
        assertThat(claude.awaitAgent(0, 1).launch().options().systemPrompt())
                .isEqualTo(new SystemPrompt.Addition("Be kind."));
        configure("{\"systemPrompt\":{\"type\":\"preset\",\"preset\":\"claude_code\"}}");
        prompted("Hello");
        assertThat(claude.awaitAgent(1, 1).launch().options().systemPrompt()).isNull();
    }

    /// As in the example of the original's documentation.
    @Test
    void anIncompleteAgentDefinitionIsOmittedWithANotice() throws Exception {
        start(ServerSetUp.withoutToken());
        configure(
                """
                {"systemPrompt":"You review.","model":"",
                 "agents":{"reviewer":{"description":"Reviews"},
                           "tester":{"description":"Tests","prompt":"You test."},
                           "odd":7}}\
                """);
        NativeClient client = prompted("Hello");
        assertThat(client.await("info").path("data").asText())
                .isEqualTo(
                        "The agent reviewer is left out: it must have a description and a"
                                + " prompt.\n");
        var launch = claude.awaitAgent(0, 1).launch();
        assertThat(launch.options().agents())
                .isEqualTo("{\"tester\":{\"description\":\"Tests\",\"prompt\":\"You test.\"}}");
        assertThat(launch.model()).isNull();
        assertThat(client.frames()).noneMatch(f -> f.path("type").asText().equals("error"));
        leave(client);
        configure("{\"agents\":{\"reviewer\":{\"description\":\"Reviews\"}}}");
        prompted("Hello");
        assertThat(claude.awaitAgent(1, 1).launch().options().agents()).isNull();
    }

    @Test
    void httpServersReachTheAgentAndOthersAreOmittedWithANotice() throws Exception {
        start(ServerSetUp.withoutToken());
        configure(
                """
                {"mcpServers":{
                  "docs":{"type":"http","url":"https://docs.example/mcp","headers":{"X-Key":"k"}},
                  "feed":{"type":"sse","url":"http://127.0.0.1:9/sse"},
                  "run":{"command":"rm","args":["-r"]},
                  "oriel":{"type":"http","url":"https://evil.example"}}}\
                """);
        NativeClient client = prompted("Hello");
        var launch = claude.awaitAgent(0, 1).launch();
        assertThat(Json.mapper().readTree(launch.secrets().mcpServers()))
                .isEqualTo(
                        Json.mapper()
                                .readTree(
                                        """
                                        {"docs":{"type":"http","url":"https://docs.example/mcp",
                                                 "headers":{"X-Key":"k"}},
                                         "feed":{"type":"sse","url":"http://127.0.0.1:9/sse"}}\
                                        """));
        await().until(() ->
                client.frames().stream().filter(f -> f.path("type").asText().equals("info")).count()
                        == 2);
    }

    @Test
    void anInvalidConfigurationRefusesTheMessageAndNamesTheMember() throws Exception {
        start(ServerSetUp.withoutToken());
        NativeClient client = NativeClient.connect(server.port(), "/relay/ws");
        Map<String, String> wrong =
                Map.of(
                        "{\"allowedTools\":\"Read\"}", "allowedTools",
                        "{\"allowedTools\":[1]}", "allowedTools",
                        "{\"systemPrompt\":{\"type\":\"other\"}}", "systemPrompt",
                        "{\"agents\":[]}", "agents",
                        "{\"mcpServers\":[]}", "mcpServers",
                        "{\"model\":7}", "model",
                        "{\"cwd\":\"/no/such/folder\"}", "cwd",
                        "{\"permissionMode\":\"bypassPermissions\"}", "bypassPermissions",
                        "[]", "object");
        int errors = 0;
        for (var each : wrong.entrySet()) {
            configure(each.getKey());
            say(client, "Hello");
            int n = ++errors;
            await().until(() -> client.frames().size() == n + 1);
            assertThat(client.frames().getLast().path("error").asText())
                    .startsWith("Invalid configuration: ")
                    .contains(each.getValue());
        }
        configure("{}");
        say(client, "Hello");
        claude.awaitAgent(0, 1);
        assertThat(claude.agents()).hasSize(1);
    }

    @Test
    void bypassPermissionsNeedsThePermissionOfTheOperator() throws Exception {
        start(c ->
                ServerSetUp.withoutToken()
                        .apply(
                                ServerSetUp.policy(SessionPolicy.defaults().withMayBypass(true))
                                        .apply(c)));
        leave(prompted("Hello"));
        assertThat(claude.awaitAgent(0, 1).launch().permissionMode()).isNull();
        configure("{\"permissionMode\":\"bypassPermissions\"}");
        prompted("Hello");
        assertThat(claude.awaitAgent(1, 1).launch().permissionMode())
                .isEqualTo("bypassPermissions");
    }

    @Test
    void aConfigurationPostedLaterAppliesToTheNextConversation() throws Exception {
        start(ServerSetUp.withoutToken());
        NativeClient client = NativeClient.connect(server.port(), "/relay/ws");
        configure("{\"model\":\"first\"}"); // after connecting, but before the first message
        say(client, "Hello");
        assertThat(claude.awaitAgent(0, 1).launch().model()).isEqualTo("first");
        configure("{\"model\":\"second\"}");
        claude.awaitAgent(0, 1).emitInit();
        claude.awaitAgent(0, 1).emitResult();
        say(client, "The same conversation");
        claude.awaitAgent(0, 2);
        leave(client);
        NativeClient next = prompted("Another");
        assertThat(claude.awaitAgent(1, 1).launch().model()).isEqualTo("second");
        leave(next);
        configure("{\"model\":\"second\"}"); // as clients do that always configure first
        claude.awaitAgent(1, 1).emitInit();
        claude.awaitAgent(1, 1).emitResult();
        prompted("Still that one");
        claude.awaitAgent(1, 2);
        assertThat(claude.agents()).hasSize(2);
    }

    @Test
    void keysComeFromTheEnvFileOfTheWorkingFolderUnlessTheClientBringsOne() throws Exception {
        Path work = Files.createDirectories(folder.resolve("work"));
        Files.writeString(
                work.resolve(".env"),
                """
                # for the relay
                export ANTHROPIC_API_KEY="sk-from-file"
                ANTHROPIC_BASE_URL=http://elsewhere.example
                """);
        start(c ->
                ServerSetUp.withoutToken()
                        .apply(c)
                        .withDialects(
                                DialectSettings.defaults()
                                        .withWorkFolder(WorkFolder.of(work, Map.of()))));
        leave(prompted("Hello"));
        assertThat(claude.awaitAgent(0, 1).launch().secrets().variables())
                .isEqualTo(Map.of("ANTHROPIC_API_KEY", "sk-from-file"));
        configure("{\"anthropicApiKey\":\"sk-posted\"}");
        prompted("Hello");
        assertThat(claude.awaitAgent(1, 1).launch().secrets().variables())
                .containsEntry("ANTHROPIC_API_KEY", "sk-posted");
    }

    @Test
    void everyPortHasItsOwnConfigurationConversationAndActiveSocket() throws Exception {
        start(c ->
                ServerSetUp.withoutToken()
                        .apply(c)
                        .withDialectPorts(
                                List.of(
                                        new DialectPort("relay", "127.0.0.1", 0),
                                        new DialectPort("relay", "127.0.0.1", 0))));
        assertThat(ask("POST", url(1) + "/config", "{\"model\":\"one\"}").statusCode())
                .isEqualTo(200);
        assertThat(ask("GET", url(2) + "/config", "").body()).isEqualTo("{\"config\":{}}");
        assertThat(ask("GET", url(0) + "/relay/config", "").body()).isEqualTo("{\"config\":{}}");
        for (int port : List.of(1, 2)) {
            NativeClient client = NativeClient.connect(URI.create(url(port)).getPort(), "/ws");
            client.await("connected");
            say(client, "On port " + port);
            claude.awaitAgent(port - 1, 1);
        }
        assertThat(claude.agents().get(0).launch().model()).isEqualTo("one");
        assertThat(claude.agents().get(1).launch().model()).isNull();
        assertThat(ask("GET", url(1) + "/relay/config", "").statusCode()).isEqualTo(404);
    }

    @Test
    void withTokensBothConfigurationAndSocketNeedOne() throws Exception {
        start(c -> c);
        assertThat(ask("GET", url(0) + "/relay/config", "").statusCode()).isEqualTo(401);
        assertThat(configure("{}").statusCode()).isEqualTo(401);
        assertThat(configure("{}").body()).isEqualTo("{\"error\":\"Unauthorized\"}");
        assertThat(server.call("POST", "/relay/config", Json.object()).statusCode()).isEqualTo(200);
        NativeClient wrong = NativeClient.connect(server.port(), "/relay/ws");
        wrong.send("{\"type\":\"auth\",\"token\":\"guess\"}");
        assertThat(wrong.awaitClosed()).isEqualTo(new NativeClient.Closed(1008, "Unauthorized"));
        assertThat(wrong.frames()).isEmpty();
        NativeClient right = NativeClient.connect(server.port(), "/relay/ws");
        right.send("{\"type\":\"auth\",\"token\":\"%s\"}".formatted(server.server().token()));
        right.await("connected");
        leave(right);
        NativeClient header =
                NativeClient.connect(
                        server.port(),
                        "/relay/ws",
                        "Authorization: Bearer " + server.server().token());
        header.await("connected");
    }
}
