package dev.oriel.app.text.markdown;

import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.ItemAttachments;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.text.ToolOutputText;
import java.util.List;

/// Items as Markdown, for copying.
public final class ItemMarkdown {
    private ItemMarkdown() {}

    public static String of(Item item) {
        return switch (item) {
            case Item.Prompt p ->
                    "> " + withAttachments(p.text().strip(), item).replace("\n", "\n> ");
            case Item.Answer a -> a.markdown().strip();
            case Item.Thinking t -> t.text().isBlank() ? "" : "*" + t.text().strip() + "*";
            case Item.Tool t -> withAttachments(tool(t.run()), item);
            case Item.TurnEnd _ -> "";
            case Item.Work w -> of(w.hidden());
            case Item.Compaction c -> c.summary().strip();
            case Item.Notice n -> "*" + n.text().strip() + "*";
        };
    }

    private static String withAttachments(String text, Item item) {
        StringBuilder out = new StringBuilder(text);
        for (Attachment a : ItemAttachments.of(item)) {
            out.append(out.isEmpty() ? "" : "\n\n").append('[').append(a.label()).append(']');
        }
        return out.toString();
    }

    private static String of(List<Item> items) {
        return String.join(
                "\n\n", items.stream().map(ItemMarkdown::of).filter(m -> !m.isBlank()).toList());
    }

    private static String tool(ToolRun run) {
        StringBuilder out = new StringBuilder("**" + run.title() + "**");
        if (!run.argument().isEmpty()) {
            out.append(' ').append(codeSpan(run.argument()));
        }
        ToolOutput output = run.output();
        String text = output == null ? "" : ToolOutputText.of(run, output);
        if (!text.isBlank()) {
            out.append("\n\n").append(codeBlock(text.stripTrailing()));
        }
        return out.toString();
    }

    /// A code block whose fence is longer than every fence in it.
    public static String codeBlock(String text) {
        return codeBlock(text, "");
    }

    /// A code block of a language, whose fence is longer than every fence in it.
    public static String codeBlock(String text, String language) {
        String fence = "`".repeat(Math.max(3, longestRun(text) + 1));
        return fence + language + '\n' + text + '\n' + fence;
    }

    /// One line as code, between more backticks than it contains in a row.
    public static String codeSpan(String line) {
        String text = line.replace('\n', ' ').replace('\r', ' ');
        String ticks = "`".repeat(longestRun(text) + 1);
        // Markdown removes one space at both ends; they keep the backticks apart.
        boolean apart =
                text.startsWith("`")
                        || text.endsWith("`")
                        || (text.startsWith(" ") && text.endsWith(" ") && !text.isBlank());
        return apart ? ticks + ' ' + text + ' ' + ticks : ticks + text + ticks;
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
