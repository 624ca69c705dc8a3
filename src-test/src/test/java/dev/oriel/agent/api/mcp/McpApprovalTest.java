package dev.oriel.agent.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.message.Json;
import dev.oriel.testing.api.ScriptedMcpUser;
import dev.oriel.testing.api.StdioMcpServer;
import dev.oriel.testing.await.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Servers of a project start after the user has approved them.
class McpApprovalTest {
    private static final ObjectNode ALLOW = Json.object().put("behavior", "allow");
    private static final ObjectNode DENY =
            Json.object().put("behavior", "deny").put("message", "No.");
    private static final ObjectNode REJECT =
            DENY.deepCopy().put("decisionClassification", "user_reject");

    @TempDir Path top;
    private Path home;
    private Path folder;
    private ScriptedMcpUser user = new ScriptedMcpUser();
    private final List<McpConnections> opened = new ArrayList<>();

    @BeforeEach
    void folders() throws Exception {
        home = Files.createDirectories(top.resolve("home"));
        folder = Files.createDirectories(top.resolve("project"));
        project(StdioMcpServer.configuration());
    }

    @AfterEach
    void close() {
        opened.forEach(McpConnections::close);
    }

    private void project(ObjectNode server) throws Exception {
        ObjectNode json = Json.object();
        json.putObject("mcpServers").set("notes", server);
        Files.writeString(folder.resolve(".mcp.json"), json.toString());
    }

