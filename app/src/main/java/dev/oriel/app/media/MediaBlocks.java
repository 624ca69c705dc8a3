package dev.oriel.app.media;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.MediaPlace;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.message.BlockType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Images, documents and other binary content in the content blocks of messages. Pure.
///
/// Known forms: the API's `image` and `document` with a `source`, and an MCP server's `image`,
/// `audio` (`data`, `mimeType`) and `resource` with a `blob`.
public final class MediaBlocks {
    /// How much of the content is decoded at first to find the size of an image, base64 characters.
    private static final int HEAD = 64 * 1024;

    /// How much is decoded at most to find it. A JPEG can have a large profile before its size.
    private static final int LONG_HEAD = 1024 * 1024;

    /// A media type (RFC 6838), which may have parameters.
    private static final Pattern TYPE =
            Pattern.compile(
                    "[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}(;[ -~]{0,200})?");

    private MediaBlocks() {}

    /// All such blocks in a message or in a part of it, in their order.
    ///
    /// @param node a message: its `message.content` is searched; or content
    public static List<JsonNode> in(JsonNode node) {
        List<JsonNode> found = new ArrayList<>();
        collect(node.has("message") ? node.path("message").path("content") : node, found);
        return found;
    }

    private static void collect(JsonNode node, List<JsonNode> found) {
        if (isMedia(node)) {
            found.add(node);
        } else if (node.isContainerNode()) {
            node.forEach(child -> collect(child, found));
        }
    }

    /// What a user attached to a prompt: the blocks of its content that are not text.
    ///
    /// @param seq of the message; 0 if it is not journaled
    public static List<Attachment> attachments(JsonNode content, long seq) {
        List<Attachment> found = new ArrayList<>();
        int index = 0;
        for (JsonNode block : content.isArray() ? content : List.<JsonNode>of()) {
            String type = block.path("type").asText("");
            boolean media = isMedia(block);
            if (!type.isEmpty()
                    && !type.equals(BlockType.TEXT)
                    && !type.equals(BlockType.TOOL_RESULT)) {
                found.add(describe(block, new MediaPlace(seq, media ? index : -1)));
            }
            index += media ? 1 : in(block).size();
        }
        return found;
    }

    /// The images and documents in a part of a message, such as the result of a tool.
    ///
    /// @param message a whole message
    /// @param part a node of its content
    /// @param seq of the message
    public static List<Attachment> describe(JsonNode message, JsonNode part, long seq) {
        List<JsonNode> own = in(part);
        if (own.isEmpty()) {
            return List.of();
        }
        List<JsonNode> all = in(message);
        int first = indexOf(all, own.getFirst());
        List<Attachment> found = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            if (!isTextDocument(own.get(i))) {
                found.add(describe(own.get(i), new MediaPlace(seq, first + i)));
            }
        }
        return found;
    }

    @SuppressWarnings("ReferenceEquality") // equal images can be in several places
    private static int indexOf(List<JsonNode> all, JsonNode block) {
        int index = 0;
        while (index < all.size() && all.get(index) != block) {
            index++;
        }
        return index;
    }

    public static boolean isMedia(JsonNode block) {
        return switch (block.path("type").asText("")) {
            case "image", "audio" -> true;
            // One with an address has no content here.
            case "document" ->
                    isTextDocument(block)
                            || block.path("source").path("type").asText("").equals("base64");
            case "resource" -> block.path("resource").path("blob").isTextual();
            default -> false;
        };
    }

    /// Whether a block is a document of plain text, as text files in a prompt are. In the result of
    /// a tool it is shown as text.
    public static boolean isTextDocument(JsonNode block) {
        JsonNode source = block.path("source");
        return block.path("type").asText("").equals("document")
                && source.path("type").asText("").equals("text")
                && source.path("data").isTextual();
    }

    /// Describes a block.
    ///
    /// @param block one that [#isMedia] is true for
    public static Attachment describe(JsonNode block, MediaPlace place) {
        if (isTextDocument(block)) {
            String text = block.path("source").path("data").textValue();
            return new Attachment(
                    Attachment.Kind.DOCUMENT,
                    MediaFormat.TEXT.mediaType(),
                    name(block),
                    utf8Length(text),
                    0,
                    0,
                    place,
                    Truncation.truncate(text));
        }
        String data = data(block);
        String type = mediaType(block);
        ImageHeader header = data.isEmpty() ? null : header(data);
        boolean known = header != null && header.format() != MediaFormat.OTHER;
        boolean said = block.path("type").asText().equals("image") || type.startsWith("image/");
        boolean image = (header != null && known) ? header.format().isImage() : said;
        boolean document = block.path("type").asText().equals("document") || type.endsWith("/pdf");
        if (header != null && header.format() != MediaFormat.OTHER) {
            // The sender may be wrong about the type; the bytes are what they are.
            type = header.format().mediaType();
        }
        return new Attachment(
                image
                        ? Attachment.Kind.IMAGE
                        : document ? Attachment.Kind.DOCUMENT : Attachment.Kind.OTHER,
                type,
                name(block),
                decodedLength(data),
                header == null ? 0 : header.width(),
                header == null ? 0 : header.height(),
                place);
    }

    private static ImageHeader header(String data) {
        ImageHeader header = ImageHeader.read(decode(data, HEAD));
        return header.format() == MediaFormat.JPEG && header.width() == 0 && data.length() > HEAD
                ? ImageHeader.read(decode(data, LONG_HEAD))
                : header;
    }

    private static String name(JsonNode block) {
        String title = block.path("title").asText("");
        String uri = block.path("resource").path("uri").asText("");
        String url = block.path("source").path("url").asText("");
        String address = uri.isEmpty() ? url : uri;
        return !title.isBlank() ? title : address.substring(address.lastIndexOf('/') + 1);
    }

    /// The type as the sender names it; empty if that is no name of a type, which is not shown.
    private static String mediaType(JsonNode block) {
        String given = givenType(block);
        return TYPE.matcher(given).matches() ? given : "";
    }

    private static String givenType(JsonNode block) {
        String given = block.path("source").path("media_type").asText("");
        if (given.isEmpty()) {
            given = block.path("mimeType").asText("");
        }
        return given.isEmpty() ? block.path("resource").path("mimeType").asText("") : given;
    }

    private static String data(JsonNode block) {
        JsonNode source = block.path("source");
        if (source.path("data").isTextual() && !source.path("type").asText().equals("text")) {
            return source.path("data").textValue();
        }
        if (block.path("data").isTextual()) {
            return block.path("data").textValue();
        }
        return block.path("resource").path("blob").asText("");
    }

    private static long utf8Length(String text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a pair counts two of its four bytes.
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }

    private static long decodedLength(String base64) {
        int length = base64.length();
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return Math.max(0, length * 3L / 4 - padding);
    }

    /// The bytes of a block.
    ///
    /// @param block one that [#isMedia] is true for
    /// @return empty if it has none, or is not valid base64; that of a text in UTF-8
    public static byte[] content(JsonNode block) {
        return isTextDocument(block)
                ? block.path("source").path("data").textValue().getBytes(StandardCharsets.UTF_8)
                : decode(data(block), Integer.MAX_VALUE);
    }

    /// @param most characters that are decoded
    private static byte[] decode(String base64, int most) {
        // Whole groups of four, unless it is all of it.
        String part = base64.length() <= most ? base64 : base64.substring(0, most / 4 * 4);
        try {
            return Base64.getMimeDecoder().decode(part.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
