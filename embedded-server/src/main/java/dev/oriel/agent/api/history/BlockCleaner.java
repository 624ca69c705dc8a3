package dev.oriel.agent.api.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.history.HistoryBlock.Kind;
import dev.oriel.message.BlockType;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.SurrogateEscapes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Brings content blocks into a form that the Messages API accepts, or drops them. Pure: the same
/// block always has the same result, as prompt caching requires.
final class BlockCleaner {
    /// What one image or document is counted as: about the size of an image of the largest
    /// dimensions that the API does not scale down.
    private static final int MEDIA_TOKENS = 1_600;

    private static final double BYTES_PER_TOKEN = 3.5;
    private static final String CACHE_CONTROL = "cache_control";
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^a-zA-Z0-9_-]");
    private static final int MAX_NAME = 128;

    private BlockCleaner() {}

    /// The estimated number of tokens of encoded text.
    static int tokens(int bytes) {
        return (int) Math.ceil(bytes / BYTES_PER_TOKEN);
    }

    /// @param content the `content` of an API message: a string or an array of blocks
    static List<HistoryBlock> clean(JsonNode content, boolean isUser) {
        List<HistoryBlock> blocks = new ArrayList<>();
        if (content.isTextual()) {
            add(text(content.textValue()), blocks);
        }
        if (content.isArray()) {
            for (JsonNode block : content) {
                if (block instanceof ObjectNode o) {
                    add(isUser ? ofUser(o) : ofAssistant(o), blocks);
                }
            }
        }
        return blocks;
    }

    /// A text block; null if the API would refuse it as empty.
    static @Nullable HistoryBlock text(@Nullable String text) {
        return text == null || isBlank(text)
                ? null
                : encode(Kind.TEXT, "", Json.object().put("type", "text").put("text", text));
    }

    /// A result for a call that has none.
    static HistoryBlock result(String id, String text) {
        return encode(
                Kind.TOOL_RESULT,
                id,
                Json.object()
                        .put("type", BlockType.TOOL_RESULT)
                        .put("tool_use_id", id)
                        .put("content", text)
                        .put("is_error", true));
    }

    private static boolean isBlank(String text) {
        return text.codePoints().allMatch(BlockCleaner::isSpace);
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    private static void add(@Nullable HistoryBlock block, List<HistoryBlock> to) {
        if (block != null) {
            to.add(block);
        }
    }

    private static @Nullable HistoryBlock ofUser(ObjectNode block) {
        String type = block.path("type").asText();
        return switch (HistoryBlock.kindOf(type)) {
            case TEXT -> text(block.path("text").textValue());
            case TOOL_RESULT -> toolResult(block);
            case OTHER -> isMedia(type) ? encode(Kind.OTHER, "", withoutMarker(block)) : null;
            default -> null; // only the model emits these
        };
    }

    private static boolean isMedia(String type) {
        return type.equals("image") || type.equals("document") || type.equals("search_result");
    }

    private static @Nullable HistoryBlock toolResult(ObjectNode block) {
        String id = name(block.path("tool_use_id").asText());
        if (id.isEmpty()) {
            return null;
        }
        ObjectNode clean = Json.object().put("type", BlockType.TOOL_RESULT).put("tool_use_id", id);
        boolean isError = block.path("is_error").asBoolean();
        JsonNode content = block.path("content");
        if (content.isTextual()) {
            clean.put("content", content.textValue());
        } else if (content.isArray()) {
            clean.set("content", resultContent((ArrayNode) content, isError));
        }
        if (block.path("is_error").isBoolean()) {
            clean.put("is_error", isError);
        }
        return encode(Kind.TOOL_RESULT, id, clean);
    }

    /// The API refuses empty texts, and anything but text in the result of a call that failed.
    private static ArrayNode resultContent(ArrayNode content, boolean isError) {
        ArrayNode clean = Json.mapper().createArrayNode();
        for (JsonNode part : content) {
            String type = part.path("type").asText();
            if (type.equals(BlockType.TEXT)) {
                String text = part.path("text").asText();
                if (!isBlank(text)) {
                    clean.addObject().put("type", "text").put("text", text);
                }
            } else if (isMedia(type) && part instanceof ObjectNode o) {
                if (isError) {
                    clean.addObject().put("type", "text").put("text", placeholder(type));
                } else {
                    clean.add(withoutMarker(o));
                }
            }
        }
        return clean;
    }

    private static @Nullable HistoryBlock ofAssistant(ObjectNode block) {
        Kind kind = HistoryBlock.kindOf(block.path("type").asText());
        return switch (kind) {
            case TEXT -> {
                String text = block.path("text").textValue();
                yield text == null || isBlank(text)
                        ? null
                        : encode(kind, "", withoutNulls(withoutMarker(block)));
            }
            // Without a signature the API refuses thinking: it was cut off.
            case THINKING ->
                    block.path("signature").asText().isEmpty()
                                    && block.path("data").asText().isEmpty()
                            ? null
                            : encode(kind, "", block);
            case TOOL_USE, SERVER_USE -> use(kind, block);
            case SERVER_RESULT ->
                    encode(
                            kind,
                            name(block.path("tool_use_id").asText()),
                            withoutNulls(withoutMarker(block)));
            case TOOL_RESULT -> null;
            case OTHER -> encode(kind, "", withoutNulls(withoutMarker(block)));
        };
    }

    private static @Nullable HistoryBlock use(Kind kind, ObjectNode block) {
        String id = name(block.path("id").asText());
        String name = name(block.path("name").asText());
        if (id.isEmpty() || name.isEmpty()) {
            return null;
        }
        ObjectNode clean = withoutNulls(withoutMarker(block));
        clean.put("id", id).put("name", name);
        if (!block.path("input").isObject()) {
            clean.putObject("input");
        }
        return encode(kind, id, clean);
    }

    /// Some local servers give ids, and some models give names, that the API does not accept.
    private static String name(String text) {
        String valid = NOT_IN_NAMES.matcher(text).replaceAll("_");
        return valid.length() <= MAX_NAME ? valid : valid.substring(0, MAX_NAME);
    }

    private static ObjectNode withoutMarker(ObjectNode block) {
        ObjectNode copy = block.deepCopy();
        copy.remove(CACHE_CONTROL);
        return copy;
    }

    /// Responses contain members, such as `citations`, that are null and are refused in requests by
    /// some servers.
    private static ObjectNode withoutNulls(ObjectNode copy) {
        copy.properties().removeIf(e -> e.getValue().isNull());
        return copy;
    }

    /// The block with another id, for calls whose id is not unique.
    static HistoryBlock withId(HistoryBlock block, String id) {
        ObjectNode json = parse(block);
        json.put(block.kind() == Kind.TOOL_USE ? "id" : "tool_use_id", id);
        return encode(block.kind(), id, json);
    }

    /// A text block without white space at its end; null if nothing is left.
    static @Nullable HistoryBlock withoutTrailingSpace(HistoryBlock block) {
        ObjectNode json = parse(block);
        String text = json.path("text").asText();
        int end = text.length();
        while (end > 0 && isSpace(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        String stripped = text.substring(0, end);
        if (stripped.length() == text.length()) {
            return block;
        }
        return stripped.isEmpty() ? null : encode(block.kind(), "", json.put("text", stripped));
    }

    /// The block with a text in the place of each image and document.
    static HistoryBlock withoutMedia(HistoryBlock block) {
        if (block.media() == 0) {
            return block;
        }
        ObjectNode json = parse(block);
        if (block.kind() != Kind.TOOL_RESULT) {
            HistoryBlock replaced = text(placeholder(json.path("type").asText()));
            return replaced == null ? block : replaced;
        }
        ArrayNode content = (ArrayNode) json.path("content");
        for (int i = 0; i < content.size(); i++) {
            String type = content.path(i).path("type").asText();
            if (isMedia(type)) {
                content.set(i, Json.object().put("type", "text").put("text", placeholder(type)));
            }
        }
        return encode(block.kind(), block.id(), json);
    }

    /// The result of a tool with a text in the place of its content.
    static HistoryBlock withoutContent(HistoryBlock result, String text) {
        ObjectNode json = parse(result).put("content", text);
        return encode(result.kind(), result.id(), json);
    }

    private static String placeholder(String type) {
        return "[" + type + " removed to save space]";
    }

    private static ObjectNode parse(HistoryBlock block) {
        try {
            return Json.parseObject(block.json());
        } catch (MalformedMessageException e) {
            throw new IllegalStateException("a block is encoded here", e);
        }
    }

    private static HistoryBlock encode(Kind kind, String id, ObjectNode json) {
        int media = 0;
        long mediaBytes = 0;
        JsonNode nested = kind == Kind.TOOL_RESULT ? json.path("content") : null;
        for (JsonNode part : nested == null ? List.of(json) : nested) {
            if (isMedia(part.path("type").asText())) {
                media++;
                mediaBytes += part.path("source").path("data").asText().length();
            }
        }
        byte[] bytes = SurrogateEscapes.replace(Json.encode(json));
        int text = (int) Math.max(0, bytes.length - mediaBytes);
        return new HistoryBlock(kind, id, tokens(text) + media * MEDIA_TOKENS, media, bytes);
    }
}
