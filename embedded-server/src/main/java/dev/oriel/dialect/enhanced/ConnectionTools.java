package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.ToolClient;
import dev.oriel.dialect.ToolFrames;
import dev.oriel.session.Session;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.tools.ClientTools;
import dev.oriel.session.tools.ToolDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The tools that a client has defined (wire.md 1.3). They belong to the connection: the session in
/// which its queries run has them for as long as they run there.
///
/// Used by the connection's own thread.
final class ConnectionTools {
    /// Clients can compare this text.
    private static final String REFUSED = "Failed to define tool: ";

    private final Consumer<ObjectNode> out;
    private final ToolClient peer;
    private final Map<String, ToolDefinition> defined = new LinkedHashMap<>();
    private @Nullable Session attachedTo;

    /// @param out sends a frame; any thread can call it
    ConnectionTools(Consumer<ObjectNode> out) {
        this.out = out;
        this.peer = new ToolClient(out);
    }

    /// Handles a `define_tool`.
    ///
    /// @throws BadRequestException if the definition is invalid
    void define(JsonNode tool) throws BadRequestException {
        ToolDefinition definition;
        try {
            definition = ToolDefinition.parse(tool);
        } catch (BadRequestException e) {
            throw new BadRequestException(REFUSED + e.getMessage());
        }
        String name = definition.tool().name();
        if (!defined.containsKey(name) && defined.size() >= ClientTools.MAX_TOOLS) {
            throw new BadRequestException(
                    REFUSED + "there are " + ClientTools.MAX_TOOLS + " tools already");
        }
        defined.put(name, definition);
        if (attachedTo == null) {
            out.accept(ToolFrames.defined(definition));
        } else {
            attachedTo
                    .tools()
                    .add(peer, definition)
                    .whenComplete((_, failure) ->
                            out.accept(
                                    failure == null
                                            ? ToolFrames.defined(definition)
                                            : EnhancedFrames.error(
                                                    REFUSED + failure.getMessage())));
        }
    }

    /// Handles a `tool_output`.
    ///
    /// @throws BadRequestException if no call is pending
    void onOutput(JsonNode frame) throws BadRequestException {
        String call = frame.path("call_id").asText();
        if (attachedTo == null
                || !attachedTo.tools().receiveOutput(peer, call, ToolFrames.output(frame))) {
            throw new BadRequestException(ToolFrames.NO_PENDING_CALL);
        }
    }

    /// Offers the tools to the session in which the next query runs. Prompts that are sent later
    /// can use them.
    @SuppressWarnings("ReferenceEquality") // a session is itself and no other
    void attachTo(Session session) {
        if (session == attachedTo) {
            return;
        }
        detach();
        attachedTo = session;
        for (ToolDefinition each : defined.values()) {
            session.tools()
                    .add(peer, each)
                    .exceptionally(failure -> {
                        out.accept(EnhancedFrames.error(REFUSED + failure.getMessage()));
                        return null;
                    });
        }
    }

    void detach() {
        if (attachedTo != null) {
            attachedTo.tools().removeAll(peer);
            attachedTo = null;
        }
    }

    List<ToolDefinition> all() {
        return List.copyOf(defined.values());
    }

    /// Permission rules in which the client can name its tools as it has defined them.
    List<String> expandRules(List<String> rules) {
        List<String> all = new ArrayList<>(rules);
        for (String rule : rules) {
            ToolDefinition own = defined.get(rule);
            if (own != null) {
                all.add(ToolFrames.id(own.tool()));
            }
        }
        return all;
    }
}
