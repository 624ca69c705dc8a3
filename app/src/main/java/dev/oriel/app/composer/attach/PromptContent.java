package dev.oriel.app.composer.attach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.composer.attach.DraftAttachment.Kind;
import dev.oriel.app.media.MediaBlocks;
import dev.oriel.app.text.markdown.ItemMarkdown;
import dev.oriel.message.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// The content of a prompt with attachments, as the Messages API has it. Pure.
final class PromptContent {
    private PromptContent() {}

    /// @param attachment ready
    record Part(DraftAttachment attachment, byte[] content) {}

    /// Each attachment is a block. For a server that takes text only, a text is a part of the
    /// prompt's. Without blocks, the content is a string, as of a prompt without attachments.
    ///
    /// @param textOnly whether the server takes text only
    static JsonNode of(String text, List<Part> parts, boolean textOnly) {
        List<String> texts = new ArrayList<>();
        if (!text.isBlank()) {
            texts.add(text);
        }
        boolean blocks = false;
        for (Part part : parts) {
            if (textOnly && part.attachment().isText()) {
                texts.add(text(part));
            } else {
                blocks = true;
            }
        }
        if (!blocks) {
            return Json.mapper().getNodeFactory().textNode(String.join("\n\n", texts));
        }
        ArrayNode content = Json.mapper().createArrayNode();
        texts.forEach(t -> content.addObject().put("type", "text").put("text", t));
        for (Part part : parts) {
            if (!textOnly || !part.attachment().isText()) {
                content.add(part.attachment().isText() ? textBlock(part) : block(part));
            }
        }
        return content;
    }

    private static String text(Part part) {
        String text = new String(part.content(), StandardCharsets.UTF_8);
        DraftAttachment a = part.attachment();
        return a.kind() == Kind.PASTED_TEXT
                ? text
                : ItemMarkdown.codeSpan(a.path().isEmpty() ? a.name() : a.path())
                        + ":\n\n"
                        + ItemMarkdown.codeBlock(text.stripTrailing());
    }

    /// What an attachment of a prompt was before it was sent, without its content.
    static DraftAttachment attachment(String id, JsonNode block) {
        String title = block.path("title").asText("");
        if (!MediaBlocks.isTextDocument(block)) {
            return DraftAttachment.preparing(id, Kind.IMAGE, title, "");
        }
        if (title.isEmpty() || title.equals(DraftAttachment.PASTED)) {
            return DraftAttachment.preparing(id, Kind.PASTED_TEXT, "", "");
        }
        int slash = Math.max(title.lastIndexOf('/'), title.lastIndexOf('\\'));
        return DraftAttachment.preparing(
                id, Kind.TEXT_FILE, title.substring(slash + 1), slash < 0 ? "" : title);
    }

    /// A document of plain text, with the path of its file as its title.
    private static ObjectNode textBlock(Part part) {
        DraftAttachment a = part.attachment();
        ObjectNode block = Json.object().put("type", "document");
        block.putObject("source")
                .put("type", "text")
                .put("media_type", "text/plain")
                .put("data", new String(part.content(), StandardCharsets.UTF_8));
        String title = a.path().isEmpty() ? a.title() : a.path();
        return block.put("title", title);
    }

    private static ObjectNode block(Part part) {
        DraftAttachment a = part.attachment();
        ObjectNode block = Json.object();
        block.put("type", a.kind() == Kind.IMAGE ? "image" : "document");
        block.putObject("source")
                .put("type", "base64")
                .put("media_type", a.format().mediaType())
                .put("data", Base64.getEncoder().encodeToString(part.content()));
        if (a.kind() == Kind.DOCUMENT && !a.name().isBlank()) {
            block.put("title", a.name());
        }
        return block;
    }
}
