package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult.Action;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes the questions of an MCP server on to the user. A server can ask only while a call of its
/// tools is running; other questions are cancelled. Thread-safe; blocks.
final class McpElicitations {
    private static final Logger LOG = LoggerFactory.getLogger(McpElicitations.class);
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    /// More than a form for a person has.
    private static final int LONGEST = 64 * 1024;

    private final String server;
    private final McpUser user;
    private final Supplier<@Nullable CancelScope> running;

    /// @param server its name
    /// @param running the scope of a running call; null if none is
    McpElicitations(String server, McpUser user, Supplier<@Nullable CancelScope> running) {
        this.server = server;
        this.user = user;
        this.running = running;
    }

    ElicitResult ask(ElicitRequest asked) {
        CancelScope scope = running.get();
        ObjectNode request = request(asked);
        if (scope == null || request.toString().length() > LONGEST) {
            LOG.debug("A question of an MCP server is not passed on");
            return new ElicitResult(Action.CANCEL, null);
        }
        try {
            return result(user.ask(request, scope).path("response"));
        } catch (CancellationException e) {
            return new ElicitResult(Action.CANCEL, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ElicitResult(Action.CANCEL, null);
        }
    }

    private ObjectNode request(ElicitRequest asked) {
        ObjectNode request =
                Json.object()
                        .put("subtype", ControlSubtype.ELICITATION)
                        .put("mcp_server_name", server)
                        .put("message", asked.message())
                        .put("mode", asked.mode());
        switch (asked) {
            case ElicitUrlRequest page ->
                    request.put("url", page.url()).put("elicitation_id", page.elicitationId());
            case ElicitFormRequest form ->
                    request.set(
                            "requested_schema", Json.mapper().valueToTree(form.requestedSchema()));
            default -> {
                // A kind that is not known yet has its message only.
            }
        }
        return request;
    }

    private static ElicitResult result(JsonNode answer) {
        return switch (answer.path("action").asText()) {
            case "accept" ->
                    new ElicitResult(
                            Action.ACCEPT,
                            answer.path("content").isObject()
                                    ? Json.mapper().convertValue(answer.get("content"), MAP)
                                    : null);
            case "decline" -> new ElicitResult(Action.DECLINE, null);
            default -> new ElicitResult(Action.CANCEL, null);
        };
    }
}
