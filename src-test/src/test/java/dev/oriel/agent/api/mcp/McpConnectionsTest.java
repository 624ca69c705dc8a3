package dev.oriel.agent.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.OwnerFileKeyStore;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.tool.FileChangeListener;
import dev.oriel.agent.api.tool.ReadState;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import dev.oriel.testing.api.ScriptedMcpUser;
import dev.oriel.testing.api.StdioMcpServer;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.claude.LoopbackMcpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// MCP servers as programs and on this computer's network.
class McpConnectionsTest {
    @TempDir Path folder;
    private final ScriptedMcpUser user = new ScriptedMcpUser();
    private final List<String> stderr = user.stderr;
    private final CancelScope cancel = new CancelScope();
    private @Nullable McpConnections connections;

    @AfterEach
    void close() {
        if (connections != null) {
            connections.close();
        }
    }

    private McpConnections open(ObjectNode servers) {
        McpConnections opened =
                new McpConnections(
                        new McpSettings(
                                folder,
                                folder.resolve("data"),
                                folder,
                                true,
                                servers.toString(),
                                new OwnerFileKeyStore(folder.resolve("mcp-keys.json")),
                                ClientRequestHandler.NONE),
                        user);
        connections = opened;
        return opened;
    }

    private static ObjectNode servers(String name, ObjectNode server) {
        ObjectNode all = Json.object();
        all.set(name, server);
        return all;
    }

    private static ObjectNode http(LoopbackMcpServer server) {
        return Json.object().put("type", "http").put("url", server.url());
    }

    private static ObjectNode status(McpConnections from) {
        ObjectNode reply = from.answer(Json.object().put("subtype", "mcp_status"));
        return Objects.requireNonNull(reply);
    }

    private ToolContext context() {
        return new ToolContext(
                folder,
                cancel,
                new ReadState(),
                FileChangeListener.NONE,
                folder.resolve("private"),
                _ -> {},
                null);
    }

    private ToolOutcome call(List<Tool> tools, String name, ObjectNode input) throws Exception {
        Tool tool = tools.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
        return tool.run(new ToolRequest("toolu_1", name, input), context());
    }

    @Test
    void theToolsOfAProgramCanBeCalled() throws Exception {
        McpConnections opened = open(servers("notes", StdioMcpServer.configuration()));

        List<Tool> tools = opened.tools(Patience.LIMIT);

        assertThat(tools)
                .extracting(Tool::name)
                .containsExactly(
                        "mcp__notes__echo",
                        "mcp__notes__fail",
                        "mcp__notes__image",
                        "mcp__notes__long",
                        "mcp__notes__place",
                        "mcp__notes__records",
                        "mcp__notes__wait");
        assertThat(tools.getFirst().isReadOnly()).isTrue();
        assertThat(tools.getFirst().inputSchema().path("type").asText()).isEqualTo("object");
        ToolOutcome echoed = call(tools, "mcp__notes__echo", Json.object().put("a", 1));
        assertThat(echoed).isInstanceOf(ToolOutcome.Ok.class);
        assertThat(echoed.content().asText()).isEqualTo("{\"a\":1}");

        ToolOutcome failed = call(tools, "mcp__notes__fail", Json.object());
        assertThat(failed).isInstanceOf(ToolOutcome.Fail.class);
        assertThat(failed.content().asText()).isEqualTo("It failed.");

        JsonNode image = call(tools, "mcp__notes__image", Json.object()).content();
        assertThat(image.at("/0/text").asText()).isEqualTo("A picture");
        assertThat(image.at("/1/source/media_type").asText()).isEqualTo("image/png");

        ToolOutcome records = call(tools, "mcp__notes__records", Json.object());
        assertThat(records.structured().at("/structuredContent/count").asInt()).isEqualTo(2);

        String place = call(tools, "mcp__notes__place", Json.object()).content().asText();
        assertThat(place).isEqualTo(folder.toRealPath() + " " + System.getenv("HOME") + " null");

        String large = call(tools, "mcp__notes__long", Json.object()).content().asText();
        assertThat(large).startsWith("<persisted-output>").hasSizeLessThan(4_000);
        assertThat(folder.resolve("private/mcp-toolu_1.txt")).hasSize(150_000);
    }

