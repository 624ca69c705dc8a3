package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Durations;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.ToolKind;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.ParagraphStyle.Marker;
import dev.oriel.app.transcript.document.TextStyle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Renders the line that stands for the work of a turn.
final class WorkRenderer {
    private WorkRenderer() {}

    static ParagraphBlock render(Item.Work work, boolean opened) {
        ParagraphStyle line =
                ParagraphStyle.of("fold")
                        .withVerticalMargin(ParagraphStyle.ITEM_SPACE, opened ? 4 : 0)
                        .withMarker(new Marker.Icon(opened ? "fth-chevron-down" : "fth-layers", 28))
                        .withAction(new ClickAction.Toggle(work.id()));
        return new BlockBuilder()
                .add(opened ? line.toOpened() : line, text(work), TextStyle.of("quiet"))
                .build();
    }

    /// For example `Worked for 2 min: 14 tool calls, 3 files edited`.
    static String text(Item.Work work) {
        int calls = 0;
        Set<String> files = new HashSet<>();
        Duration thought = Duration.ZERO;
        for (Item item : work.hidden()) {
            if (item instanceof Item.Tool t) {
                calls++;
                addFile(t.run(), files);
            } else if (item instanceof Item.Thinking t && t.took() != null) {
                thought = thought.plus(t.took());
            }
        }
        List<String> parts = new ArrayList<>();
        if (calls > 0) {
            parts.add(calls == 1 ? "1 tool call" : "%,d tool calls".formatted(calls));
        }
        if (!files.isEmpty()) {
            parts.add(files.size() == 1 ? "1 file edited" : files.size() + " files edited");
        }
        Duration took = work.took();
        if (parts.isEmpty()) {
            String how = work.running() ? "Thinking" : "Thought";
            return thought.isZero() ? how : how + " for " + Durations.format(thought);
        }
        String start =
                work.running()
                        ? "Working"
                        : took == null ? "Worked" : "Worked for " + Durations.format(took);
        return start + ": " + String.join(", ", parts);
    }

    private static void addFile(ToolRun run, Set<String> files) {
        if (run.kind() == ToolKind.EDIT) {
            String path = run.field("file_path");
            files.add(path.isEmpty() ? run.field("notebook_path") : path);
        }
    }
}
