package dev.oriel.testing.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.mcp.McpUser;
import dev.oriel.message.Json;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/// A user who answers the questions of MCP servers with replies that were prepared, or waits for
/// one.
public final class ScriptedMcpUser implements McpUser {
    public final List<ObjectNode> questions = new CopyOnWriteArrayList<>();
    public final List<String> stderr = new CopyOnWriteArrayList<>();
    private final BlockingQueue<ObjectNode> replies = new LinkedBlockingQueue<>();

    /// Answers the next question.
    ///
    /// @param response the content of a successful reply
    public void answer(ObjectNode response) {
        ObjectNode reply = Json.object().put("subtype", "success");
        reply.set("response", response);
        replies.add(reply);
    }

    @Override
    public ObjectNode ask(ObjectNode request, CancelScope cancel) throws InterruptedException {
        questions.add(request);
        Thread asking = Thread.currentThread();
        try (CancelScope.Registration _ = cancel.onCancel(asking::interrupt)) {
            return replies.take();
        } catch (InterruptedException e) {
            if (cancel.isCancelled()) {
                throw new CancellationException();
            }
            throw e;
        }
    }

    @Override
    public void stderr(String line) {
        stderr.add(line);
    }
}
