package dev.oriel.app.transcript;

import dev.oriel.app.conversation.Item;
import dev.oriel.app.conversation.Spans;
import dev.oriel.app.conversation.ToolKind;
import dev.oriel.app.conversation.ToolOutput;
import dev.oriel.app.conversation.ToolRun;
import dev.oriel.app.conversation.ToolState;
import dev.oriel.app.text.Visible;
import dev.oriel.app.transcript.Par.Mark;
import dev.oriel.message.Graphemes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fxmisc.richtext.model.StyledSegment;
import org.jspecify.annotations.Nullable;

/// Draws a tool call: one quiet line, and what went in and came out when it is opened.
final class ToolCard {
    private static final int OUTPUT_LINES = 24;
    private static final int ICON = 24;

    private ToolCard() {}

    static List<Block> render(Item.Tool tool, Shape shape) {
        ToolRun run = tool.run();
        boolean open = opens(run) != shape.toggled();
        String kind = "kind-" + run.kind().name().toLowerCase(Locale.ROOT);
        List<Block> blocks = new ArrayList<>();
        blocks.add(head(tool, shape, kind, open));
        if (open) {
            blocks.add(body(tool, shape, kind));
        }
        return blocks;
    }

    /// What failed shows why without being asked.
    private static boolean opens(ToolRun run) {
        return run.state() instanceof ToolState.Failed;
    }

    private static Block head(Item.Tool tool, Shape shape, String kind, boolean open) {
        ToolRun run = tool.run();
        List<StyledSegment<String, Ink>> line = new ArrayList<>();
        line.add(new StyledSegment<>(run.title(), Ink.of("tool-name")));
        String state = state(run, shape);
        String argument = Visible.judged(run.argument());
        if (!argument.isEmpty()) {
            line.add(
                    new StyledSegment<>(
                            "  " + cut(argument, room(run, shape)),
                            Ink.of("mono", "tool-argument")));
        }
        line.add(new StyledSegment<>("   " + state, Ink.of("tool-state", stateClass(run.state()))));
        Par par =
                Par.of("tool", "ruled", kind, open ? "opened" : "closed")
                        .spaced(6, open ? 0 : 2)
                        .padded(5, 12, 5, 0)
                        .marked(new Mark.Icon(icon(run.kind()), ICON + 14))
                        .doing(new Action.Toggle(tool.id()));
        return new Lines().add(par, line).block();
    }

    /// What the first line tells in full, so that it need not be said twice.
    private static String told(ToolRun run, Shape shape) {
        String argument = Visible.judged(run.argument());
        return argument.length() <= room(run, shape) ? argument : "";
    }

    private static int room(ToolRun run, Shape shape) {
        int used = run.title().length() + state(run, shape).length() + 10;
        return Math.max(24, shape.columns() - used);
    }

    private static String cut(String text, int room) {
        if (text.length() <= room) {
            return text;
        }
        // The end of a path says more than its start.
        if (text.startsWith("/") && text.indexOf(' ') < 0) {
            return "…" + text.substring(Graphemes.start(text, room - 1));
        }
        return Graphemes.shortened(text, room);
    }

    private static String state(ToolRun run, Shape shape) {
        return switch (run.state()) {
            case ToolState.Running(_, boolean asks) when asks -> "waits for your answer";
            case ToolState.Running(var since, _) -> {
                Duration d = since == null ? Duration.ZERO : Duration.between(since, shape.now());
                yield d.toSeconds() < 1 ? "running" : "running, " + Spans.words(d);
            }
            case ToolState.Ok(var took) -> "✓" + time(took) + counts(run.output());
            case ToolState.Failed(var took) -> "✗ failed" + time(took);
            case ToolState.Denied() -> "⊘ denied";
            case ToolState.Stopped() -> "■ stopped";
        };
    }

    private static String time(@Nullable Duration took) {
        return took == null ? "" : " " + Spans.words(took);
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

    private static Block body(Item.Tool tool, Shape shape, String kind) {
        ToolRun run = tool.run();
        ToolBody body = new ToolBody(kind);
        boolean diff = run.kind() == ToolKind.EDIT && !run.name().equals("NotebookEdit");
        if (diff) {
            if (!Diffs.path(run).equals(told(run, shape))) {
                body.text("", Diffs.path(run), Ink.of("mono", "quiet"));
            }
            body.rows(Diffs.rows(run), OUTPUT_LINES * 2, shape.more(), tool.id());
        } else {
            for (ToolRun.Field f : run.fields()) {
                boolean command = f.name().equals("command");
                String label = command ? "" : f.name().replace('_', ' ');
                if (!f.text().equals(told(run, shape))) {
                    body.field(label, f.text(), shape.more(), tool.id());
                }
            }
        }
        for (ToolRun.Step step : run.steps()) {
            String mark = step.failed() ? "✗ " : step.done() ? "✓ " : "… ";
            body.text("", mark + step.name() + "  " + step.argument(), Ink.of("quiet"));
        }
        ToolOutput output = run.output();
        boolean failed = !(run.state() instanceof ToolState.Ok);
        if (output != null
                && (!diff || failed || (output.patch().isEmpty() && Diffs.rows(run).isEmpty()))) {
            body.output(run, output, shape.more(), tool.id(), OUTPUT_LINES);
        }
        return body.block();
    }
}