    @Test
    void theStatusTellsTheServersAndTheirTools() throws Exception {
        McpConnections opened = open(servers("notes", StdioMcpServer.configuration()));
        assertThat(opened.summary()).hasToString("[{\"name\":\"notes\",\"status\":\"pending\"}]");
        opened.tools(Patience.LIMIT);

        JsonNode server = status(opened).at("/mcpServers/0");

        assertThat(server.path("status").asText()).isEqualTo("connected");
        assertThat(server.path("scope").asText()).isEqualTo("dynamic");
        assertThat(server.at("/serverInfo/name").asText()).isEqualTo("notes");
        assertThat(server.path("tools")).hasSize(8);
        assertThat(server.path("config").has("env")).isFalse();
    }

    @Test
    void aCallIsEndedByAnInterrupt() throws Exception {
        McpConnections opened = open(servers("notes", StdioMcpServer.configuration()));
        List<Tool> tools = opened.tools(Patience.LIMIT);
        Thread.ofVirtual()
                .start(() -> {
                    Awaitility.await()
                            .atMost(Patience.LIMIT)
                            .until(() -> stderr.contains("waiting"));
                    cancel.cancel();
                });

        assertThatThrownBy(() -> call(tools, "mcp__notes__wait", Json.object()))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aProgramThatEndsHasFailedWithItsLastWords() throws Exception {
        McpConnections opened = open(servers("notes", StdioMcpServer.configuration("broken")));

        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> opened.tools(Patience.LIMIT).isEmpty() && !stderr.isEmpty());

        JsonNode server = status(opened).at("/mcpServers/0");
        assertThat(server.path("status").asText()).isEqualTo("failed");
        assertThat(server.path("error").asText()).contains("cannot log in with …");
        assertThat(stderr.toString()).contains("cannot log in").doesNotContain("canary");
    }

    @Test
    void onlyTheFirstCallWaitsForASilentServer() throws Exception {
        McpConnections opened = open(servers("notes", StdioMcpServer.configuration("silent")));

        assertThat(opened.tools(Duration.ofMillis(100))).isEmpty();
        assertThat(opened.tools(Duration.ofHours(1))).isEmpty();
        assertThat(status(opened).at("/mcpServers/0/status").asText()).isEqualTo("pending");

        opened.close();

        Awaitility.await().atMost(Patience.LIMIT).until(() -> programs() == 0);
        assertThat(status(opened).at("/mcpServers/0/status").asText()).isEqualTo("disabled");
    }

