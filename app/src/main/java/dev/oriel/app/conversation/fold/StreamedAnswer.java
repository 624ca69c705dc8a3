package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The answer that is being streamed: what the `stream_event`s since the last `message_start` say,
/// block by block.
///
/// Text is shown once: the whole block, which comes as an `assistant` message before the block's
/// `content_block_stop`, takes the streamed one's place. `message_start` carries content in some
/// versions of the CLI that the deltas repeat; it is not read.
///
/// A `message.id` does not tell two answers apart: some gateways give every answer the same one. So
/// each answer has a number of its own here. A stream may also end without its block: where another
/// message begins, or comes whole, the agent has given up what was streamed before.
public final class StreamedAnswer {
    private String messageId = "";
    private boolean over = true;
    private int serial;
    private final List<String> superseded = new ArrayList<>();
    private final TreeMap<Integer, Block> blocks = new TreeMap<>();
    private String wholeId = "";
    private int wholes;

    /// A block of which deltas have come.
    static final class Block {
        final String itemId;
        final String type;
        final String toolId;
        final String toolName;
        final @Nullable Instant since;
        private final StringBuilder text = new StringBuilder();
        private boolean changed = true;

        Block(String itemId, JsonNode block, @Nullable Instant since) {
            this.type = MessageFields.text(block, "type");
            this.toolId = MessageFields.text(block, "id");
            this.toolName = MessageFields.text(block, "name");
            this.itemId = isTool() ? ToolCalls.itemId(toolId) : itemId;
            this.since = since;
            text.append(MessageFields.text(block, "text"))
                    .append(MessageFields.text(block, "thinking"));
        }

        boolean isTool() {
            return type.equals("tool_use") || type.equals("server_tool_use");
        }

        Item item(boolean open) {
            if (isTool()) {
                ToolRun run =
                        new ToolRun(
                                toolId,
                                toolName,
                                List.of(),
                                new ToolState.Running(since),
                                null,
                                List.of());
                return new Item.Tool(itemId, 0, run);
            }
            String shown = Truncation.truncate(text.toString());
            return type.equals("text")
                    ? new Item.Answer(itemId, 0, shown, open)
                    : new Item.Thinking(itemId, 0, shown, open, null);
        }

        @Nullable Duration took(@Nullable Instant end) {
            return since == null || end == null ? null : Duration.between(since, end);
        }
    }

    /// @param event the raw event of the Messages API
    void apply(JsonNode event, @Nullable Instant now) {
        int index = event.path("index").asInt(-1);
        switch (MessageFields.text(event, "type")) {
            case "message_start" -> startMessage(MessageFields.text(event.path("message"), "id"));
            case "message_stop" -> endMessage();
            case "content_block_start" -> {
                boolean known = messageId.equals(wholeId) && index < wholes;
                JsonNode block = event.path("content_block");
                if (!known && shown(MessageFields.text(block, "type"))) {
                    blocks.put(index, new Block("stream" + serial + "/" + index, block, now));
                }
            }
            case "content_block_delta" -> {
                Block block = blocks.get(index);
                if (block != null && !block.isTool()) {
                    JsonNode delta = event.path("delta");
                    String more =
                            MessageFields.text(delta, "text")
                                    + MessageFields.text(delta, "thinking");
                    block.text.append(more);
                    block.changed |= !more.isEmpty();
                }
            }
            default -> {
                // The ends of blocks and messages say nothing that the whole block and the result
                // do not.
            }
        }
    }

    /// The same message may be told again from its start, after a broken connection.
    private void startMessage(String id) {
        if (over || !id.equals(messageId)) {
            supersede();
            serial++;
        }
        messageId = id;
        over = false;
        blocks.clear();
    }

    /// The message is over: one that begins with the same id is another one.
    void endMessage() {
        over = true;
        wholeId = "";
        wholes = 0;
    }

    private void supersede() {
        blocks.values().forEach(b -> superseded.add(b.itemId));
        blocks.clear();
    }

    /// Ids of items that were streamed and that nothing will take the place of, each once.
    List<String> takeSuperseded() {
        List<String> gone = List.copyOf(superseded);
        superseded.clear();
        return gone;
    }

    private static boolean shown(String type) {
        return switch (type) {
            case "text", "thinking", "tool_use", "server_tool_use" -> true;
            default -> false;
        };
    }

    /// The blocks that have grown since this was last asked, as they now stand.
    List<Item> changes() {
        List<Item> changed = new ArrayList<>();
        for (Block block : blocks.values()) {
            if (block.changed) {
                block.changed = false;
                changed.add(block.item(true));
            }
        }
        return changed;
    }

    /// Follows a message that is not shown now, so that the answer is right when it is shown again.
    public void track(Message message) {
        JsonNode tree = message.tree();
        if (!MessageFields.parentToolUseId(tree).isEmpty()) {
            return;
        }
        switch (message.type()) {
            case "stream_event" -> apply(tree.path("event"), null);
            case "assistant" -> {
                String id = MessageFields.text(tree.path("message"), "id");
                boolean error = MessageFields.isError(tree);
                tree.path("message").path("content").forEach(b -> take(id, b, error));
            }
            case "user" -> endMessage();
            case "result" -> end();
            default -> {
                // Says nothing about the answer.
            }
        }
    }

    /// Has [#changes()] give everything once more.
    public void markAllChanged() {
        blocks.values().forEach(b -> b.changed = true);
    }

    /// Takes out the streamed block whose whole has come.
    ///
    /// @param whole the block in an `assistant` message
    /// @param error whether the CLI says it in the place of the rest of an answer
    /// @return null if nothing of it was streamed
    @Nullable Block take(String ofMessage, JsonNode whole, boolean error) {
        String type = MessageFields.text(whole, "type");
        String toolId = type.endsWith("tool_use") ? MessageFields.text(whole, "id") : "";
        if (!ofMessage.equals(wholeId)) {
            wholeId = ofMessage;
            wholes = 0;
        }
        wholes++;
        if (!ofMessage.equals(messageId)) {
            if (!error) {
                supersede();
            }
            return null;
        }
        for (var e : blocks.entrySet()) {
            Block b = e.getValue();
            if (b.type.equals(type) && b.toolId.equals(toolId)) {
                blocks.remove(e.getKey());
                return b;
            }
        }
        return null;
    }

    /// Ends what is unfinished: its turn is over.
    List<Block> end() {
        List<Block> left = List.copyOf(blocks.values());
        blocks.clear();
        messageId = "";
        endMessage();
        return left;
    }
}
