package dev.oriel.app.text;

import dev.oriel.app.conversation.Item;
import dev.oriel.app.conversation.ToolOutput;
import dev.oriel.app.conversation.ToolRun;

/// Items as Markdown, for copying.
public final class MarkdownText {
    private MarkdownText() {}

    public static String of(Item item) {
        return switch (item) {
            case Item.Prompt p -> "> " + p.text().strip().replace("\n", "\n> ");
            case Item.Answer a -> a.markdown().strip();
            case Item.Thinking t -> t.text().isBlank() ? "" : "*" + t.text().strip() + "*";
            case Item.Tool t -> tool(t.run());
            case Item.TurnEnd _ -> "";
            case Item.Notice n -> "*" + n.text().strip() + "*";
        };
    }

    private static String tool(ToolRun run) {
        StringBuilder out = new StringBuilder("**" + run.title() + "**");
        if (!run.argument().isEmpty()) {
            out.append(" `").append(run.argument()).append('`');
        }
        ToolOutput output = run.output();
        if (output != null && !output.text().isBlank()) {
            String fence = output.text().contains("```") ? "````" : "```";
            out.append("\n\n").append(fence).append('\n').append(output.text().stripTrailing());
            out.append('\n').append(fence);
        }
        return out.toString();
    }
}
