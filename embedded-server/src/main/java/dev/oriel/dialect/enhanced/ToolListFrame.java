package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.ToolFrames;
import dev.oriel.message.Json;
import dev.oriel.session.tools.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Creates the response to `get_tools` (wire.md 1.3): the tools that the client has defined, then
/// those that the agent has reported. Before the agent has reported any, the standard tools of the
/// CLI.
final class ToolListFrame {
    private static final List<String> STANDARD =
            List.of("Task", "Bash", "Read", "Edit", "Write", "WebFetch", "WebSearch");

    private ToolListFrame() {}

    /// @param own tools that the client has defined
    /// @param reported names that the agent has reported; empty before its first turn
    /// @param name returns only tools with this name; null for all
    static ObjectNode of(
            List<ToolDefinition> own, List<String> reported, @Nullable String name, int limit) {
        List<ObjectNode> all = new ArrayList<>();
        List<String> ids = own.stream().map(d -> ToolFrames.id(d.tool())).toList();
        own.forEach(d -> all.add(ToolFrames.details(d)));
        for (String each : reported.isEmpty() ? STANDARD : reported) {
            if (!ids.contains(each)) {
                all.add(Json.object().put("name", each));
            }
        }
        ObjectNode data = Json.object();
        ArrayNode tools = data.putArray("tools");
        all.stream()
                .filter(tool -> name == null || tool.path("name").asText().equals(name))
                .limit(limit)
                .forEach(tools::add);
        data.put("source", own.isEmpty() ? "default" : "registry");
        return EnhancedFrames.withData("tools_list", data);
    }
}