    private static long programs() {
        return ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().commandLine().orElse("").contains("StdioMcpServer"))
                .count();
    }

    @Test
    void aProgramThatDoesNotExistHasFailed() throws Exception {
        McpConnections opened =
                open(servers("gone", Json.object().put("command", "/no/such/program")));

        assertThat(opened.tools(Patience.LIMIT)).isEmpty();
        assertThat(status(opened).at("/mcpServers/0/error").asText())
                .contains("“/no/such/program” cannot be started");
    }

    @Test
    void aServerOfAnAddressCanBeTurnedOffAndOn() throws Exception {
        try (LoopbackMcpServer server = LoopbackMcpServer.start()) {
            McpConnections opened = open(servers("loop", http(server)));
            assertThat(opened.tools(Patience.LIMIT))
                    .extracting(Tool::name)
                    .containsExactly("mcp__loop__add", "mcp__loop__remove");

            ObjectNode toggle =
                    Json.object().put("subtype", "mcp_toggle").put("serverName", "loop");
            opened.answer(toggle.deepCopy().put("enabled", false));
            assertThat(opened.tools(Patience.LIMIT)).isEmpty();
            assertThat(status(opened).at("/mcpServers/0/status").asText()).isEqualTo("disabled");

            opened.answer(toggle.deepCopy().put("enabled", true));
            assertThat(opened.tools(Patience.LIMIT)).hasSize(2);
        }
    }

    @Test
    void aServerThatRequiresALoginSaysSo() throws Exception {
        try (LoopbackMcpServer server = LoopbackMcpServer.startWithLogin()) {
            McpConnections opened = open(servers("loop", http(server)));

            assertThat(opened.tools(Patience.LIMIT)).isEmpty();
            assertThat(status(opened).at("/mcpServers/0/status").asText()).isEqualTo("needs-auth");
        }
    }

    private static ObjectNode about(String subtype) {
        return Json.object().put("subtype", subtype).put("serverName", "loop");
    }

    private String startLogin(McpConnections opened) throws Exception {
        opened.tools(Patience.LIMIT);
        ObjectNode started = Objects.requireNonNull(opened.answer(about("mcp_authenticate")));
        assertThat(started.path("callbackExpected").asBoolean()).isTrue();
        return started.path("authUrl").asText();
    }

    /// The address to which the login service sends the browser.
    private static URI visit(String address) throws Exception {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            var reply =
                    browser.send(
                            HttpRequest.newBuilder(URI.create(address)).build(),
                            BodyHandlers.discarding());
            return URI.create(reply.headers().firstValue("location").orElseThrow());
        }
    }

    @Test
    void theBrowserReturnsFromALogin() throws Exception {
        try (LoopbackMcpServer server = LoopbackMcpServer.startWithLogin();
                HttpClient browser = HttpClient.newHttpClient()) {
            McpConnections opened = open(servers("loop", http(server)));
            URI back = visit(startLogin(opened));
            URI forged = URI.create(back.toString().replaceFirst("state=.*", "state=x"));
            var refused =
                    browser.send(HttpRequest.newBuilder(forged).build(), BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(400);

            var reply = browser.send(HttpRequest.newBuilder(back).build(), BodyHandlers.ofString());

            assertThat(reply.body()).contains("You are logged in");
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> opened.tools(Patience.LIMIT).size() == 2);
            assertThat(status(opened).toString()).doesNotContain("loopback-token");
        }
    }

    @Test
    void aLoginIsFinishedWithTheAddressAndForgotten() throws Exception {
        try (LoopbackMcpServer server = LoopbackMcpServer.startWithLogin()) {
            McpConnections opened = open(servers("loop", http(server)));
            String back = visit(startLogin(opened)).toString();
            ObjectNode callback = about("mcp_oauth_callback_url");
            assertThatThrownBy(() ->
                            opened.answer(
                                    callback.deepCopy()
                                            .put("callbackUrl", "http://x?code=c&state=x")))
                    .hasMessage("The address does not belong to this login.");

            opened.answer(callback.deepCopy().put("callbackUrl", back));
            opened.answer(about("mcp_reconnect"));

            assertThat(opened.tools(Patience.LIMIT)).hasSize(2);
            opened.answer(about("mcp_clear_auth"));
            assertThat(opened.tools(Patience.LIMIT)).isEmpty();
            assertThat(Files.readString(folder.resolve("mcp-keys.json")))
                    .doesNotContain("loopback-token");
        }
    }

    @Test
    void aServerWithoutALoginSaysSo() throws Exception {
        try (LoopbackMcpServer server = LoopbackMcpServer.start()) {
            McpConnections opened = open(servers("loop", http(server)));

            assertThatThrownBy(() -> opened.answer(about("mcp_authenticate")))
                    .hasMessage("The server has no login that Oriel knows.");
        }
    }

    @Test
    void clientsReplaceTheServersThatTheyHaveNamed() throws Exception {
        Files.writeString(
                folder.resolve(".mcp.json"), "{\"mcpServers\":{\"own\":{\"command\":\"/x\"}}}");
        try (LoopbackMcpServer server = LoopbackMcpServer.start()) {
            McpConnections opened = open(servers("loop", http(server)));
            opened.tools(Patience.LIMIT);
            ObjectNode request = Json.object().put("subtype", "mcp_set_servers");
            request.putObject("servers").set("other", http(server));

            assertThat(opened.answer(request))
                    .hasToString("{\"added\":[\"other\"],\"removed\":[\"loop\"],\"errors\":{}}");

            assertThat(opened.tools(Patience.LIMIT))
                    .extracting(Tool::name)
                    .containsExactly("mcp__other__add", "mcp__other__remove");
            assertThat(status(opened).path("mcpServers").findValuesAsText("name"))
                    .contains("own", "other");
        }
    }

    @Test
    void otherRequestsAreNotAnswered() {
        McpConnections opened = open(Json.object());

        assertThat(opened.answer(Json.object().put("subtype", "interrupt"))).isNull();
        assertThatThrownBy(() ->
                        opened.answer(
                                Json.object()
                                        .put("subtype", "mcp_reconnect")
                                        .put("serverName", "nobody")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no MCP server “nobody”.");
    }
}
