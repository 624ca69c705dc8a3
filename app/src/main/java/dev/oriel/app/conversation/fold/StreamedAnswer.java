package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.message.BlockType;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.PartialAnswer;
import dev.oriel.message.StreamEventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The answer that is being streamed, as items: one per block of the `stream_event`s since the last
/// `message_start`.
///
/// A text is shown once. The whole block comes as an `assistant` message before the block's
/// `content_block_stop` and replaces the streamed item. In some versions of the CLI `message_start`
/// carries content that the deltas repeat; it is not read.
///
/// A `message.id` does not identify an answer: some gateways use the same one for all. So answers
/// are numbered here. A stream may also end without its whole block: if another message starts, or
/// arrives whole, the agent has abandoned what was streamed before.
public final class StreamedAnswer {
    private final PartialAnswer answer = new PartialAnswer();
    private final TreeMap<Integer, Block> blocks = new TreeMap<>();
    private final List<String> superseded = new ArrayList<>();
    private boolean over = true;
    private int serial;
    private String wholeId = "";
    private int wholes;

    /// A block that is shown while it is streamed.
    static final class Block {
        final String itemId;
        private final PartialAnswer.Block content;
        private final @Nullable Instant since;
        private boolean changed = true;

        Block(String itemId, PartialAnswer.Block content, @Nullable Instant since) {
            this.content = content;
            this.itemId = content.isToolUse() ? ToolCalls.itemId(content.toolId()) : itemId;
            this.since = since;
        }

        boolean isTool() {
            return content.isToolUse();
        }

        boolean isThinking() {
            return content.type().equals(BlockType.THINKING) || isRedacted();
        }

        private boolean isRedacted() {
            return content.type().equals(BlockType.REDACTED_THINKING);
        }

        Item item(boolean open) {
            if (isTool()) {
                ToolRun run =
                        new ToolRun(
                                content.toolId(),
                                content.toolName(),
                                List.of(),
                                new ToolState.Running(since),
                                null,
                                SubagentRun.NONE);
                return new Item.Tool(itemId, 0, run);
            }
            String shown = Truncation.truncate(content.text());
            return content.type().equals(BlockType.TEXT)
                    ? new Item.Answer(itemId, 0, shown, open)
                    : new Item.Thinking(itemId, 0, shown, open, null, since, isRedacted());
        }

        @Nullable Duration took(@Nullable Instant end) {
            return since == null || end == null ? null : Duration.between(since, end);
        }
    }

    /// @param event an event of the Messages API
    /// @param now when it arrived; null if unknown
    void apply(JsonNode event, @Nullable Instant now) {
        int index = event.path("index").asInt(-1);
        switch (MessageFields.text(event, "type")) {
            case StreamEventType.MESSAGE_START -> startMessage(event);
            case StreamEventType.MESSAGE_STOP -> endMessage();
            case StreamEventType.CONTENT_BLOCK_START -> {
                boolean known = answer.messageId().equals(wholeId) && index < wholes;
                String type = MessageFields.text(event.path("content_block"), "type");
                if (!known && shown(type)) {
                    answer.apply(event);
                    String itemId = "stream" + serial + "/" + index;
                    answer.block(index)
                            .ifPresent(b -> blocks.put(index, new Block(itemId, b, now)));
                }
            }
            case StreamEventType.CONTENT_BLOCK_DELTA -> {
                String more = answer.apply(event);
                Block block = blocks.get(index);
                if (block != null && !block.isTool()) {
                    block.changed |= !more.isEmpty();
                }
            }
            default -> {
                // The ends of blocks and messages add nothing to the whole block and the result.
            }
        }
    }

    /// After a broken connection the same message may be streamed again from its start.
    private void startMessage(JsonNode event) {
        if (over || !MessageFields.text(event.path("message"), "id").equals(answer.messageId())) {
            supersede();
            serial++;
        }
        over = false;
        blocks.clear();
        answer.apply(event);
    }

    /// The message is complete: another one may start with the same id.
    void endMessage() {
        over = true;
        wholeId = "";
        wholes = 0;
    }

    private void supersede() {
        blocks.values().forEach(b -> superseded.add(b.itemId));
        blocks.clear();
        answer.dropBlocks();
    }

    /// Ids of streamed items that no whole block will replace, each returned once.
    List<String> takeSuperseded() {
        List<String> gone = List.copyOf(superseded);
        superseded.clear();
        return gone;
    }

    private static boolean shown(String type) {
        return switch (type) {
            case BlockType.TEXT,
                    BlockType.THINKING,
                    BlockType.REDACTED_THINKING,
                    BlockType.TOOL_USE,
                    BlockType.SERVER_TOOL_USE ->
                    true;
            default -> false;
        };
    }

    /// The items that have grown since the last call.
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

    /// Follows a message while the end of the conversation is not held, so that the answer is right
    /// once it is.
    public void track(Message message) {
        JsonNode tree = message.tree();
        if (!MessageFields.parentToolUseId(tree).isEmpty()) {
            return;
        }
        switch (message.type()) {
            case MessageType.STREAM_EVENT -> apply(tree.path("event"), null);
            case MessageType.ASSISTANT -> {
                String id = MessageFields.text(tree.path("message"), "id");
                boolean error = MessageFields.isError(tree);
                tree.path("message").path("content").forEach(b -> take(id, b, error));
            }
            case MessageType.USER -> endMessage();
            case MessageType.RESULT -> end();
            default -> {
                // It does not belong to the answer.
            }
        }
    }

    /// Makes [#changes()] return all items once more.
    public void markAllChanged() {
        blocks.values().forEach(b -> b.changed = true);
    }

    /// Removes the streamed block that a whole block replaces.
    ///
    /// @param whole the block in an `assistant` message
    /// @param error whether the CLI wrote the message in place of the rest of an answer
    /// @return null if the block was not streamed
    @Nullable Block take(String ofMessage, JsonNode whole, boolean error) {
        if (!ofMessage.equals(wholeId)) {
            wholeId = ofMessage;
            wholes = 0;
        }
        wholes++;
        if (!ofMessage.equals(answer.messageId())) {
            if (!error) {
                supersede();
            }
            return null;
        }
        return answer.complete(ofMessage, whole).map(b -> blocks.remove(b.index())).orElse(null);
    }

    /// Ends the turn, and removes the blocks that are unfinished.
    List<Block> end() {
        List<Block> left = List.copyOf(blocks.values());
        blocks.clear();
        answer.clear();
        endMessage();
        return left;
    }
}
