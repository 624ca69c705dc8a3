package dev.oriel.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One answer while it is streamed: accumulates the raw events of the Messages API (`event` of a
/// `stream_event`) from its `message_start` on, block by block.
///
/// The CLI emits each block whole, as an `assistant` message, before that block's
/// `content_block_stop`; [#complete] finds the streamed block that a whole one replaces.
/// `message_start` carries content in some versions of the CLI that the deltas repeat; it is not
/// read. Not thread-safe.
public final class PartialAnswer {
    private final TreeMap<Integer, Block> blocks = new TreeMap<>();
    private String messageId = "";
    private @Nullable Block current;

    /// Creates an answer without blocks.
    public PartialAnswer() {}

    /// A block of which at least the start has arrived.
    public static final class Block {
        private final int index;
        private final String type;
        private final String toolId;
        private final String toolName;
        private final StringBuilder text = new StringBuilder();

        private Block(int index, JsonNode start) {
            this.index = index;
            this.type = start.path("type").asText();
            this.toolId = start.path("id").asText();
            this.toolName = start.path("name").asText();
            text.append(start.path("text").asText()).append(start.path("thinking").asText());
        }

        /// Position in the answer, from 0; -1 if the event does not say.
        public int index() {
            return index;
        }

        /// `text`, `thinking`, `tool_use`, …; empty if the event does not say.
        public String type() {
            return type;
        }

        /// Id of a tool call; empty for other blocks.
        public String toolId() {
            return toolId;
        }

        /// Name of the tool of a tool call; empty for other blocks.
        public String toolName() {
            return toolName;
        }

        public boolean isToolUse() {
            return type.equals("tool_use") || type.equals("server_tool_use");
        }

        /// What has arrived: text, thinking, or the input of a tool call as incomplete JSON.
        public String text() {
            return text.toString();
        }

        /// Number of characters that have arrived.
        public int length() {
            return text.length();
        }

        /// What has arrived from a position on.
        public String textFrom(int begin) {
            return text.substring(begin);
        }

        private boolean isReplacedBy(String otherType, String otherToolId) {
            return (type.isEmpty() || type.equals(otherType)) && toolId.equals(otherToolId);
        }
    }

    /// Applies one event.
    ///
    /// @return the text that it adds to a block; empty for most events
    public String apply(JsonNode event) {
        int index = event.path("index").asInt(-1);
        switch (event.path("type").asText()) {
            case "message_start" -> {
                clear();
                messageId = event.path("message").path("id").asText();
            }
            case "content_block_start" -> {
                Block block = new Block(index, event.path("content_block"));
                blocks.put(index, block);
                current = block;
                return block.text();
            }
            case "content_block_delta" -> {
                Block block = blocks.get(index);
                if (block != null) {
                    String more = textOf(event.path("delta"));
                    block.text.append(more);
                    return more;
                }
            }
            default -> {
                // The ends of blocks and of the message say nothing that whole blocks do not.
            }
        }
        return "";
    }

    /// The text of a delta, whatever its type; empty for one without text, for example a signature.
    public static String textOf(JsonNode delta) {
        return delta.path("text").asText()
                + delta.path("thinking").asText()
                + delta.path("partial_json").asText();
    }

    /// `message.id` of the answer; empty before its start. Some gateways give every answer the same
    /// one.
    public String messageId() {
        return messageId;
    }

    /// The blocks of which no whole one has arrived, in the order of the answer.
    public Collection<Block> blocks() {
        return blocks.values();
    }

    /// The block of an index, if it has started and is not complete.
    public Optional<Block> block(int index) {
        return Optional.ofNullable(blocks.get(index));
    }

    /// The block that started last, if it is not complete.
    public Optional<Block> current() {
        return Optional.ofNullable(current);
    }

    /// Takes out the streamed block that a whole one replaces: the first of the same message, type
    /// and tool call.
    ///
    /// @param ofMessage `message.id` of the `assistant` message
    /// @param whole the block in it
    /// @return empty if nothing of it was streamed
    public Optional<Block> complete(String ofMessage, JsonNode whole) {
        String type = whole.path("type").asText();
        String toolId = type.endsWith("tool_use") ? whole.path("id").asText() : "";
        if (!ofMessage.equals(messageId)) {
            return Optional.empty();
        }
        Iterator<Map.Entry<Integer, Block>> all = blocks.entrySet().iterator();
        while (all.hasNext()) {
            Block block = all.next().getValue();
            if (block.isReplacedBy(type, toolId)) {
                all.remove();
                forgetCurrent(block);
                return Optional.of(block);
            }
        }
        return Optional.empty();
    }

    @SuppressWarnings("ReferenceEquality") // a block is equal to itself only
    private void forgetCurrent(Block block) {
        if (current == block) {
            current = null;
        }
    }

    /// Drops all blocks; their later deltas are ignored.
    public void dropBlocks() {
        blocks.clear();
        current = null;
    }

    /// Drops all blocks and forgets the message.
    public void clear() {
        dropBlocks();
        messageId = "";
    }
}
