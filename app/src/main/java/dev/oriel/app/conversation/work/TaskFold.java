package dev.oriel.app.conversation.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.app.conversation.work.BackgroundTask.State;
import dev.oriel.message.BlockType;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Folds the agent's reports about tasks into the list of background tasks. Pure. Messages are
/// applied in the order of the conversation.
///
/// A task is in the background if its start says so, if it was moved there, if a command's result
/// names it, or if the agent lists it as such.
final class TaskFold {
    /// Ended tasks that stay in the list.
    private static final int MOST_ENDED = 5;

    private static final int MOST_KNOWN = 500;

    private final Map<String, BackgroundTask> tasks = new LinkedHashMap<>();

    /// Descriptions of tasks that are in the foreground.
    private final Map<String, String> foreground = new HashMap<>();

    /// The commands of calls, by the id of the call.
    private final Map<String, String> commands = new LinkedHashMap<>();

    private final Set<String> ended = new LinkedHashSet<>();

    /// Subagents and other tasks that print nothing.
    private final Set<String> noCommands = new LinkedHashSet<>();

    /// @return whether the list may have changed
    boolean apply(Message message) {
        JsonNode tree = message.tree();
        if (message.is(MessageType.CONVERSATION_RESET)) {
            return clear();
        }
        if (!message.is(MessageType.SYSTEM)) {
            boolean called = calls(tree);
            boolean removed = isPrompt(message) && removeEnded();
            return called || removed;
        }
        String id = text(tree, "task_id");
        switch (message.subtype()) {
            case SystemSubtype.ORIEL_AGENT_EXITED -> {
                return endAllBut(Set.of());
            }
            case SystemSubtype.ORIEL_REWOUND, SystemSubtype.ORIEL_FORKED -> {
                return clear();
            }
            case SystemSubtype.ORIEL_SESSION -> {
                // Other servers, and older ones, do not report the tasks.
                return tree.path("tasks").isArray() && endAllBut(ids(tree.path("tasks")));
            }
            case SystemSubtype.TASK_STARTED -> started(id, tree);
            case SystemSubtype.TASK_PROGRESS -> progressed(id, tree);
            case SystemSubtype.TASK_UPDATED -> updated(id, tree.path("patch"));
            case SystemSubtype.TASK_NOTIFICATION ->
                    end(id, state(text(tree, "status")), text(tree, "summary"));
            case SystemSubtype.BACKGROUND_TASKS_CHANGED -> listed(tree.path("tasks"));
            case null, default -> {
                return false;
            }
        }
        return true;
    }

    /// The agent's own `user` messages name its conversation.
    private static boolean isPrompt(Message message) {
        if (!message.is(MessageType.USER)
                || message.agentSessionId() != null
                || message.parentToolUseId() != null) {
            return false;
        }
        for (JsonNode block : message.tree().path("message").path("content")) {
            if (text(block, "type").equals(BlockType.TOOL_RESULT)) {
                return false;
            }
        }
        return true;
    }

    /// The user knows of them: they were shown until the next prompt.
    private boolean removeEnded() {
        return tasks.values().removeIf(t -> !t.isRunning());
    }

    List<BackgroundTask> tasks() {
        return List.copyOf(tasks.values());
    }

    /// Removes all tasks but those.
    void retain(Set<String> ids) {
        tasks.keySet().retainAll(ids);
    }

    private static Set<String> ids(JsonNode list) {
        Set<String> ids = new HashSet<>();
        list.forEach(each -> ids.add(each.asText("")));
        return ids;
    }

    /// The others have ended, also if no message told how: their agent or the server has.
    ///
    /// @return whether a task has ended
    private boolean endAllBut(Set<String> running) {
        if (running.isEmpty()) {
            foreground.clear();
        }
        boolean changed = false;
        for (BackgroundTask t : tasks()) {
            if (t.isRunning() && !running.contains(t.id())) {
                end(t.id(), State.ENDED, "");
                changed = true;
            }
        }
        return changed;
    }

    private boolean clear() {
        boolean had = !tasks.isEmpty();
        tasks.clear();
        foreground.clear();
        return had;
    }

    private void started(String id, JsonNode tree) {
        if (isAmbient(tree) || id.isEmpty()) {
            return;
        }
        String description = Truncation.firstLine(text(tree, "description"));
        ended.remove(id);
        if (!isCommand(tree)) {
            remember(noCommands, id);
        }
        if (tree.path("is_backgrounded").asBoolean()) {
            run(id, description);
        } else if (foreground.size() < MOST_KNOWN) {
            foreground.put(id, description);
        }
    }

