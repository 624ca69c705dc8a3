package dev.oriel.agent.api.history;

import java.util.List;

/// The blocks of one message of the journal that belong to the conversation. Immutable.
///
/// @param uuid the message's; empty if it has none
/// @param answer identifies the response of the API that the blocks are part of; empty for a line
///   of the user
/// @param isCopy whether Oriel wrote it as a copy of a response that was cut off
record HistoryLine(String uuid, String answer, boolean isCopy, List<HistoryBlock> blocks) {
    HistoryLine {
        blocks = List.copyOf(blocks);
    }

    boolean isUser() {
        return answer.isEmpty();
    }

    HistoryLine withBlocks(List<HistoryBlock> others) {
        return new HistoryLine(uuid, answer, isCopy, others);
    }

    /// Whether it has the result of a tool.
    boolean hasResult() {
        return blocks.stream().anyMatch(b -> b.kind() == HistoryBlock.Kind.TOOL_RESULT);
    }

    int tokens() {
        return blocks.stream().mapToInt(HistoryBlock::tokens).sum();
    }

    int media() {
        return blocks.stream().mapToInt(HistoryBlock::media).sum();
    }

    /// The size of the blocks that contain images or documents.
    long mediaBytes() {
        return blocks.stream().filter(b -> b.media() > 0).mapToLong(b -> b.json().length).sum();
    }
}
