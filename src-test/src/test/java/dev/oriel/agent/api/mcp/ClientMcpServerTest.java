package dev.oriel.agent.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.api.ScriptedMcpUser;
import dev.oriel.testing.await.Patience;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// MCP servers that clients of the session run.
class ClientMcpServerTest {
    @TempDir Path folder;

    /// A client with a server `board`.
    ///
    /// @param answers whether it answers
    private record Board(boolean answers) implements ClientRequestHandler {
        @Override
        public ObjectNode declarations() {
            ObjectNode all = Json.object();
            all.putArray("sdkMcpServers").add("board");
            return all;
        }

        @Override
        public CompletableFuture<ObjectNode> forward(Message request) {
            JsonNode asked = request.tree().path("request");
            assertThat(asked.path("subtype").asText()).isEqualTo("mcp_message");
            assertThat(asked.path("server_name").asText()).isEqualTo("board");
            ObjectNode response = Json.object();
            if (!answers) {
                return CompletableFuture.completedFuture(
                        response.put("subtype", "error").put("error", "The client has left."));
            }
            JsonNode message = asked.path("message");
            ObjectNode reply =
                    response.put("subtype", "success")
                            .putObject("response")
                            .putObject("mcp_response")
                            .put("jsonrpc", "2.0");
            if (message.has("id")) {
                reply.set("id", message.get("id"));
            }
            ObjectNode result = reply.putObject("result");
            switch (message.path("method").asText()) {
                case "initialize" -> {
                    result.set("protocolVersion", message.at("/params/protocolVersion"));
                    result.putObject("capabilities").putObject("tools");
                    result.putObject("serverInfo").put("name", "board").put("version", "1");
                }
                case "tools/list" ->
                        result.putArray("tools")
                                .addObject()
                                .put("name", "add_note")
                                .putObject("inputSchema")
                                .put("type", "object");
                default -> {
                    // A notification.
                }
            }
            return CompletableFuture.completedFuture(response);
        }
    }

    private McpConnections open(boolean answers) {
        return new McpConnections(
                new McpSettings(
                        folder,
                        folder.resolve("data"),
                        folder,
                        true,
                        null,
                        null,
                        new Board(answers)),
                new ScriptedMcpUser());
    }

    private static JsonNode status(McpConnections opened) {
        return Objects.requireNonNull(opened.answer(Json.object().put("subtype", "mcp_status")))
                .at("/mcpServers/0");
    }

    @Test
    void itsToolsAreThoseOfTheAgent() throws Exception {
        try (McpConnections opened = open(true)) {
            assertThat(opened.tools(Patience.LIMIT))
                    .extracting(Tool::name)
                    .containsExactly("mcp__board__add_note");
            assertThat(status(opened).at("/config/type").asText()).isEqualTo("sdk");
        }
    }

    @Test
    void aClientThatDoesNotAnswerIsNoObstacle() throws Exception {
        try (McpConnections opened = open(false)) {
            assertThat(opened.tools(Patience.LIMIT)).isEmpty();
            assertThat(status(opened).path("status").asText()).isEqualTo("failed");
            assertThat(status(opened).path("error").asText()).contains("The client has left.");
        }
    }
}
