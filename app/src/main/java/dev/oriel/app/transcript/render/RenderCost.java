package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.ToolKind;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.diff.EditDiffs;
import dev.oriel.app.reading.DetailLevel;
import dev.oriel.app.transcript.options.RenderOptions;

/// The cost of rendering an item, in characters of text.
final class RenderCost {
    private RenderCost() {}

    /// Comparing texts takes longer than rendering them, and more of an edit is read than shown.
    private static int edit(ToolRun run, RenderOptions options) {
        boolean closed =
                !options.toggled()
                        && options.settings().reading().detail() != DetailLevel.VERBOSE
                        && !(run.state() instanceof ToolState.Failed);
        if (run.kind() != ToolKind.EDIT || closed) {
            return 0;
        }
        return EditDiffs.size(run.fields(), run.output() == null ? null : run.output().change());
    }

    static int of(Item item, RenderOptions options) {
        return switch (item) {
            case Item.Prompt p -> p.text().length() + PromptRenderer.costOfTexts(p, options);
            case Item.Answer a -> a.markdown().length() + 200;
            case Item.Thinking _, Item.TurnEnd _, Item.Notice _ -> 200;
            case Item.Work _ -> 200;
            case Item.Compaction c -> c.summary().length() + 200;
            case Item.Tool t -> {
                int output = t.run().output() == null ? 0 : t.run().output().text().length();
                yield 400 + Math.min(output, 16_000) / 4 + edit(t.run(), options);
            }
        };
    }
}
