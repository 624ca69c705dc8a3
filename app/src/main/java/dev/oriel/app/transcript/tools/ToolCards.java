package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.reading.DetailLevel;
import dev.oriel.app.transcript.document.AttachmentRow;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.options.RenderOptions;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// Renders tool calls: one line, and a body if the card is open. Pure; on any thread.
public final class ToolCards {
    private static final ToolCard FIELDS = new FieldsCard();
    private static final ToolCard COMMAND = new CommandCard();
    private static final ToolCard PRINTED = new PrintedCard();
    private static final ToolCard EDIT = new EditCard();
    private static final ToolCard READ = new ReadCard();
    private static final ToolCard SEARCH = new SearchCard();
    private static final ToolCard CHECKLIST = new ChecklistCard();
    private static final ToolCard SUBAGENT = new SubagentCard();
    private static final ToolCard WEB = new WebCard();
    private static final ToolCard PLAN = new PlanCard();
    private static final ToolCard QUESTION = new QuestionCard();
    private static final ToolCard MCP = new McpCard();

    private ToolCards() {}

    /// The one place that decides which card shows a tool.
    static ToolCard of(ToolRun run) {
        return switch (run.name()) {
            case "Edit", "MultiEdit", "Write", "NotebookEdit" -> EDIT;
            case "Bash", "PowerShell", "bash_code_execution" -> COMMAND;
            case "BashOutput", "TaskOutput", "KillShell", "KillBash", "TaskStop", "Monitor" ->
                    PRINTED;
            case "code_execution", "text_editor_code_execution" -> PRINTED;
            case "Read", "NotebookRead" -> READ;
            case "Grep", "Glob", "LS" -> SEARCH;
            case "TodoWrite", "TaskCreate", "TaskUpdate", "TaskList", "TaskGet" -> CHECKLIST;
            case "Task", "Agent" -> SUBAGENT;
            case "WebFetch", "WebSearch", "web_fetch", "web_search" -> WEB;
            case "ExitPlanMode" -> PLAN;
            case "AskUserQuestion" -> QUESTION;
            default -> run.name().startsWith("mcp__") ? MCP : FIELDS;
        };
    }

    public static List<ParagraphBlock> render(Item.Tool tool, RenderOptions options) {
        int depth = options.inGroup() ? 1 : 0;
        return render(new CardScope(tool.id(), "", depth, tool.seq(), tool.run(), options));
    }

    static List<ParagraphBlock> render(CardScope card) {
        ToolCard kind = of(card.run());
        boolean verbose =
                card.part().isEmpty()
                        && card.options().settings().reading().detail() == DetailLevel.VERBOSE;
        boolean open = card.isOpen(verbose || kind.opens(card.run()));
        List<ParagraphBlock> blocks = new ArrayList<>();
        blocks.add(CardHead.render(card, kind, open));
        if (open) {
            CardBody body = new CardBody(card);
            kind.write(card, body);
            RawSection.write(card, body);
            blocks.addAll(body.build());
        } else if (card.run().output() != null) {
            blocks.addAll(strip(card, card.run().output()));
        }
        return blocks;
    }

    /// The images in the result of a closed card, in one line.
    private static List<ParagraphBlock> strip(CardScope card, ToolOutput output) {
        int width = card.options().settings().fit().width() - card.indent() - CardBody.LEFT - 12;
        List<StyledSegment<String, TextStyle>> images =
                AttachmentRow.strip(output.attachments(), width);
        if (images.isEmpty()) {
            return List.of();
        }
        ParagraphStyle line =
                ParagraphStyle.of("tool", "ruled", card.kindClass(), "closed")
                        .withVerticalMargin(0, 2)
                        .withLeftMargin(card.indent())
                        .withPadding(2, 12, 6, CardBody.LEFT);
        return List.of(new BlockBuilder().add(line, images).build());
    }
}
