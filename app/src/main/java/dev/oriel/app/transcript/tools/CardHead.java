package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.Durations;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.app.text.DisplayText;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.ParagraphStyle.Marker;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.message.Graphemes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;
import org.jspecify.annotations.Nullable;

/// The first line of a card: icon, name, the telling argument, and the state.
final class CardHead {
    private static final int ICON = 24;

    private CardHead() {}

    static ParagraphBlock render(CardScope card, ToolCard kind, boolean open) {
        ToolRun run = card.run();
        List<StyledSegment<String, TextStyle>> line = new ArrayList<>();
        line.add(new StyledSegment<>(title(kind, run), TextStyle.of("tool-name")));
        String argument = CardBody.oneLine(kind.argument(run));
        if (!argument.isEmpty()) {
            TextStyle ink = TextStyle.of("mono", "tool-argument");
            String path = ToolPath.of(run);
            line.add(new StyledSegment<>("  ", ink));
            line.add(
                    new StyledSegment<>(
                            cut(argument, room(card, kind)),
                            !path.isEmpty() && path.equals(kind.argument(run))
                                    ? ink.withAction(new ClickAction.OpenFile(path))
                                    : ink));
        }
        line.add(
                new StyledSegment<>(
                        "   " + state(card, kind),
                        TextStyle.of("tool-state", stateClass(shownState(run, kind)))));
        ParagraphStyle style =
                style(card.kindClass(), icon(run), open, card.indent(), card.toggle());
        return new BlockBuilder().add(style, line).build();
    }

    static ParagraphStyle style(
            String kindClass, String icon, boolean open, int indent, ClickAction toggle) {
        return ParagraphStyle.of("tool", "ruled", kindClass, open ? "opened" : "closed")
                .withVerticalMargin(6, open ? 0 : 2)
                .withLeftMargin(indent)
                .withPadding(5, 12, 5, 0)
                .withMarker(new Marker.Icon(icon, ICON + 14))
                .withAction(toggle);
    }

    /// The argument if the first line shows it whole, so that it need not be repeated.
    static String shownArgument(CardScope card) {
        ToolCard kind = ToolCards.of(card.run());
        String argument = CardBody.oneLine(kind.argument(card.run()));
        return argument.length() <= room(card, kind) ? argument : "";
    }

    /// The title without characters that would hide something or break the line.
    private static String title(ToolCard kind, ToolRun run) {
        return DisplayText.argument(Truncation.firstLine(kind.title(run)));
    }

    private static int room(CardScope card, ToolCard kind) {
        int used = title(kind, card.run()).length() + state(card, kind).length() + 10;
        return Math.max(24, card.options().columns() - used - card.depth() * 3);
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

    private static String state(CardScope card, ToolCard kind) {
        ToolRun run = card.run();
        ToolState shown = shownState(run, kind);
        String facts = kind.facts(run);
        if (!shown.equals(run.state())) {
            return (shown instanceof ToolState.Failed ? "✗ " : "■ ") + facts;
        }
        String state =
                switch (shown) {
                    case ToolState.Running(_, boolean asks) when asks -> "waits for your answer";
                    case ToolState.Running(var since, _) -> running(since, card.options().now());
                    case ToolState.Ok(var took) -> "✓" + time(took);
                    case ToolState.Failed(var took) -> "✗ " + kind.failure(run) + after(took);
                    case ToolState.Denied() -> "⊘ denied";
                    case ToolState.Stopped() -> "■ stopped";
                };
        return facts.isEmpty() ? state : state + "  " + facts;
    }

    /// The state of the call, or of the work in the background that it started once that failed or
    /// was stopped.
    private static ToolState shownState(ToolRun run, ToolCard kind) {
        SubagentRun.Progress progress = run.subagent().progress();
        if (progress == null
                || !progress.over()
                || !kind.isBackground(run)
                || !(run.state() instanceof ToolState.Ok)) {
            return run.state();
        }
        return switch (progress.ending().word()) {
            case "failed" -> new ToolState.Failed(null);
            case "stopped" -> new ToolState.Stopped();
            default -> run.state();
        };
    }

    static String running(@Nullable Instant since, Instant now) {
        Duration d = since == null ? Duration.ZERO : Duration.between(since, now);
        return d.toSeconds() < 1 ? "running" : "running, " + Durations.format(d);
    }

    private static String after(@Nullable Duration took) {
        return took == null ? "" : "," + time(took);
    }

    private static String time(@Nullable Duration took) {
        return took == null ? "" : " " + Durations.format(took);
    }

    static String stateClass(ToolState state) {
        return switch (state) {
            case ToolState.Running _ -> "state-running";
            case ToolState.Ok _ -> "state-ok";
            case ToolState.Failed _ -> "state-failed";
            case ToolState.Denied _ -> "state-denied";
            case ToolState.Stopped _ -> "state-stopped";
        };
    }

    private static String icon(ToolRun run) {
        return switch (run.kind()) {
            case EDIT -> "fth-edit-2";
            case SHELL -> "fth-terminal";
            case READ ->
                    switch (run.name()) {
                        case "Grep", "Glob", "ToolSearch" -> "fth-search";
                        case "LS" -> "fth-folder";
                        default -> "fth-file-text";
                    };
            case WEB -> "fth-globe";
            case TASK -> "fth-check-square";
            case PLAN -> "fth-map";
            case QUESTION -> "fth-help-circle";
            case OTHER -> "fth-tool";
        };
    }
}
