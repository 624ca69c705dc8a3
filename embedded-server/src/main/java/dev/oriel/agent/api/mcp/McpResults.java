package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import dev.oriel.platform.PrivateFiles;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Results of MCP tools as the Messages API takes them.
final class McpResults {
    /// About 25,000 tokens. A longer text is stored in a file that the model can read in parts.
    private static final int LONGEST_TEXT = 100_000;

    private static final int PREVIEW = 2_000;
    private static final Set<String> IMAGES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private McpResults() {}

    static ToolOutcome of(CallToolResult result, ToolRequest call, ToolContext context) {
        ArrayNode blocks = Json.mapper().createArrayNode();
        ArrayNode links = Json.mapper().createArrayNode();
        StringBuilder text = new StringBuilder();
        for (McpSchema.Content content : result.content()) {
            switch (content) {
                case McpSchema.TextContent t -> line(text, t.text());
                case McpSchema.ImageContent image when IMAGES.contains(image.mimeType()) -> {
                    ObjectNode block = blocks.addObject().put("type", "image");
                    block.putObject("source")
                            .put("type", "base64")
                            .put("media_type", image.mimeType())
                            .put("data", image.data());
                }
                case McpSchema.EmbeddedResource resource -> line(text, text(resource));
                case McpSchema.ResourceLink link -> {
                    links.addObject().put("uri", link.uri()).put("name", link.name());
                    line(text, "[Resource %s: %s]".formatted(link.name(), link.uri()));
                }
                default ->
                        line(text, "[%s content, which cannot be shown]".formatted(content.type()));
            }
        }
        if (text.isEmpty() && result.structuredContent() != null) {
            text.append(Json.mapper().<JsonNode>valueToTree(result.structuredContent()));
        }
        String shown = bounded(text.toString(), call, context);
        if (Boolean.TRUE.equals(result.isError())) {
            return ToolOutcome.failed(shown.isEmpty() ? "The tool failed." : shown);
        }
        JsonNode content = TextNode.valueOf(shown.isEmpty() ? "(no output)" : shown);
        if (!blocks.isEmpty()) {
            if (!shown.isEmpty()) {
                blocks.insertObject(0).put("type", "text").put("text", shown);
            }
            content = blocks;
        }
        return new ToolOutcome.Ok(content, structured(result, links, shown), List.of(), null);
    }

    private static JsonNode structured(CallToolResult result, ArrayNode links, String shown) {
        ObjectNode structured = Json.object();
        if (result.structuredContent() != null) {
            structured.set(
                    "structuredContent", Json.mapper().valueToTree(result.structuredContent()));
        }
        if (!links.isEmpty()) {
            structured.set("resourceLinks", links);
        }
        return structured.isEmpty() ? TextNode.valueOf(shown) : structured;
    }

    /// An embedded resource as a text.
    static String text(McpSchema.EmbeddedResource embedded) {
        return switch (embedded.resource()) {
            case McpSchema.TextResourceContents t ->
                    "[Resource %s]\n%s".formatted(t.uri(), t.text());
            case McpSchema.ResourceContents other ->
                    "[Resource %s, which is no text]".formatted(other.uri());
        };
    }

    private static void line(StringBuilder text, String more) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append(more);
    }

    /// The text, or if it is too long its beginning and the file where it is stored.
    static String bounded(String text, ToolRequest call, ToolContext context) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        String beginning = text.substring(0, PREVIEW);
        String size = "%.1fKB".formatted(text.length() / 1024.0);
        try {
            Path file =
                    PrivateFiles.createFolders(context.privateFolder())
                            .resolve("mcp-" + call.id().replaceAll("[^A-Za-z0-9_-]", "_") + ".txt");
            try {
                PrivateFiles.createNew(file);
            } catch (FileAlreadyExistsException _) {
                // Of the same call.
            }
            Files.writeString(file, text);
            return "<persisted-output>\nOutput too large (%s). Full output saved to: %s\n\n"
                            .formatted(size, file)
                    + "Preview (first 2KB):\n"
                    + beginning
                    + "\n</persisted-output>";
        } catch (IOException e) {
            return text.substring(0, LONGEST_TEXT) + "\n[The rest of the output is left out.]";
        }
    }
}
