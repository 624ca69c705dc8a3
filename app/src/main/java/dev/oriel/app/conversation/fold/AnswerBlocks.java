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
    /// @return whether one of the blocks is text
    boolean apply(JsonNode tree, IntFunction<String> itemIds, Times times, boolean paged) {
        JsonNode message = tree.path("message");
        String id = MessageFields.text(message, "id");
        boolean error = MessageFields.isError(tree);
        boolean hasText = false;
        int part = 0;
        for (JsonNode block : message.path("content")) {
            String own = itemIds.apply(part++);
            StreamedAnswer.Block partial = paged ? null : streamed.take(id, block, error);
            String kept = partial == null ? own : partial.itemId;
            long seq = MessageFields.seq(tree);
            String type = MessageFields.text(block, "type");
            switch (type) {
                case BlockType.TEXT -> {
                    hasText = true;
                    addText(kept, seq, block, tree, error);
                }
                case BlockType.THINKING, BlockType.REDACTED_THINKING -> {
                    Duration took =
                            partial != null
                                    ? partial.took(times.at())
                                    : ToolCalls.between(times.before(), times.at());
                    String text = Truncation.truncate(MessageFields.text(block, "thinking"));
                    window.put(new Item.Thinking(kept, seq, text, false, took));
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
        return hasText;
    }

    private void addText(String id, long seq, JsonNode block, JsonNode tree, boolean error) {
        String text = Truncation.truncate(MessageFields.text(block, "text"));
        if (!text.isBlank() && !(error && echoes.isEcho(text.strip()))) {
            window.put(
                    error
                            ? SystemNotices.ofSynthetic(id, seq, text, tree)
                            : new Item.Answer(id, seq, text, false));
        }
    }
}
