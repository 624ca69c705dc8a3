package dev.oriel.agent.api.mcp.transport;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/// Another transport, with the means to tell the server that a call was cancelled, which the
/// library lacks. Thread-safe.
public final class CancellableTransport implements McpClientTransport {
    private final McpClientTransport wrapped;
    private final Map<String, Object> calls = new ConcurrentHashMap<>(); // ids by progress token

    public CancellableTransport(McpClientTransport wrapped) {
        this.wrapped = wrapped;
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return wrapped.connect(handler);
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        if (message instanceof McpSchema.JSONRPCRequest request
                && request.params() instanceof McpSchema.CallToolRequest call
                && call.meta() != null
                && call.meta().get("progressToken") instanceof String token) {
            calls.put(token, request.id());
        }
        return wrapped.sendMessage(message);
    }

    /// A call has ended.
    public void forget(String progressToken) {
        calls.remove(progressToken);
    }

    /// Tells the server that nobody waits for a call any more. Does not wait.
    public void cancel(String progressToken) {
        Object id = calls.remove(progressToken);
        if (id != null) {
            wrapped.sendMessage(
                            new McpSchema.JSONRPCNotification(
                                    "notifications/cancelled",
                                    Map.of("requestId", id, "reason", "interrupted")))
                    .onErrorComplete()
                    .subscribe();
        }
    }

    @Override
    public void setExceptionHandler(Consumer<Throwable> handler) {
        wrapped.setExceptionHandler(handler);
    }

    @Override
    public List<String> protocolVersions() {
        return wrapped.protocolVersions();
    }

    @Override
    public Mono<Void> closeGracefully() {
        return wrapped.closeGracefully();
    }

    @Override
    public void close() {
        wrapped.close();
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return wrapped.unmarshalFrom(data, type);
    }
}
