package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.ToolFrames;
import dev.oriel.dialect.ToolPeer;
import dev.oriel.session.BadRequestException;
import dev.oriel.session.Session;
import dev.oriel.session.tools.ToolDefinition;
import dev.oriel.session.tools.Toolbox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The tools that a client has defined (protocols: section 1.3). They are the connection's: each
/// session in which its queries run has them as long as they run there.
///
/// For the connection's own thread.
final class OwnTools {
    /// Literal: clients may look for it.
    private static final String REFUSED = "Failed to define tool: ";

    private final Consumer<ObjectNode> out;
    private final ToolPeer peer;
    private final Map<String, ToolDefinition> defined = new LinkedHashMap<>();
    private @Nullable Session where;

    /// @param out sends a frame; any thread
    OwnTools(Consumer<ObjectNode> out) {
        this.out = out;
        this.peer = new ToolPeer(out);
    }

    /// Takes a `define_tool`.
    ///
    /// @throws BadRequestException if there can be no such tool
    void define(JsonNode tool) throws BadRequestException {
        ToolDefinition definition;
        try {
            definition = ToolDefinition.of(tool);
        } catch (BadRequestException e) {
            throw new BadRequestException(REFUSED + e.getMessage());
        }
        String name = definition.tool().name();
        if (!defined.containsKey(name) && defined.size() >= Toolbox.MOST_TOOLS) {
            throw new BadRequestException(
                    REFUSED + "there are " + Toolbox.MOST_TOOLS + " tools already");
        }
        defined.put(name, definition);
        if (where == null) {
            out.accept(ToolFrames.defined(definition));
        } else {
            where.offerTool(peer, definition)
                    .whenComplete((_, failure) ->
                            out.accept(
                                    failure == null
                                            ? ToolFrames.defined(definition)
                                            : Frames.error(REFUSED + failure.getMessage())));
        }
    }

    /// Takes a `tool_output`.
    ///
    /// @throws BadRequestException if nobody waits for it
    void output(JsonNode frame) throws BadRequestException {
        String call = frame.path("call_id").asText();
        if (where == null || !where.toolOutput(peer, call, ToolFrames.output(frame))) {
            throw new BadRequestException(ToolFrames.NOBODY_WAITS);
        }
    }

    /// The next query runs in this session: what is asked of it from here on finds the tools.
    @SuppressWarnings("ReferenceEquality") // a session is itself and no other
    void moveTo(Session session) {
        if (session == where) {
            return;
        }
        leave();
        where = session;
        for (ToolDefinition each : defined.values()) {
            session.offerTool(peer, each)
                    .exceptionally(failure -> {
                        out.accept(Frames.error(REFUSED + failure.getMessage()));
                        return null;
                    });
        }
    }

    void leave() {
        if (where != null) {
            where.withdrawTools(peer);
            where = null;
        }
    }

    List<ToolDefinition> all() {
        return List.copyOf(defined.values());
    }

    /// Rules of what runs without an ask, in which a client may call its tools as it has named
    /// them.
    List<String> allowed(List<String> rules) {
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