    /// Whether a task is a command: what older versions of the CLI report without a type is one.
    private static boolean isCommand(JsonNode task) {
        String type = text(task, "task_type");
        return type.isEmpty() || type.contains("bash") || type.contains("monitor");
    }

    private static void remember(Set<String> ids, String id) {
        ids.add(id);
        if (ids.size() > MOST_KNOWN) {
            ids.remove(ids.iterator().next());
        }
    }

    private static boolean isAmbient(JsonNode task) {
        return task.path("ambient").asBoolean() || task.path("skip_transcript").asBoolean();
    }

    private void run(String id, String description) {
        if (ended.contains(id) || (tasks.size() >= MOST_KNOWN && !tasks.containsKey(id))) {
            return;
        }
        foreground.remove(id);
        BackgroundTask was = tasks.get(id);
        String words =
                description.isBlank() && was != null
                        ? was.description()
                        : description.isBlank() ? "Task " + id : description;
        tasks.put(
                id,
                new BackgroundTask(
                        id,
                        words,
                        was == null ? "" : was.doing(),
                        was == null ? null : was.took(),
                        State.RUNNING,
                        !noCommands.contains(id)));
    }

    private void progressed(String id, JsonNode tree) {
        BackgroundTask was = tasks.get(id);
        if (was == null || !was.isRunning()) {
            return;
        }
        String doing = text(tree, "summary");
        if (doing.isBlank()) {
            doing = text(tree, "last_tool_name");
        }
        long millis = tree.path("usage").path("duration_ms").asLong();
        tasks.put(
                id,
                was.with(
                        Truncation.firstLine(doing),
                        millis > 0 ? Duration.ofMillis(millis) : was.took(),
                        State.RUNNING));
    }

    private void updated(String id, JsonNode patch) {
        if (patch.path("is_backgrounded").asBoolean()) {
            run(id, foreground.getOrDefault(id, ""));
        }
        String status = text(patch, "status");
        if (!status.isEmpty() && state(status) != State.RUNNING) {
            end(id, state(status), text(patch, "error"));
        }
    }

    private static State state(String status) {
        return switch (status) {
            case "completed" -> State.COMPLETED;
            case "failed" -> State.FAILED;
            case "stopped", "killed" -> State.STOPPED;
            default -> State.RUNNING;
        };
    }

    private void end(String id, State how, String summary) {
        foreground.remove(id);
        remember(ended, id);
        BackgroundTask was = tasks.get(id);
        if (was == null) {
            return;
        }
        String words = summary.isBlank() ? was.doing() : Truncation.firstLine(summary);
        State state = how == State.RUNNING ? State.COMPLETED : how;
        tasks.put(id, was.with(words, was.took(), state));
        List<BackgroundTask> over =
                new ArrayList<>(tasks.values().stream().filter(t -> !t.isRunning()).toList());
        while (over.size() > MOST_ENDED) {
            tasks.remove(over.removeFirst().id());
        }
    }

    /// The agent lists all background tasks that run.
    private void listed(JsonNode list) {
        Set<String> running = new HashSet<>();
        for (JsonNode each : list) {
            String id = text(each, "task_id");
            if (!id.isEmpty() && !isAmbient(each)) {
                running.add(id);
                if (!isCommand(each)) {
                    remember(noCommands, id);
                }
                run(id, Truncation.firstLine(text(each, "description")));
            }
        }
        for (BackgroundTask t : tasks()) {
            if (t.isRunning() && !running.contains(t.id())) {
                end(t.id(), State.COMPLETED, "");
            }
        }
    }

    /// Commands that run in the background, as older versions of the CLI report them.
    private boolean calls(JsonNode tree) {
        boolean changed = false;
        for (JsonNode block : tree.path("message").path("content")) {
            switch (text(block, "type")) {
                case BlockType.TOOL_USE -> {
                    JsonNode input = block.path("input");
                    String words = text(input, "description");
                    commands.put(
                            text(block, "id"), words.isBlank() ? text(input, "command") : words);
                    if (commands.size() > MOST_KNOWN) {
                        commands.remove(commands.keySet().iterator().next());
                    }
                }
                case BlockType.TOOL_RESULT -> {
                    @Nullable String words = commands.remove(text(block, "tool_use_id"));
                    String id = text(tree.path("tool_use_result"), "backgroundTaskId");
                    if (!id.isEmpty() && !tasks.containsKey(id)) {
                        run(id, Truncation.firstLine(words == null ? "" : words));
                        changed = true;
                    }
                }
                default -> {
                    // It starts no task.
                }
            }
        }
        return changed;
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText("");
    }
}
