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

/// Brings JSON-RPC between the MCP library and an agent. The agent may shake hands more than once
/// (the CLI does each time its set of servers changes); each time is a [McpAgentTransport] of its
/// own, because it counts its requests anew. Any thread.
final class McpAgentTransportProvider implements McpServerTransportProvider {
    private final Consumer<ObjectNode> out;
    private final List<McpAgentTransport> dialogues = new CopyOnWriteArrayList<>();

    /// What the agent is to be told: a change of ten tools is one change.
    private final AtomicReference<@Nullable String> pendingNotification = new AtomicReference<>();

    private volatile McpServerSession.@Nullable Factory factory;
    private volatile @Nullable McpAgentTransport current;

    McpAgentTransportProvider(Consumer<ObjectNode> out) {
        this.out = out;
    }

    void receive(JsonNode message, Consumer<ObjectNode> reply) {
        String method = message.path("method").asText();
        if (method.equals("notifications/cancelled")) {
            // The library does not heed it.
            JsonNode id = message.path("params").path("requestId");
            dialogues.forEach(d -> d.cancel(id));
            reply.accept(McpReplies.acknowledged());
            return;
        }
        McpAgentTransport dialogue = method.equals("initialize") ? open() : current;
        if (dialogue == null) {
            reply.accept(
                    McpReplies.failure(
                            message, ErrorCodes.INVALID_REQUEST, "initialize comes first"));
        } else {
            dialogue.receive(message, reply);
        }
    }

    private McpAgentTransport open() {
        McpServerSession.Factory f = factory;
        if (f == null) {
            throw new IllegalStateException("the server is built before anybody speaks to it");
        }
        dialogues.removeIf(McpAgentTransport::isDone);
        var dialogue = new McpAgentTransport(f, out);
        dialogues.add(dialogue);
        current = dialogue;
        return dialogue;
    }

    /// Forgets what there would be to tell.
    void discardNotification() {
        pendingNotification.set(null);
    }

    /// Tells what there is to tell.
    void sendNotification() {
        String method = pendingNotification.getAndSet(null);
        McpAgentTransport dialogue = current;
        if (method != null && dialogue != null) {
            dialogue.notifyAgent(method);
        }
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory made) {
        factory = made;
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
        dialogues.forEach(McpAgentTransport::close);
    }
}
