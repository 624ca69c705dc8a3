package dev.oriel.agent.api.history;

import dev.oriel.message.BlockType;

/// A content block in the form in which the Messages API accepts it. Immutable; do not write into
/// the array.
///
/// @param id the id of a tool call, or the id that a result refers to; empty for other blocks
/// @param tokens the estimated size
/// @param media the number of images and documents in it
/// @param json the encoded object
record HistoryBlock(Kind kind, String id, int tokens, int media, byte[] json) {
    enum Kind {
        TEXT,
        /// Also redacted thinking.
        THINKING,
        /// A tool call that the agent must answer with a result.
        TOOL_USE,
        TOOL_RESULT,
        /// A tool call that the API itself executes.
        SERVER_USE,
        SERVER_RESULT,
        /// An image, a document or anything else.
        OTHER
    }

    static Kind kindOf(String type) {
        return switch (type) {
            case BlockType.TEXT -> Kind.TEXT;
            case BlockType.THINKING, BlockType.REDACTED_THINKING -> Kind.THINKING;
            case BlockType.TOOL_USE -> Kind.TOOL_USE;
            case BlockType.TOOL_RESULT -> Kind.TOOL_RESULT;
            default ->
                    type.endsWith("_tool_use")
                            ? Kind.SERVER_USE
                            : type.endsWith("_tool_result") ? Kind.SERVER_RESULT : Kind.OTHER;
        };
    }
}
