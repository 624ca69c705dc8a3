package dev.oriel.app.conversation.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.ChecklistEntry;
import dev.oriel.app.conversation.item.ChecklistEntry.State;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.message.BlockType;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Folds the calls of `TodoWrite` and of the task tools into one checklist. Pure.
///
/// Messages may be applied in any order, because older pages arrive after newer ones: each call is
/// kept with its position, and the list is made from all of them. A call counts from its start; if
/// it fails, it counts no longer.
final class ChecklistFold {
    private static final int MOST_CALLS = 2_000;
    private static final int MOST_ENTRIES = 500;
    private static final int LONGEST = 2_000;

    /// How the CLI reports the id of a task that it created, if only in words.
    private static final Pattern CREATED = Pattern.compile("[Tt]ask #(\\w{1,40}) created");

    /// The calls by the positions of their messages, in the order of their blocks.
    private final NavigableMap<Long, List<Call>> calls = new TreeMap<>();

    /// Results by the ids of their calls.
    private final Map<String, Result> results = new HashMap<>();

    private final Set<String> failed = new HashSet<>();
    private long cleared;

    private record Call(String id, String name, JsonNode input) {}

    /// What a result tells besides the input.
    ///
    /// @param taskId of a task that was created; may be empty
    /// @param tasks all tasks, if they were listed
    private record Result(String taskId, List<ChecklistEntry> tasks, boolean listed) {}

    /// @return whether the list may have changed
    boolean apply(Message message) {
        JsonNode tree = message.tree();
        if (message.is(MessageType.CONVERSATION_RESET)) {
            cleared = Math.max(cleared, position(tree));
            return true;
        }
        if (tree.path("parent_tool_use_id").isTextual()) {
            return false;
        }
        boolean changed = false;
        for (JsonNode block : tree.path("message").path("content")) {
            String type = text(block, "type");
            if (type.equals(BlockType.TOOL_USE) && isChecklistTool(text(block, "name"))) {
                add(tree, block);
                changed = true;
            } else if (type.equals(BlockType.TOOL_RESULT)) {
                changed |= addResult(tree, block);
            }
        }
        return changed;
    }

    private void add(JsonNode tree, JsonNode block) {
        List<Call> at = calls.computeIfAbsent(position(tree), _ -> new ArrayList<>());
        String id = text(block, "id");
        at.removeIf(c -> c.id().equals(id));
        at.add(new Call(id, text(block, "name"), block.path("input")));
        if (calls.size() > MOST_CALLS) {
            calls.pollFirstEntry();
        }
    }

    private boolean addResult(JsonNode tree, JsonNode block) {
        String id = text(block, "tool_use_id");
        if (block.path("is_error").asBoolean()) {
            failed.add(id);
            return true;
        }
        JsonNode told = tree.path("tool_use_result");
        String task = told.path("task").path("id").asText("");
        if (task.isEmpty()) {
            Matcher created = CREATED.matcher(block.path("content").asText(""));
            task = created.find() ? created.group(1) : "";
        }
        boolean listed = told.path("tasks").isArray();
        if (task.isEmpty() && !listed) {
            return false;
        }
        List<ChecklistEntry> tasks = new ArrayList<>();
        for (JsonNode each : told.path("tasks")) {
            if (tasks.size() < MOST_ENTRIES) {
                tasks.add(entry(text(each, "id"), each, State.of(text(each, "status"))));
            }
        }
        results.put(id, new Result(task, tasks, listed));
        if (results.size() > 2 * MOST_CALLS) {
            results.remove(results.keySet().iterator().next());
        }
        return true;
    }

    private static boolean isChecklistTool(String name) {
        return switch (name) {
            case "TodoWrite", "TaskCreate", "TaskUpdate", "TaskList", "TaskGet" -> true;
            default -> false;
        };
    }

    /// The entries of the list that was used last. Deleted tasks are not among them.
    List<ChecklistEntry> entries() {
        List<ChecklistEntry> todos = List.of();
        Map<String, ChecklistEntry> tasks = new LinkedHashMap<>();
        boolean usesTasks = false;
        for (List<Call> at : calls.tailMap(cleared, true).values()) {
            for (Call call : at) {
                if (failed.contains(call.id())) {
                    continue;
                }
                usesTasks = !call.name().equals("TodoWrite");
                if (usesTasks) {
                    apply(call, tasks);
                } else {
                    todos = todos(call.input());
                }
            }
        }
        return usesTasks
                ? tasks.values().stream().filter(t -> t.state() != State.DELETED).toList()
                : todos;
    }

    private static List<ChecklistEntry> todos(JsonNode input) {
        List<ChecklistEntry> todos = new ArrayList<>();
        for (JsonNode each : input.path("todos")) {
            if (todos.size() < MOST_ENTRIES && each.isObject()) {
                todos.add(
                        new ChecklistEntry(
                                "",
                                bounded(text(each, "content")),
                                bounded(text(each, "activeForm")),
                                State.of(text(each, "status"))));
            }
        }
        return todos;
    }

    private void apply(Call call, Map<String, ChecklistEntry> tasks) {
        Result result = results.get(call.id());
        JsonNode input = call.input();
        switch (call.name()) {
            case "TaskCreate" -> {
                String id = result == null ? "" : result.taskId();
                // Until its result has the id, it is known by its call.
                String key = id.isEmpty() ? "call:" + call.id() : id;
                if (tasks.size() < MOST_ENTRIES) {
                    tasks.put(key, entry(id, input, State.PENDING));
                }
            }
            case "TaskUpdate" -> {
                String id = text(input, "taskId");
                ChecklistEntry was =
                        tasks.getOrDefault(id, new ChecklistEntry(id, "", "", State.PENDING));
                if (!id.isEmpty() && tasks.size() < MOST_ENTRIES) {
                    tasks.put(id, updated(was, input));
                }
            }
            default -> {
                if (result != null && result.listed()) {
                    Map<String, ChecklistEntry> known = new HashMap<>(tasks);
                    tasks.clear();
                    for (ChecklistEntry t : result.tasks()) {
                        ChecklistEntry was = known.get(t.id());
                        String active = was == null ? "" : was.activeText();
                        tasks.put(t.id(), new ChecklistEntry(t.id(), t.text(), active, t.state()));
                    }
                }
            }
        }
    }

    private static ChecklistEntry updated(ChecklistEntry was, JsonNode input) {
        String subject = text(input, "subject");
        String active = text(input, "activeForm");
        String status = text(input, "status");
        return new ChecklistEntry(
                was.id(),
                subject.isBlank() ? was.text() : bounded(subject),
                active.isBlank() ? was.activeText() : bounded(active),
                status.isEmpty() ? was.state() : State.of(status));
    }

    private static ChecklistEntry entry(String id, JsonNode task, State state) {
        return new ChecklistEntry(
                bounded(id),
                bounded(text(task, "subject")),
                bounded(text(task, "activeForm")),
                state);
    }

    /// A message without a position is the newest.
    private static long position(JsonNode tree) {
        return tree.path("seq").asLong(Long.MAX_VALUE);
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST ? text : Truncation.firstLine(text.substring(0, LONGEST));
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText("");
    }
}
