package dev.oriel.app.composer.attach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.composer.attach.DraftAttachment.Kind;
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

    /// Images and documents are blocks; everything else is text. Without blocks, the content is a
    /// string, as of a prompt without attachments.
    static JsonNode of(String text, List<Part> parts) {
        List<String> texts = new ArrayList<>();
        if (!text.isBlank()) {
            texts.add(text);
        }
        boolean blocks = false;
        for (Part part : parts) {
            if (part.attachment().isText()) {
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
            if (!part.attachment().isText()) {
                content.add(block(part));
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
