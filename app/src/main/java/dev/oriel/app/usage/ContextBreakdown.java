package dev.oriel.app.usage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What the context holds, as the CLI replies to `get_context_usage`.
///
/// @param parts in the order of the reply
/// @param total tokens that are used
/// @param window tokens that fit into the context; 0 if unknown
/// @param counted whether the API has counted the tokens; they are estimated otherwise
public record ContextBreakdown(List<Part> parts, long total, long window, boolean counted) {
    private static final int MAX_PARTS = 40;

    /// What a part is.
    public enum Kind {
        USED,
        FREE,
        /// Kept free for the summary of a compaction.
        RESERVED,
        /// Not in the context: loaded when it is needed.
        DEFERRED
    }

    /// @param tokens at least 0
    public record Part(String name, long tokens, Kind kind) {}

    public ContextBreakdown {
        parts = List.copyOf(parts);
    }

    static ContextBreakdown from(JsonNode reply, boolean counted) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode c : reply.path("categories")) {
            long tokens = c.path("tokens").asLong();
            String name = c.path("name").asText("").strip();
            if (tokens > 0 && !name.isEmpty() && parts.size() < MAX_PARTS) {
                parts.add(new Part(name, tokens, kind(c, name)));
            }
        }
        long window = reply.path("rawMaxTokens").asLong(reply.path("maxTokens").asLong());
        return new ContextBreakdown(
                parts, Math.max(0, reply.path("totalTokens").asLong()), window, counted);
    }

    /// CLIs up to 2.1.197 do not report the kind.
    private static Kind kind(JsonNode category, String name) {
        return switch (category.path("kind").asText("")) {
            case "used" -> Kind.USED;
            case "free" -> Kind.FREE;
            case "buffer" -> Kind.RESERVED;
            case "deferred" -> Kind.DEFERRED;
            default ->
                    category.path("isDeferred").asBoolean()
                            ? Kind.DEFERRED
                            : name.equals("Free space")
                                    ? Kind.FREE
                                    : name.endsWith("buffer") ? Kind.RESERVED : Kind.USED;
        };
    }

    /// The share of a part in the context, 0 to 1.
    public double share(Part part) {
        return window <= 0 ? 0 : Math.min(1, (double) part.tokens() / window);
    }
}
