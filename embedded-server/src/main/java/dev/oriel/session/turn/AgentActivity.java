package dev.oriel.session.turn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.util.HashSet;
import java.util.Set;

/// Whether the agent has work, with a turn or without one: a background task continues after the
/// `result` of the turn that started it. Confined to the lane, except [#runningTasks()].
///
/// The CLI names its background tasks, and emits `session_state_changed` if it is asked to. The
/// versions differ: 2.1.332 reports `idle` only when no background task is left, 2.1.197 after
/// every turn, 2.1.112 holds the `result` back until its tasks have ended. So both are followed,
/// and an agent that reports neither is at rest after its `result`.
final class AgentActivity {
    private final Set<String> tasks = new HashSet<>();

    /// A copy of `tasks`, written on the lane and read by any thread.
    private volatile Set<String> published = Set.of();

    /// True once the agent has reported its state; the end of a turn alone then does not mean rest.
    private boolean reportsState;

    private boolean active;

    /// Forgets the agent before.
    void reset() {
        tasks.clear();
        published = Set.of();
        reportsState = false;
        active = false;
    }

    void onTurnStarted() {
        active = true;
    }

    void onTurnFinished() {
        if (!reportsState) {
            active = false;
        }
    }

    /// @param system a `system` message of the agent
    void onMessage(Message system) {
        String subtype = system.subtype();
        switch (subtype == null ? "" : subtype) {
            case SystemSubtype.SESSION_STATE_CHANGED -> {
                reportsState = true;
                active = !reportsIdle(system);
            }
            case SystemSubtype.TASK_STARTED -> {
                tasks.add(task(system));
                published = Set.copyOf(tasks);
            }
            case SystemSubtype.TASK_NOTIFICATION -> {
                tasks.remove(task(system));
                published = Set.copyOf(tasks);
            }
            case SystemSubtype.BACKGROUND_TASKS_CHANGED -> {
                tasks.clear();
                for (JsonNode each : system.tree().path("tasks")) {
                    tasks.add(each.path("task_id").asText());
                }
                published = Set.copyOf(tasks);
            }
            default -> {
                // Not about its work.
            }
        }
    }

    /// True for the agent's report that it is idle.
    static boolean reportsIdle(Message system) {
        return system.is(MessageType.SYSTEM, SystemSubtype.SESSION_STATE_CHANGED)
                && "idle".equals(system.tree().path("state").asText());
    }

    private static String task(Message system) {
        return system.tree().path("task_id").asText();
    }

    /// The ids of the tasks that the agent runs, in the background or not. Any thread.
    Set<String> runningTasks() {
        return published;
    }

    /// True if the agent may be stopped without losing any work.
    boolean isAtRest() {
        return !active && tasks.isEmpty();
    }
}
