package dev.oriel.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Transports JSON-RPC messages between the MCP library and an agent. The agent may send
/// `initialize` more than once (the CLI does so whenever its set of servers changes). Each
/// `initialize` opens a new [McpAgentTransport], because the agent's request ids start again.
/// Thread-safe.
final class McpAgentTransportProvider implements McpServerTransportProvider {
    private final Consumer<ObjectNode> out;
    private final List<McpAgentTransport> transports = new CopyOnWriteArrayList<>();

    /// The method of the notification to send next. Several changes of tools are sent as one.
    private final AtomicReference<@Nullable String> pendingNotification = new AtomicReference<>();

    /// Set once by the library, while it builds the server.
    private volatile McpServerSession.@Nullable Factory factory;

    /// The transport of the last `initialize`; written by the thread that reads the agent.
    private volatile @Nullable McpAgentTransport current;

    McpAgentTransportProvider(Consumer<ObjectNode> out) {
        this.out = out;
    }

    void receive(JsonNode message, Consumer<ObjectNode> reply) {
        String method = message.path("method").asText();
        if (method.equals("notifications/cancelled")) {
            // The library ignores this notification.
            JsonNode id = message.path("params").path("requestId");
            transports.forEach(t -> t.cancel(id));
            reply.accept(McpReplies.acknowledged());
            return;
        }
        McpAgentTransport transport = method.equals("initialize") ? open() : current;
        if (transport == null) {
            reply.accept(
                    McpReplies.failure(
                            message, ErrorCodes.INVALID_REQUEST, "initialize comes first"));
        } else {
            transport.receive(message, reply);
        }
    }

    private McpAgentTransport open() {
        McpServerSession.Factory f = factory;
        if (f == null) {
            throw new IllegalStateException("a message arrived before the server was built");
        }
        transports.removeIf(McpAgentTransport::isDone);
        var transport = new McpAgentTransport(f, out);
        transports.add(transport);
        current = transport;
        return transport;
    }

    /// Discards the pending notification.
    void discardNotification() {
        pendingNotification.set(null);
    }

    /// Sends the pending notification, if there is one and the agent has initialized.
    void sendNotification() {
        String method = pendingNotification.getAndSet(null);
        McpAgentTransport transport = current;
        if (method != null && transport != null) {
            transport.notifyAgent(method);
        }
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory sessions) {
        factory = sessions;
    }

    @Override
    public Mono<Void> notifyClients(String method, @Nullable Object params) {
        return Mono.fromRunnable(() -> pendingNotification.set(method));
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::close);
    }

    @Override
    public void close() {
        transports.forEach(McpAgentTransport::close);
    }
}
