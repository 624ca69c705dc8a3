package dev.oriel.agent.api.mcp.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Talks to an MCP server that a client of the session runs: each message is an `mcp_message`
/// request to that client, whose response has the server's reply. Thread-safe.
public final class ClientMcpTransport implements McpClientTransport {
    private final String server;
    private final ClientRequestHandler clients;
    private volatile @Nullable Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler;

    /// @param server its name
    public ClientMcpTransport(String server, ClientRequestHandler clients) {
        this.server = server;
        this.clients = clients;
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> receiver) {
        return Mono.fromRunnable(() -> handler = receiver);
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            JsonNode json = Json.mapper().valueToTree(message);
            ObjectNode line =
                    Json.object()
                            .put("type", MessageType.CONTROL_REQUEST)
                            .put("request_id", UUID.randomUUID().toString());
            line.putObject("request")
                    .put("subtype", ControlSubtype.MCP_MESSAGE)
                    .put("server_name", server)
                    .set("message", json);
            clients.forward(Message.of(line)).thenAccept(response -> reply(json, response));
        });
    }

    /// A request whose reply is missing would wait for ever.
    private void reply(JsonNode request, ObjectNode response) {
        if (!request.has("id") || !request.has("method")) {
            return; // replies and notifications have none
        }
        JsonNode reply = response.path("response").path("mcp_response");
        if (!reply.has("result") && !reply.has("error")) {
            ObjectNode failure = Json.object().put("jsonrpc", "2.0");
            failure.set("id", request.get("id"));
            failure.putObject("error")
                    .put("code", -32_603)
                    .put("message", response.path("error").asText("The client sent no reply."));
            reply = failure;
        }
        receive(reply);
    }

    private void receive(JsonNode message) {
        Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> receiver = handler;
        if (receiver == null) {
            return;
        }
        try {
            JSONRPCMessage parsed =
                    McpSchema.deserializeJsonRpcMessage(
                            new JacksonMcpJsonMapper(Json.mapper()), message.toString());
            receiver.apply(Mono.just(parsed)).onErrorComplete().subscribe();
        } catch (IOException | IllegalArgumentException _) {
            // No message of the protocol.
        }
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return Json.mapper()
                .convertValue(data, Json.mapper().getTypeFactory().constructType(type.getType()));
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::close);
    }

    @Override
    public void close() {
        handler = null;
    }
}
