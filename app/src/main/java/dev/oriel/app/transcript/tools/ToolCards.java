package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.reading.DetailLevel;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.options.RenderOptions;
import java.util.ArrayList;
import java.util.List;

/// Renders tool calls: one line, and a body if the card is open. Pure; on any thread.
public final class ToolCards {
    private static final ToolCard FIELDS = new FieldsCard();
    private static final ToolCard COMMAND = new CommandCard();
    private static final ToolCard EDIT = new EditCard();

    private ToolCards() {}

    /// The one place that decides which card shows a tool.
    static ToolCard of(ToolRun run) {
        return switch (run.name()) {
            case "Edit", "MultiEdit", "Write", "NotebookEdit" -> EDIT;
            case "Bash", "PowerShell", "bash_code_execution" -> COMMAND;
            default -> FIELDS;
        };
    }

    public static List<ParagraphBlock> render(Item.Tool tool, RenderOptions options) {
        return render(new CardScope(tool.id(), "", 0, tool.run(), options));
    }

    static List<ParagraphBlock> render(CardScope card) {
        ToolCard kind = of(card.run());
        boolean verbose =
                card.part().isEmpty()
                        && card.options().settings().reading().detail() == DetailLevel.VERBOSE;
        boolean open = (verbose || kind.opens(card.run())) != card.isToggled();
        List<ParagraphBlock> blocks = new ArrayList<>();
        blocks.add(CardHead.render(card, kind, open));
        if (open) {
            CardBody body = new CardBody(card);
            kind.write(card, body);
            blocks.addAll(body.build());
        }
        return blocks;
    }
}
