package dev.oriel.app.transcript.render;

import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.tools.ToolGroup;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The lines of groups of tool calls. A line with the same content stays the same object, so that
/// the document does not change there. Belongs to the JavaFX thread.
final class GroupHeads {
    private Map<String, ParagraphBlock> before = new HashMap<>();
    private Map<String, ParagraphBlock> now = new HashMap<>();

    /// All groups are rendered again.
    void startFrame() {
        before = now;
        now = new HashMap<>();
    }

    ParagraphBlock of(ToolGroup group, boolean open, int columns, Instant at) {
        ParagraphBlock block = group.head(open, columns, at);
        @Nullable ParagraphBlock old = before.get(group.id());
        ParagraphBlock kept = old != null && old.hasSameContent(block) ? old : block;
        now.put(group.id(), kept);
        return kept;
    }
}
