package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.Durations;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.ToolKind;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.text.DisplayText;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.message.Graphemes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fxmisc.richtext.model.StyledSegment;
import org.jspecify.annotations.Nullable;

/// Consecutive calls that only read, shown as one line until it is opened.
///
/// @param members two or more, in order
public record ToolGroup(List<Item.Tool> members) {
    /// The part of a member that stands for its group: the group is open if the part is toggled on
    /// one of the members, so that it stays open while members are added at both ends.
    public static final String PART = "#group";

    public ToolGroup {
        members = List.copyOf(members);
    }

    /// The group of each item; null for an item without one.
    public static List<@Nullable ToolGroup> of(List<Item> items) {
        List<@Nullable ToolGroup> groups = new ArrayList<>(items.size());
        int from = 0;
        while (from < items.size()) {
            int to = from;
            List<Item.Tool> members = new ArrayList<>();
            while (to < items.size()
                    && items.get(to) instanceof Item.Tool t
                    && onlyReads(t.run())) {
                members.add(t);
                to++;
            }
            @Nullable ToolGroup group = members.size() < 2 ? null : new ToolGroup(members);
            int end = Math.max(to, from + 1);
            for (int i = from; i < end; i++) {
                groups.add(group);
            }
            from = end;
        }
        return groups;
    }

    private static boolean onlyReads(ToolRun run) {
        return run.kind() == ToolKind.READ;
    }

    /// Whether a member is shown also while its group is closed: it failed, or waits for the user.
    public static boolean isShownAlone(Item member) {
        return member instanceof Item.Tool t
                && switch (t.run().state()) {
                    case ToolState.Failed _, ToolState.Denied() -> true;
                    case ToolState.Running(_, boolean asks) -> asks;
                    case ToolState.Ok _, ToolState.Stopped() -> false;
                };
    }

    public String id() {
        return members.getFirst().id();
    }

    public boolean isRunning() {
        return members.stream().anyMatch(t -> t.run().isRunning());
    }

    /// The line of the group.
    ///
    /// @param columns characters of code in a line
    public ParagraphBlock head(boolean open, int columns, Instant now) {
        List<StyledSegment<String, TextStyle>> line = new ArrayList<>();
        String summary = summary();
        String state = state(now);
        line.add(new StyledSegment<>(summary, TextStyle.of("tool-name")));
        String current = current();
        int room = columns - summary.length() - state.length() - 10;
        if (!current.isEmpty() && room > 12) {
            line.add(
                    new StyledSegment<>(
                            "  " + Graphemes.truncate(current, room),
                            TextStyle.of("mono", "tool-argument")));
        }
        long failed = members.stream().filter(ToolGroup::hasFailed).count();
        if (failed == 0 || isRunning()) {
            String ink = isRunning() ? "state-running" : "state-ok";
            line.add(new StyledSegment<>("   " + state, TextStyle.of("tool-state", ink)));
        }
        if (failed > 0) {
            line.add(
                    new StyledSegment<>(
                            "   ✗ %d failed".formatted(failed),
                            TextStyle.of("tool-state", "state-failed")));
        }
        return new BlockBuilder()
                .add(
                        CardHead.style(
                                "kind-read",
                                "fth-layers",
                                open,
                                0,
                                new ClickAction.TogglePart(id(), PART)),
                        line)
                .build();
    }

    private static boolean hasFailed(Item.Tool member) {
        return member.run().state() instanceof ToolState.Failed;
    }

    /// The argument of the call that runs; empty if none does.
    private String current() {
        for (Item.Tool t : members.reversed()) {
            if (t.run().isRunning()) {
                return DisplayText.argument(t.run().argument());
            }
        }
        return "";
    }

    private String state(Instant now) {
        Duration all = Duration.ZERO;
        for (Item.Tool t : members) {
            switch (t.run().state()) {
                case ToolState.Running(_, boolean asks) when asks -> {
                    return "waits for your answer";
                }
                case ToolState.Running(var since, _) -> {
                    return CardHead.running(since, now);
                }
                case ToolState.Ok(var took) -> all = took == null ? all : all.plus(took);
                case ToolState.Failed _, ToolState.Denied(), ToolState.Stopped() -> {
                    // Such a member is counted or shown by itself.
                }
            }
        }
        return all.isZero() ? "✓" : "✓ " + Durations.format(all);
    }

    /// What the members do, for example "Read 4 files, searched 2 patterns".
    String summary() {
        Set<String> files = new HashSet<>();
        int patterns = 0;
        int folders = 0;
        int tools = 0;
        for (Item.Tool t : members) {
            ToolRun run = t.run();
            switch (run.name()) {
                case "Grep", "Glob" -> patterns++;
                case "LS" -> folders++;
                case "ToolSearch" -> tools++;
                default -> files.add(run.argument().isEmpty() ? t.id() : run.argument());
            }
        }
        List<String> parts = new ArrayList<>();
        add(parts, files.size(), "read 1 file", "read %d files");
        add(parts, patterns, "searched 1 pattern", "searched %d patterns");
        add(parts, folders, "listed 1 folder", "listed %d folders");
        add(parts, tools, "looked for tools", "looked for tools %d times");
        String all = String.join(", ", parts);
        return Character.toUpperCase(all.charAt(0)) + all.substring(1);
    }

    private static void add(List<String> parts, int n, String one, String several) {
        if (n > 0) {
            parts.add(n == 1 ? one : several.formatted(n));
        }
    }
}
