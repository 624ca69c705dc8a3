package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.ByteSize;
import dev.oriel.app.conversation.item.Truncation;

/// A line with type and size, in place of content that cannot be shown.
final class ContentPlaceholder {
    private static final int LONGEST_TYPE = 60;

    private ContentPlaceholder() {}

    static String of(JsonNode block) {
        String type = MessageFields.text(block, "type");
        return of(type.isBlank() ? "content" : type, block);
    }

    /// @param type the type, as the sender names it
    static String of(String type, JsonNode block) {
        String shown =
                type.length() <= LONGEST_TYPE
                        ? type
                        : type.substring(0, type.offsetByCodePoints(0, LONGEST_TYPE / 2)) + "…";
        return "[%s, %s]"
                .formatted(Truncation.firstLine(shown), ByteSize.format(characters(block)));
    }

    /// The number of characters as JSON, roughly the number of bytes that were sent.
    private static long characters(JsonNode node) {
        if (node.isValueNode()) {
            return node.asText("").length() + 2L;
        }
        long all = 2;
        for (var member : node.properties()) {
            all += member.getKey().length() + 4 + characters(member.getValue());
        }
        if (node.isArray()) {
            for (JsonNode each : node) {
                all += characters(each) + 1;
            }
        }
        return all;
    }
}
