package dev.oriel.app.reading;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which items a conversation shows at a level of detail. Pure.
///
/// At [DetailLevel#SUMMARY] the tool calls and the thinking of a turn are one line, which stands
/// where the first of them was. What failed, what waits for the user, and the latest checklist stay
/// in sight.
public final class ShownItems {
    private ShownItems() {}

    /// @param isOpened whether the user opened a line with this id
    public static List<Item> of(List<Item> items, DetailLevel level, Predicate<String> isOpened) {
        if (level == DetailLevel.VERBOSE || (level == DetailLevel.NORMAL && !hasTrace(items))) {
            return items;
        }
        List<Item> told = items.stream().filter(i -> !isTrace(i)).toList();
        return level == DetailLevel.NORMAL ? told : summary(told, isOpened);
    }

    private static boolean hasTrace(List<Item> items) {
        return items.stream().anyMatch(ShownItems::isTrace);
    }

    private static boolean isTrace(Item item) {
        return item instanceof Item.Notice n && n.level() == Item.Level.TRACE;
    }

    private static List<Item> summary(List<Item> items, Predicate<String> isOpened) {
        Item checklist = latestChecklist(items);
        Map<Item, Item.Work> lines = new LinkedHashMap<>();
        Set<Item> hidden = new HashSet<>();
        int start = 0;
        for (int i = 0; i <= items.size(); i++) {
            boolean ends =
                    i == items.size()
                            || items.get(i) instanceof Item.Prompt
                            || items.get(i) instanceof Item.TurnEnd;
            if (ends) {
                Item end = i < items.size() ? items.get(i) : null;
                Item.Work work = work(items.subList(start, i), end, checklist);
                if (work != null) {
                    lines.put(work.hidden().getFirst(), work);
                    if (!isOpened.test(work.id())) {
                        hidden.addAll(work.hidden());
                    }
                }
                start = i + 1;
            }
        }
        List<Item> shown = new ArrayList<>(items.size());
        for (Item item : items) {
            Item.Work line = lines.get(item);
            if (line != null) {
                shown.add(line);
            }
            if (!hidden.contains(item)) {
                shown.add(item);
            }
        }
        return shown;
    }

    private static Item.@Nullable Work work(
            List<Item> turn, @Nullable Item end, @Nullable Item checklist) {
        List<Item> hidden = turn.stream().filter(i -> canHide(i) && !i.equals(checklist)).toList();
        if (hidden.isEmpty()) {
            return null;
        }
        boolean running = end == null && turn.stream().anyMatch(ShownItems::isRunning);
        return new Item.Work(
                Item.Work.PREFIX + hidden.getFirst().id(),
                hidden.getFirst().seq(),
                hidden,
                end instanceof Item.TurnEnd e ? e.took() : null,
                running);
    }

    private static boolean isRunning(Item item) {
        return switch (item) {
            case Item.Tool t -> t.run().isRunning();
            case Item.Thinking t -> t.open();
            case Item.Answer a -> a.open();
            default -> false;
        };
    }

    private static boolean canHide(Item item) {
        return switch (item) {
            case Item.Thinking _ -> true;
            case Item.Tool t -> canHide(t.run());
            case Item.Notice n -> n.level() == Item.Level.QUIET;
            default -> false;
        };
    }

    private static boolean canHide(ToolRun run) {
        return switch (run.state()) {
            case ToolState.Failed _ -> false;
            case ToolState.Running r -> !r.asks();
            default -> true;
        };
    }

    private static @Nullable Item latestChecklist(List<Item> items) {
        for (Item item : items.reversed()) {
            if (item instanceof Item.Tool t && isChecklist(t.run().name())) {
                return item;
            }
        }
        return null;
    }

    private static boolean isChecklist(String tool) {
        return switch (tool) {
            case "TodoWrite", "TaskCreate", "TaskUpdate", "TaskList" -> true;
            default -> false;
        };
    }
}
