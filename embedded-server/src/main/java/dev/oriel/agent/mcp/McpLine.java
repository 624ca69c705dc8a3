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
/// (the CLI does each time its set of servers changes); each time is a [McpDialogue] of its own,
/// because it counts its requests anew. Any thread.
final class McpLine implements McpServerTransportProvider {
    private final Consumer<ObjectNode> out;
    private final List<McpDialogue> dialogues = new CopyOnWriteArrayList<>();

    /// What the agent is to be told: a change of ten tools is one change.
    private final AtomicReference<@Nullable String> news = new AtomicReference<>();

    private volatile McpServerSession.@Nullable Factory factory;
    private volatile @Nullable McpDialogue current;

    McpLine(Consumer<ObjectNode> out) {
        this.out = out;
    }

    void take(JsonNode message, Consumer<ObjectNode> reply) {
        String method = message.path("method").asText();
        if (method.equals("notifications/cancelled")) {
            // The library does not heed it.
            JsonNode id = message.path("params").path("requestId");
            dialogues.forEach(d -> d.cancel(id));
            reply.accept(Replies.acknowledged());
            return;
        }
        McpDialogue dialogue = method.equals("initialize") ? begin() : current;
        if (dialogue == null) {
            reply.accept(
                    Replies.failure(message, ErrorCodes.INVALID_REQUEST, "initialize comes first"));
        } else {
            dialogue.take(message, reply);
        }
    }

    private McpDialogue begin() {
        McpServerSession.Factory f = factory;
        if (f == null) {
            throw new IllegalStateException("the server is built before anybody speaks to it");
        }
        dialogues.removeIf(McpDialogue::isDone);
        var dialogue = new McpDialogue(f, out);
        dialogues.add(dialogue);
        current = dialogue;
        return dialogue;
    }

    /// Forgets what there would be to tell.
    void hush() {
        news.set(null);
    }

    /// Tells what there is to tell.
    void tell() {
        String method = news.getAndSet(null);
        McpDialogue dialogue = current;
        if (method != null && dialogue != null) {
            dialogue.tell(method);
        }
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory made) {
        factory = made;
    }

    @Override
    public Mono<Void> notifyClients(String method, @Nullable Object params) {
        return Mono.fromRunnable(() -> news.set(method));
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::close);
    }

    @Override
    public void close() {
        dialogues.forEach(McpDialogue::close);
    }
}
