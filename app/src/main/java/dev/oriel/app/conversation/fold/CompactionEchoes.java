package dev.oriel.app.conversation.fold;

import dev.oriel.app.conversation.item.Item;

/// Recognises what the CLI repeats after a compaction: until the end of the turn it sends again
/// what commands printed, which is shown already.
final class CompactionEchoes {
    private final ItemWindow window;
    private boolean compacted;

    CompactionEchoes(ItemWindow window) {
        this.window = window;
    }

    void onCompacted() {
        compacted = true;
    }

    void onTurnFinished() {
        compacted = false;
    }

    /// Whether a notice with this text is shown and only repeated.
    boolean isEcho(String text) {
        return compacted
                && window.items().stream()
                        .anyMatch(i -> i instanceof Item.Notice n && n.text().equals(text));
    }
}
