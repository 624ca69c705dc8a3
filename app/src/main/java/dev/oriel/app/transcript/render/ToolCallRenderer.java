package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Durations;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.ToolKind;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.text.DisplayText;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.ParagraphStyle.Marker;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.options.RenderOptions;
import dev.oriel.message.Graphemes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fxmisc.richtext.model.StyledSegment;
import org.jspecify.annotations.Nullable;

/// Renders a tool call: one line, and its input and output if it is opened.
final class ToolCallRenderer {
    private static final int OUTPUT_LINES = 24;
    private static final int ICON = 24;

    private ToolCallRenderer() {}

    static List<ParagraphBlock> render(Item.Tool tool, RenderOptions options) {
        ToolRun run = tool.run();
        boolean open = opens(run) != options.toggled();
        String kind = "kind-" + run.kind().name().toLowerCase(Locale.ROOT);
        List<ParagraphBlock> blocks = new ArrayList<>();
        blocks.add(head(tool, options, kind, open));
        if (open) {
            blocks.add(body(tool, options, kind));
        }
        return blocks;
    }

    /// A failed call is open by default.
    private static boolean opens(ToolRun run) {
        return run.state() instanceof ToolState.Failed;
    }

    private static ParagraphBlock head(
            Item.Tool tool, RenderOptions options, String kind, boolean open) {
        ToolRun run = tool.run();
        List<StyledSegment<String, TextStyle>> line = new ArrayList<>();
        line.add(new StyledSegment<>(run.title(), TextStyle.of("tool-name")));
        String state = state(run, options);
        String argument = DisplayText.argument(run.argument());
        if (!argument.isEmpty()) {
            line.add(
                    new StyledSegment<>(
                            "  " + cut(argument, room(run, options)),
                            TextStyle.of("mono", "tool-argument")));
        }
        line.add(
                new StyledSegment<>(
                        "   " + state, TextStyle.of("tool-state", stateClass(run.state()))));
        ParagraphStyle par =
                ParagraphStyle.of("tool", "ruled", kind, open ? "opened" : "closed")
                        .withVerticalMargin(6, open ? 0 : 2)
                        .withPadding(5, 12, 5, 0)
                        .withMarker(new Marker.Icon(icon(run.kind()), ICON + 14))
                        .withAction(new ClickAction.Toggle(tool.id()));
        return new BlockBuilder().add(par, line).build();
    }

    /// The argument if the first line shows it whole, so that it need not be repeated.
    private static String shownArgument(ToolRun run, RenderOptions options) {
        String argument = DisplayText.argument(run.argument());
        return argument.length() <= room(run, options) ? argument : "";
    }

    private static int room(ToolRun run, RenderOptions options) {
        int used = run.title().length() + state(run, options).length() + 10;
        return Math.max(24, options.columns() - used);
    }

    private static String cut(String text, int room) {
        if (text.length() <= room) {
            return text;
        }
        // The end of a path identifies it better than its start.
        if (text.startsWith("/") && text.indexOf(' ') < 0) {
            return "…" + text.substring(Graphemes.suffixStart(text, room - 1));
        }
        return Graphemes.truncate(text, room);
    }

    private static String state(ToolRun run, RenderOptions options) {
        return switch (run.state()) {
            case ToolState.Running(_, boolean asks) when asks -> "waits for your answer";
            case ToolState.Running(var since, _) -> {
                Duration d = since == null ? Duration.ZERO : Duration.between(since, options.now());
                yield d.toSeconds() < 1 ? "running" : "running, " + Durations.format(d);
            }
            case ToolState.Ok(var took) -> "✓" + time(took) + counts(run.output());
            case ToolState.Failed(var took) -> "✗ failed" + time(took);
            case ToolState.Denied() -> "⊘ denied";
            case ToolState.Stopped() -> "■ stopped";
        };
    }

    private static String time(@Nullable Duration took) {
        return took == null ? "" : " " + Durations.format(took);
    }

    private static String counts(@Nullable ToolOutput output) {
        if (output == null || output.patch().isEmpty()) {
            return "";
        }
        long added =
                output.patch().stream().filter(l -> l.change() == ToolOutput.Change.ADDED).count();
        long removed =
                output.patch().stream()
                        .filter(l -> l.change() == ToolOutput.Change.REMOVED)
                        .count();
        return "  +%d −%d".formatted(added, removed);
    }

    private static String stateClass(ToolState state) {
        return switch (state) {
            case ToolState.Running _ -> "state-running";
            case ToolState.Ok _ -> "state-ok";
            case ToolState.Failed _ -> "state-failed";
            case ToolState.Denied _ -> "state-denied";
            case ToolState.Stopped _ -> "state-stopped";
        };
    }

    private static String icon(ToolKind kind) {
        return switch (kind) {
            case EDIT -> "fth-edit-2";
            case SHELL -> "fth-terminal";
            case READ -> "fth-file-text";
            case WEB -> "fth-globe";
            case TASK -> "fth-check-square";
            case PLAN -> "fth-map";
            case QUESTION -> "fth-help-circle";
            case OTHER -> "fth-tool";
        };
    }

    private static ParagraphBlock body(Item.Tool tool, RenderOptions options, String kind) {
        ToolRun run = tool.run();
        ToolBodyBuilder body = new ToolBodyBuilder(kind);
        boolean diff = run.kind() == ToolKind.EDIT && !run.name().equals("NotebookEdit");
        if (diff) {
            if (!DiffRows.path(run).equals(shownArgument(run, options))) {
                body.text("", DiffRows.path(run), TextStyle.of("mono", "quiet"));
            }
            body.rows(DiffRows.rows(run), OUTPUT_LINES * 2, options.expansions(), tool.id());
        } else {
            for (ToolRun.Field f : run.fields()) {
                boolean command = f.name().equals("command");
                String label = command ? "" : f.name().replace('_', ' ');
                if (!f.text().equals(shownArgument(run, options))) {
                    body.field(label, f.text(), options.expansions(), tool.id());
                }
            }
        }
        for (ToolRun.Step step : run.steps()) {
            String mark = step.failed() ? "✗ " : step.done() ? "✓ " : "… ";
            body.text("", mark + step.name() + "  " + step.argument(), TextStyle.of("quiet"));
        }
        ToolOutput output = run.output();
        boolean failed = !(run.state() instanceof ToolState.Ok);
        if (output != null
                && (!diff
                        || failed
                        || (output.patch().isEmpty() && DiffRows.rows(run).isEmpty()))) {
            body.output(run, output, options.expansions(), tool.id(), OUTPUT_LINES);
        }
        return body.build();
    }
}
