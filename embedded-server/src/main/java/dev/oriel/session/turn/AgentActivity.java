package dev.oriel.session.turn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Message;
import java.util.HashSet;
import java.util.Set;

/// Whether the agent is at work, with a turn or without one: a background task goes on after the
/// `result` of the turn that began it. Confined to the lane.
///
/// The CLI names its background tasks, and says `session_state_changed` where it is asked to. The
/// versions differ: 2.1.332 says `idle` only when no background task is left, 2.1.197 after every
/// turn, 2.1.112 holds the `result` back until its tasks have ended. So both are followed, and an
/// agent that says neither is at rest after its `result`.
final class AgentActivity {
    private final Set<String> tasks = new HashSet<>();
    private boolean tellsState;
    private boolean active;

    /// Another agent begins: nothing of the one before counts.
    void reset() {
        tasks.clear();
        tellsState = false;
        active = false;
    }

    /// A turn begins.
    void begins() {
        active = true;
    }

    /// A turn has ended.
    void turnOver() {
        if (!tellsState) {
            active = false;
        }
    }

    /// Takes a `system` message.
    void heard(Message system) {
        String subtype = system.subtype();
        switch (subtype == null ? "" : subtype) {
            case "session_state_changed" -> {
                tellsState = true;
                active = !isIdle(system);
            }
            case "task_started" -> tasks.add(task(system));
            case "task_notification" -> tasks.remove(task(system));
            case "background_tasks_changed" -> {
                tasks.clear();
                for (JsonNode each : system.tree().path("tasks")) {
                    tasks.add(each.path("task_id").asText());
                }
            }
            default -> {
                // Says nothing of its work.
            }
        }
    }

    static boolean isIdle(Message system) {
        return system.is("system", "session_state_changed")
                && "idle".equals(system.tree().path("state").asText());
    }

    private static String task(Message system) {
        return system.tree().path("task_id").asText();
    }

    /// Whether it may be ended without losing any work.
    boolean isAtRest() {
        return !active && tasks.isEmpty();
    }
}