    private void settings(Path file, String json) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, json.replace('\'', '"'));
    }

    /// A new agent.
    private McpConnections open() {
        user = new ScriptedMcpUser();
        McpConnections connections =
                new McpConnections(
                        new McpSettings(
                                home,
                                top.resolve("data"),
                                folder,
                                true,
                                null,
                                null,
                                ClientRequestHandler.NONE),
                        user);
        opened.add(connections);
        return connections;
    }

    private static int tools(McpConnections connections) throws InterruptedException {
        return connections.tools(Patience.LIMIT).size();
    }

    private static void ask(McpConnections connections) throws InterruptedException {
        connections.askApproval("default", new CancelScope(), Patience.LIMIT);
    }

    private static JsonNode status(McpConnections connections) {
        return Objects.requireNonNull(
                        connections.answer(Json.object().put("subtype", "mcp_status")))
                .at("/mcpServers/0");
    }

    @Test
    void aServerOfTheProjectStartsAfterTheUserHasApprovedIt() throws Exception {
        McpConnections first = open();
        assertThat(tools(first)).isZero();
        assertThat(status(first).path("status").asText()).isEqualTo("disabled");
        assertThat(status(first).path("error").asText()).isEqualTo("It has not been approved yet.");

        user.answer(ALLOW);
        ask(first);

        assertThat(tools(first)).isPositive();
        assertThat(status(first).path("status").asText()).isEqualTo("connected");
        ObjectNode question = user.questions.getFirst();
        assertThat(question.path("tool_name").asText()).isEqualTo("McpServer");
        assertThat(question.path("input").path("server").asText()).isEqualTo("notes");
        assertThat(question.path("input").path("command").asText()).endsWith("java");
        assertThat(question.path("input").path("env")).hasToString("[\"NOTES_KEY\"]");
        assertThat(question.path("suppress_always_allow_rule").asBoolean()).isTrue();

        McpConnections second = open();
        ask(second);
        assertThat(user.questions).isEmpty();
        assertThat(tools(second)).isPositive();
    }

    @Test
    void aChangedEntryAsksAgain() throws Exception {
        McpConnections first = open();
        user.answer(ALLOW);
        ask(first);
        for (ObjectNode changed :
                List.of(
                        StdioMcpServer.configuration("more"),
                        StdioMcpServer.configuration().put("command", "/bin/other"),
                        Json.object().put("type", "http").put("url", "http://127.0.0.1:9/mcp"))) {
            project(changed);

            McpConnections next = open();

            assertThat(tools(next)).isZero();
            assertThat(status(next).path("error").asText())
                    .isEqualTo("It has not been approved yet.");
        }
        ObjectNode otherEnvironment = StdioMcpServer.configuration();
        otherEnvironment.putObject("env").put("LD_PRELOAD", "/tmp/x.so");
        project(otherEnvironment);
        assertThat(tools(open())).isZero();

        project(StdioMcpServer.configuration());
        assertThat(tools(open())).isPositive();
    }

    @Test
    void aServerThatTheUserHasRejectedStaysOffUntilItIsTurnedOn() throws Exception {
        McpConnections first = open();
        user.answer(REJECT);
        ask(first);
        assertThat(tools(first)).isZero();
        assertThat(status(first).path("status").asText()).isEqualTo("disabled");

        McpConnections second = open();
        ask(second);
        assertThat(user.questions).isEmpty();
        assertThat(status(second).path("error").asText()).isEqualTo("It was not approved.");
        ObjectNode request = Json.object().put("serverName", "notes");
        assertThatThrownBy(() -> second.answer(request.deepCopy().put("subtype", "mcp_reconnect")))
                .hasMessageContaining("was not approved");
        assertThat(tools(second)).isZero();

        ObjectNode on = request.deepCopy().put("subtype", "mcp_toggle").put("enabled", true);
        assertThatThrownBy(() -> second.answer(on)).hasMessageContaining("with your next prompt");
        assertThat(tools(second)).isZero();
        user.answer(ALLOW);
        ask(second);

        assertThat(status(second).path("status").asText()).isEqualTo("connected");
        assertThat(tools(open())).isPositive();
    }

    @Test
    void aDenialByAProgramHoldsForTheAgentOnly() throws Exception {
        McpConnections first = open();
        user.answer(DENY);
        ask(first);
        ask(first);
        assertThat(user.questions).hasSize(1);
        assertThat(tools(first)).isZero();

        McpConnections second = open();
        user.answer(ALLOW);
        ask(second);
        assertThat(tools(second)).isPositive();
    }

    @Test
    void anInterruptLeavesTheQuestionOpen() throws Exception {
        McpConnections first = open();
        CancelScope cancel = new CancelScope();
        cancel.cancel();
        assertThatThrownBy(() -> first.askApproval("default", cancel, Patience.LIMIT))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isFalse();

        McpConnections second = open();
        user.answer(ALLOW);
        ask(second);
        assertThat(tools(second)).isPositive();
    }

    @Test
    void theModeDecidesWhereNobodyIsAsked() throws Exception {
        McpConnections quiet = open();
        quiet.askApproval("dontAsk", new CancelScope(), Patience.LIMIT);
        assertThat(tools(quiet)).isZero();

        McpConnections bypassed = open();
        bypassed.askApproval("bypassPermissions", new CancelScope(), Patience.LIMIT);
        assertThat(tools(bypassed)).isPositive();

        assertThat(user.questions).isEmpty();
        assertThat(tools(open())).isZero();
    }

    @Test
    void settingsOfTheUserApproveAndThoseOfTheProjectDoNot() throws Exception {
        Path shared = folder.resolve(".claude/settings.json");
        Path local = folder.resolve(".claude/settings.local.json");
        Path users = home.resolve(".claude/settings.json");
        settings(shared, "{'enableAllProjectMcpServers':true,'enabledMcpjsonServers':['notes']}");
        assertThat(tools(open())).isZero();

        settings(local, "{'enabledMcpjsonServers':['notes']}");
        assertThat(tools(open())).isPositive();

        settings(local, "{'enableAllProjectMcpServers':'false'}");
        assertThat(tools(open())).isZero();

        settings(users, "{'enableAllProjectMcpServers':true}");
        assertThat(tools(open())).isPositive();

        settings(shared, "{'disabledMcpjsonServers':['notes']}");
        assertThat(tools(open())).isZero();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theFileIsTheOwnersAndHasNoValues() throws Exception {
        ObjectNode server = StdioMcpServer.configuration();
        server.putObject("env").put("TOKEN", "secret-value");
        project(server);
        McpConnections first = open();
        user.answer(REJECT);
        ask(first);

        Path file = top.resolve("data/mcp-approvals.json");
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(
                        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(Files.readString(file)).contains("notes").doesNotContain("secret-value");
        assertThat(user.questions.toString()).contains("TOKEN").doesNotContain("secret-value");
    }

    @Test
    void theUsersOwnServersNeedNoApproval() throws Exception {
        Files.delete(folder.resolve(".mcp.json"));
        ObjectNode json = Json.object();
        json.putObject("mcpServers").set("own", StdioMcpServer.configuration());
        Files.createDirectories(top.resolve("data"));
        Files.writeString(top.resolve("data/mcp.json"), json.toString());

        McpConnections first = open();

        assertThat(tools(first)).isPositive();
        assertThat(status(first).path("scope").asText()).isEqualTo("user");
    }
}
