package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.JournalException;
import dev.oriel.message.BlockType;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.UserMessages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Messages of a session from the journal, in the form of the third generation (wire.md 5.6):
/// prompts and answers, oldest first. Blocks.
final class StoredMessages {
    private static final int PAGE = 200;

    /// Maximum size of a frame, unless one message is larger.
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    private final Journal journal;
    private final UUID session;
    private final String since;

    /// @param since the time of all records, because the journal stores none for a message
    StoredMessages(Journal journal, UUID session, String since) {
        this.journal = journal;
        this.session = session;
        this.since = since;
    }

    /// Creates the frame `messages_loaded`.
    ObjectNode loadPage(int limit, int offset) throws JournalException {
        ArrayNode messages = Json.mapper().createArrayNode();
        boolean more = false;
        int number = 0;
        int bytes = 0;
        long after = 0;
        List<Entry> page = journal.messagesAfter(session, after, PAGE);
        while (!page.isEmpty() && !more) {
            for (Entry entry : page) {
                after = entry.seq();
                ObjectNode found = more ? null : record(entry.message(), number);
                if (found != null && ++number > offset) {
                    bytes += entry.message().bytes().length;
                    more = messages.size() == limit || (bytes > MAX_BYTES && !messages.isEmpty());
                    if (!more) {
                        messages.add(found);
                    }
                }
            }
            page = journal.messagesAfter(session, after, PAGE);
        }
        ObjectNode frame = Json.object().put("type", "messages_loaded");
        frame.put("session_id", session.toString());
        frame.set("messages", messages);
        return frame.put("has_more", more)
                .put("count", messages.size())
                .put("limit", limit)
                .put("offset", offset);
    }

    /// @return null for a message that is neither a prompt nor an answer
    private @Nullable ObjectNode record(Message m, int sequence) {
        boolean prompt = m.is(MessageType.USER) && m.agentSessionId() == null;
        if (!prompt && !m.is(MessageType.ASSISTANT)) {
            return null;
        }
        JsonNode tree = m.tree();
        if (tree.path("parent_tool_use_id").isTextual()) {
            return null;
        }
        ObjectNode record = Json.object().put("id", id(m, sequence));
        record.put("session_id", session.toString()).put("sequence", sequence);
        if (prompt) {
            record.put("role", "user").put("content", UserMessages.text(tree));
        } else if (!answer(tree.path("message").path("content"), record.put("role", "assistant"))) {
            return null;
        }
        return record.put("timestamp", since)
                .put("tokens_used", tree.at("/message/usage/output_tokens").asInt());
    }

    private String id(Message m, int sequence) {
        String uuid = m.uuid();
        return uuid != null
                ? uuid
                : UUID.nameUUIDFromBytes(
                                (session + "/" + sequence).getBytes(StandardCharsets.UTF_8))
                        .toString();
    }

    /// @return false if the answer has no content to show
    private static boolean answer(JsonNode blocks, ObjectNode record) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        ArrayNode tools = Json.mapper().createArrayNode();
        for (JsonNode block : blocks) {
            switch (block.path("type").asText()) {
                case BlockType.TEXT -> text.append(block.path("text").asText());
                case BlockType.THINKING -> thinking.append(block.path("thinking").asText());
                case BlockType.TOOL_USE ->
                        tools.addObject()
                                .put("id", block.path("id").textValue())
                                .put("name", ManagerTool.wireNameOf(block.path("name").asText()))
                                .set("input", block.path("input"));
                default -> {
                    // Records have no member for it.
                }
            }
        }
        record.put("content", text.toString());
        if (!thinking.isEmpty()) {
            record.put("thinking_content", thinking.toString());
        }
        if (!tools.isEmpty()) {
            record.set("tool_uses", tools);
        }
        return !text.isEmpty() || !thinking.isEmpty() || !tools.isEmpty();
    }
}
