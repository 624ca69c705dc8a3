package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.message.BlockType;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Folds the content blocks of `assistant` messages into items. A block that was streamed replaces
/// its streamed item.
final class AnswerBlocks {
    private final ItemWindow window;
    private final ToolCalls calls;
    private final StreamedAnswer streamed;
    private final CompactionEchoes echoes;

    AnswerBlocks(
            ItemWindow window, ToolCalls calls, StreamedAnswer streamed, CompactionEchoes echoes) {
        this.window = window;
        this.calls = calls;
        this.streamed = streamed;
        this.echoes = echoes;
    }

    /// When a message and the message before it were written; null if unknown.
    record Times(@Nullable Instant before, @Nullable Instant at) {}

    /// @param itemIds ids for the items, by the position of the block
    /// @param paged whether newer messages were tracked before, so that the message does not
    ///   replace what is being streamed
    /// @return the notice of an error in place of an answer; null for none
    Item.@Nullable Notice apply(
            JsonNode tree, IntFunction<String> itemIds, Times times, boolean paged) {
        JsonNode message = tree.path("message");
        String id = MessageFields.text(message, "id");
        boolean error = MessageFields.isError(tree);
        Item.Notice notice = null;
        int part = 0;
        for (JsonNode block : message.path("content")) {
            String own = itemIds.apply(part++);
            StreamedAnswer.Block partial = paged ? null : streamed.take(id, block, error);
            String kept = partial == null ? own : partial.itemId;
            long seq = MessageFields.seq(tree);
            String type = MessageFields.text(block, "type");
            switch (type) {
                case BlockType.TEXT -> {
                    Item.Notice added = addText(kept, seq, block, tree, error);
                    notice = added == null ? notice : added;
                }
                case BlockType.THINKING, BlockType.REDACTED_THINKING -> {
                    Duration took =
                            partial != null
                                    ? partial.took(times.at())
                                    : ToolCalls.between(times.before(), times.at());
                    String text = Truncation.truncate(MessageFields.text(block, "thinking"));
                    boolean redacted = type.equals(BlockType.REDACTED_THINKING);
                    window.put(new Item.Thinking(kept, seq, text, false, took, null, redacted));
                }
                case BlockType.TOOL_USE, BlockType.SERVER_TOOL_USE, BlockType.MCP_TOOL_USE ->
                        calls.addCall(block, seq, times.at());
                default -> {
                    if (type.endsWith("_tool_result")) {
                        calls.addResult(block, tree, times.at());
                    } else {
                        window.put(
                                SystemNotices.quiet(kept, seq, ContentPlaceholder.of(block), ""));
                    }
                }
            }
        }
        return notice;
    }

    private Item.@Nullable Notice addText(
            String id, long seq, JsonNode block, JsonNode tree, boolean error) {
        String text = Truncation.truncate(MessageFields.text(block, "text"));
        if (text.isBlank() || (error && echoes.isEcho(id, text.strip()))) {
            return null;
        }
        if (!error) {
            window.put(new Item.Answer(id, seq, text, false));
            return null;
        }
        Item.Notice notice = SystemNotices.ofSynthetic(id, seq, text, tree);
        window.put(notice);
        return notice;
    }
}
