package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.journal.Journal.Entry;
import dev.oriel.message.BlockType;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.session.api.SeqRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/// Picks, of messages that are added newest first, those that tell of Claude's checklist and of the
/// tasks that run: the calls of the tools, their results, and the agent's reports.
///
/// What a later message replaces is not picked: only the last complete list counts, and only the
/// last progress of a task.
final class WorkMessages {
    private static final int MOST = 1_000;
    private static final int MOST_BYTES = 1024 * 1024;

    /// Results whose calls have not been added yet. A call is right before its result, so a result
    /// that waits for long belongs to no call.
    private static final int MOST_RESULTS = 200;

    private final Set<String> running;
    private final List<SeqRange> rewound;
    private final NavigableMap<Long, Entry> picked = new TreeMap<>();

    /// By the ids of their calls.
    private final Map<String, Entry> results = new LinkedHashMap<>();

    /// Calls of commands that run in the background, and have not been added yet.
    private final Set<String> commands = new HashSet<>();

    private final Set<String> unseen;
    private final Set<String> progress = new HashSet<>();
    private boolean checklistKnown;
    private boolean tasksListed;
    private boolean begun;
    private long bytes;

    /// @param running the ids of the tasks that run; messages about others are not picked
    /// @param rewound messages that are not part of the conversation any more
    WorkMessages(Set<String> running, List<SeqRange> rewound) {
        this.running = Set.copyOf(running);
        this.rewound = new ArrayList<>(rewound);
        this.unseen = new HashSet<>(running);
    }

    /// Whether earlier messages tell nothing more, or no more of them are picked.
    boolean isComplete() {
        return begun
                || picked.size() >= MOST
                || bytes >= MOST_BYTES
                || (checklistKnown && unseen.isEmpty() && commands.isEmpty());
    }

    /// Oldest first.
    List<Entry> picked() {
        return List.copyOf(picked.values());
    }

    /// @param entry the message before the one that was added last
    void add(Entry entry) {
        Message message = entry.message();
        if (isComplete()
                || message.bytes().length > MOST_BYTES
                || rewound.stream().anyMatch(r -> r.contains(entry.seq()))) {
            return;
        }
        switch (message.type()) {
            case MessageType.SYSTEM -> addReport(entry, message);
            case MessageType.CONVERSATION_RESET -> {
                pick(entry);
                begun = true;
            }
            case MessageType.USER -> addResults(entry, message);
            case MessageType.ASSISTANT -> addCalls(entry, message);
            default -> {
                // Tells of neither.
            }
        }
    }

    private void addReport(Entry entry, Message message) {
        String id = text(message, "task_id");
        switch (message.subtype()) {
            case SystemSubtype.ORIEL_REWOUND -> {
                long first = message.tree().path("first").asLong();
                long last = message.tree().path("last").asLong();
                if (first > 0 && last >= first) {
                    rewound.add(new SeqRange(first, last));
                }
            }
            case SystemSubtype.TASK_STARTED -> {
                if (running.contains(id)) {
                    pick(entry);
                    unseen.remove(id);
                }
            }
            case SystemSubtype.TASK_UPDATED -> {
                if (running.contains(id)) {
                    pick(entry);
                }
            }
            case SystemSubtype.TASK_PROGRESS -> {
                if (running.contains(id) && progress.add(id)) {
                    pick(entry);
                }
            }
            case SystemSubtype.BACKGROUND_TASKS_CHANGED -> {
                if (!running.isEmpty() && !tasksListed) {
                    pick(entry);
                    tasksListed = true;
                }
            }
            case null, default -> {
                // Not about a task.
            }
        }
    }

    private void addResults(Entry entry, Message message) {
        if (!message.tree().path("message").path("content").isArray()) {
            return;
        }
        boolean background =
                running.contains(
                        message.tree().path("tool_use_result").path("backgroundTaskId").asText(""));
        for (JsonNode block : message.tree().path("message").path("content")) {
            if (block.path("type").asText("").equals(BlockType.TOOL_RESULT)) {
                String id = block.path("tool_use_id").asText("");
                results.put(id, entry);
                if (background) {
                    pick(entry);
                    commands.add(id);
                }
            }
        }
        while (results.size() > MOST_RESULTS) {
            String first = results.keySet().iterator().next();
            results.remove(first);
            commands.remove(first);
        }
    }

    private void addCalls(Entry entry, Message message) {
        for (JsonNode block : message.tree().path("message").path("content")) {
            if (!block.path("type").asText("").equals(BlockType.TOOL_USE)) {
                continue;
            }
            String id = block.path("id").asText("");
            Entry result = results.remove(id);
            boolean command = commands.remove(id);
            boolean checklist =
                    !checklistKnown
                            && message.parentToolUseId() == null
                            && isChecklistTool(block.path("name").asText(""));
            if (command || checklist) {
                pick(entry);
            }
            if (checklist && result != null) {
                pick(result);
                checklistKnown = isWholeList(block, result, id);
            }
        }
    }

    private static boolean isChecklistTool(String name) {
        return switch (name) {
            case "TodoWrite", "TaskCreate", "TaskUpdate", "TaskList", "TaskGet" -> true;
            default -> false;
        };
    }

    /// Whether the call tells all entries of the list, so that earlier calls do not matter.
    private static boolean isWholeList(JsonNode call, Entry result, String id) {
        JsonNode tree = result.message().tree();
        for (JsonNode block : tree.path("message").path("content")) {
            if (id.equals(block.path("tool_use_id").asText(""))
                    && block.path("is_error").asBoolean()) {
                return false;
            }
        }
        return switch (call.path("name").asText("")) {
            case "TodoWrite" -> true;
            case "TaskList" -> tree.path("tool_use_result").path("tasks").isArray();
            default -> false;
        };
    }

    private void pick(Entry entry) {
        Entry before = picked.putIfAbsent(entry.seq(), entry);
        if (before == null) {
            bytes += entry.message().bytes().length;
        }
    }

    private static String text(Message message, String member) {
        return message.tree().path(member).asText("");
    }
}
