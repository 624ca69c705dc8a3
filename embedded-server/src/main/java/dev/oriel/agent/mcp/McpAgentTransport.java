package dev.oriel.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/// The messages between the MCP library and an agent after one `initialize`. Matches responses to
/// requests. Thread-safe.
final class McpAgentTransport implements McpServerTransport {
    private final Consumer<ObjectNode> out;
    private final McpServerSession session;
    private final Map<Object, Call> calls = new ConcurrentHashMap<>();

    /// A pending request.
    ///
    /// @param work cancels its processing
    private record Call(Consumer<ObjectNode> reply, Disposable.Swap work) {}

    McpAgentTransport(McpServerSession.Factory sessions, Consumer<ObjectNode> out) {
        this.out = out;
        this.session = sessions.create(this);
    }

    void receive(JsonNode message, Consumer<ObjectNode> reply) {
        try {
            if (!message.has("method")) {
                // A response, although this server sends no requests.
                reply.accept(McpReplies.acknowledged());
            } else if (message.has("id")) {
                request(Json.mapper().convertValue(message, JSONRPCRequest.class), reply);
            } else {
                session.handle(Json.mapper().convertValue(message, JSONRPCNotification.class))
                        .onErrorComplete()
                        .subscribe();
                reply.accept(McpReplies.acknowledged());
            }
        } catch (IllegalArgumentException e) {
            reply.accept(
                    McpReplies.failure(message, ErrorCodes.INVALID_REQUEST, "invalid request"));
        }
    }

    private void request(JSONRPCRequest request, Consumer<ObjectNode> reply) {
        Disposable.Swap work = Disposables.swap();
        calls.put(request.id(), new Call(reply, work));
        work.update(session.handle(request).onErrorComplete().subscribe());
    }

    /// Cancels a request of the agent. Its reply is not sent.
    void cancel(JsonNode id) {
        Object key = id.isNumber() ? id.numberValue() : id.asText();
        Call call = calls.remove(key);
        if (call != null) {
            call.work().dispose();
        }
    }

    boolean isDone() {
        return calls.isEmpty();
    }

    void notifyAgent(String method) {
        session.sendNotification(method, null).subscribe();
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            ObjectNode json = Json.mapper().valueToTree(message);
            if (message instanceof JSONRPCResponse response) {
                Call call = calls.remove(response.id());
                if (call != null) {
                    call.reply().accept(json);
                }
            } else {
                out.accept(json);
            }
        });
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
        calls.values().forEach(c -> c.work().dispose());
        calls.clear();
    }
}
