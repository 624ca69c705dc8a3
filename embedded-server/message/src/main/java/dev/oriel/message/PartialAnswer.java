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

        /// Position in the answer.
        ///
        /// @return from 0; -1 if the event has none
        public int index() {
            return index;
        }

        /// The type of the block.
        ///
        /// @return one of [BlockType], or any other; empty if the event has none
        public String type() {
            return type;
        }

        /// The id of a tool call.
        ///
        /// @return empty for other blocks
        public String toolId() {
            return toolId;
        }

        /// The name of the tool of a tool call.
        ///
        /// @return empty for other blocks
        public String toolName() {
            return toolName;
        }

        /// Whether it is the call of a tool.
        ///
        /// @return whether it is
        public boolean isToolUse() {
            return type.equals(BlockType.TOOL_USE) || type.equals(BlockType.SERVER_TOOL_USE);
        }

        /// What was received so far.
        ///
        /// @return text, thinking, or the input of a tool call as incomplete JSON
        public String text() {
            return text.toString();
        }

        /// The length of what was received so far.
        ///
        /// @return in UTF-16 units
        public int length() {
            return text.length();
        }

        /// What was received so far, from a position on.
        ///
        /// @param begin the position
        /// @return the rest
        public String textFrom(int begin) {
            return text.substring(begin);
        }

        private boolean isReplacedBy(String otherType, String otherToolId) {
            return (type.isEmpty() || type.equals(otherType)) && toolId.equals(otherToolId);
        }
    }

    /// Applies one event.
    ///
    /// @param event of a `stream_event`
    /// @return the text that it adds to a block; empty for most events
    public String apply(JsonNode event) {
        int index = event.path("index").asInt(-1);
        switch (event.path("type").asText()) {
            case StreamEventType.MESSAGE_START -> {
                clear();
                messageId = event.path("message").path("id").asText();
            }
            case StreamEventType.CONTENT_BLOCK_START -> {
                Block block = new Block(index, event.path("content_block"));
                blocks.put(index, block);
                current = block;
                return block.text();
            }
            case StreamEventType.CONTENT_BLOCK_DELTA -> {
                Block block = blocks.get(index);
                if (block != null) {
                    String more = textOf(event.path("delta"));
                    block.text.append(more);
                    return more;
                }
            }
            default -> {
                // The ends of blocks and of the message add nothing to whole blocks.
            }
        }
        return "";
    }

    /// The text of a delta of any type.
    ///
    /// @param delta of a `content_block_delta`
    /// @return empty for a delta without text, for instance a signature
    public static String textOf(JsonNode delta) {
        return delta.path("text").asText()
                + delta.path("thinking").asText()
                + delta.path("partial_json").asText();
    }

    /// The `message.id` of the answer. Some gateways give every answer the same one.
    ///
    /// @return empty before its start
    public String messageId() {
        return messageId;
    }

    /// The blocks that are not complete.
    ///
    /// @return in the order of the answer
    public Collection<Block> blocks() {
        return blocks.values();
    }

    /// The block of an index.
    ///
    /// @param index see [Block#index()]
    /// @return empty if it has not started, or is complete
    public Optional<Block> block(int index) {
        return Optional.ofNullable(blocks.get(index));
    }

    /// The block that started last.
    ///
    /// @return empty if it is complete
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
