package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers `get_tools` (protocols: section 1.3): the tools that the agent says it has, or, before
/// it has said, those that every CLI has.
final class BuiltInTools {
    private static final List<String> STANDARD =
            List.of("Task", "Bash", "Read", "Edit", "Write", "WebFetch", "WebSearch");

    private BuiltInTools() {}

    /// @param said what the agent has said; empty if it has not
    /// @param name to look for; null for all
    static ObjectNode frame(List<String> said, @Nullable String name, int limit) {
        ObjectNode data = Json.object();
        ArrayNode tools = data.putArray("tools");
        (said.isEmpty() ? STANDARD : said)
                .stream()
                        .filter(tool -> name == null || tool.equals(name))
                        .limit(limit)
                        .forEach(tool -> tools.addObject().put("name", tool));
        data.put("source", "default");
        return Frames.withData("tools_list", data);
    }
}
