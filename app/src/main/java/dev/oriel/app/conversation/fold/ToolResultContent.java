package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.media.MediaBlocks;
import dev.oriel.message.BlockType;
import java.util.ArrayList;
import java.util.List;

/// The result of a tool of any kind: the content of a `tool_result`, the result of a tool that ran
/// on the side of the API, or the result of an MCP server's tool.
///
/// @param text the readable parts, and a line with type and size for each other part; without
///   images and documents, see [MediaBlocks]
/// @param failed whether the content itself reports a failure
record ToolResultContent(String text, boolean failed) {
    /// The most blocks that are listed. Further ones are counted.
    private static final int MOST_BLOCKS = 500;

    static ToolResultContent of(JsonNode content) {
        if (content.isTextual()) {
            return new ToolResultContent(content.textValue(), false);
        }
        List<String> lines = new ArrayList<>();
        int media = 0;
        boolean failed = false;
        if (content.isArray()) {
            for (JsonNode block : content) {
                if (MediaBlocks.isMedia(block) && !MediaBlocks.isTextDocument(block)) {
                    media++;
                } else if (lines.size() < MOST_BLOCKS) {
                    failed |= isError(block);
                    lines.add(line(block));
                }
            }
            if (content.size() - media > MOST_BLOCKS) {
                lines.add("[%,d more parts]".formatted(content.size() - media - MOST_BLOCKS));
            }
        } else if (content.isObject()) {
            failed = isError(content) || content.path("return_code").asInt(0) != 0;
            boolean shown = MediaBlocks.isMedia(content) && !MediaBlocks.isTextDocument(content);
            lines.add(shown ? "" : line(content));
        }
        lines.removeIf(String::isEmpty);
        return new ToolResultContent(String.join("\n", lines), failed);
    }

    /// The API's own tools report an error as an object with its own type, instead of a result.
    private static boolean isError(JsonNode block) {
        return MessageFields.text(block, "type").endsWith("_error") && block.has("error_code");
    }

    private static String line(JsonNode block) {
        if (block.isTextual()) {
            return block.textValue();
        }
        if (isError(block)) {
            String why = why(MessageFields.text(block, "error_code"));
            String more = MessageFields.text(block, "error_message");
            return "Failed: " + why + (more.isBlank() ? "" : ". " + more);
        }
        String type = MessageFields.text(block, "type");
        return switch (type) {
            case BlockType.TEXT -> MessageFields.text(block, "text");
            case "web_search_result" -> hit(block);
            case "web_fetch_result" ->
                    joined(MessageFields.text(block, "url"), line(block.path("content")));
            case "document" -> document(block);
            case "search_result" ->
                    joined(
                            MessageFields.text(block, "title"),
                            MessageFields.text(block, "source"),
                            of(block.path("content")).text());
            case "resource" -> resource(block.path("resource"));
            case "resource_link" ->
                    joined(MessageFields.text(block, "name"), MessageFields.text(block, "uri"));
            case "tool_reference" -> MessageFields.text(block, "tool_name");
            case "tool_search_tool_search_result" -> of(block.path("tool_references")).text();
            default -> block.has("stdout") || block.has("stderr") ? printed(block) : other(block);
        };
    }

    /// The error codes of the API's own tools in words.
    private static String why(String code) {
        return switch (code) {
            case "max_uses_exceeded" -> "the tool was used as often as the turn allows";
            case "too_many_requests" -> "too many requests for now";
            case "query_too_long" -> "the query is too long";
            case "invalid_input", "invalid_tool_input" -> "the input is not valid";
            case "unavailable" -> "the tool is not available at the moment";
            case "url_too_long" -> "the address is too long";
            case "url_not_allowed" -> "the address is not allowed";
            case "url_not_accessible" -> "the page could not be loaded";
            case "unsupported_content_type" -> "this kind of content is not supported";
            case "execution_time_exceeded" -> "it took longer than the sandbox allows";
            case "output_file_too_large" -> "a file in the result is too large";
            case "file_not_found" -> "the file does not exist";
            case "container_expired" -> "the sandbox no longer exists";
            default -> code.replace('_', ' ');
        };
    }

    private static String hit(JsonNode block) {
        String age = MessageFields.text(block, "page_age");
        return joined(
                MessageFields.text(block, "title"),
                "  " + MessageFields.text(block, "url") + (age.isEmpty() ? "" : "  (" + age + ")"));
    }

    private static String document(JsonNode block) {
        JsonNode source = block.path("source");
        String title = MessageFields.text(block, "title");
        String head =
                title.isBlank()
                        ? ContentPlaceholder.of(
                                source.has("data") ? "document" : "empty document", block)
                        : title;
        return switch (MessageFields.text(source, "type")) {
            case "text" -> joined(title, MessageFields.text(source, "data"));
            case "content" -> joined(title, of(source.path("content")).text());
            case "url" -> joined(title, MessageFields.text(source, "url"));
            default ->
                    title.isBlank()
                            ? head
                            : head
                                    + "  "
                                    + ContentPlaceholder.of(mediaType(source, "document"), block);
        };
    }

    private static String mediaType(JsonNode source, String otherwise) {
        String type = MessageFields.text(source, "media_type");
        return type.isBlank() ? otherwise : type;
    }

    private static String resource(JsonNode resource) {
        String uri = MessageFields.text(resource, "uri");
        if (resource.has("text")) {
            return joined(uri, MessageFields.text(resource, "text"));
        }
        String mime = MessageFields.text(resource, "mimeType");
        return joined(uri, ContentPlaceholder.of(mime.isBlank() ? "resource" : mime, resource));
    }

    private static String printed(JsonNode block) {
        int code = block.path("return_code").asInt(0);
        return joined(
                MessageFields.text(block, "stdout"),
                MessageFields.text(block, "stderr"),
                code == 0 ? "" : "Exit code " + code,
                of(block.path("content")).text());
    }

    private static String other(JsonNode block) {
        JsonNode inner = block.path("content");
        if (inner.isTextual()) {
            return inner.textValue();
        }
        return inner.isArray() && !inner.isEmpty()
                ? of(inner).text()
                : ContentPlaceholder.of(block);
    }

    private static String joined(String... parts) {
        List<String> nonBlank = new ArrayList<>();
        for (String part : parts) {
            if (!part.isBlank()) {
                nonBlank.add(part);
            }
        }
        return String.join("\n", nonBlank);
    }
}
