package dev.oriel.session.turn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.session.state.RunningTasks;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// Whether the agent has work, with a turn or without one: a background task continues after the
/// `result` of the turn that started it. Confined to the lane.
///
/// The CLI names its background tasks, and emits `session_state_changed` if it is asked to. The
/// versions differ: 2.1.332 reports `idle` only when no background task is left, 2.1.197 after
/// every turn, 2.1.112 holds the `result` back until its tasks have ended. So both are followed,
/// and an agent that reports neither is at rest after its `result`.
final class AgentActivity {
    private static final String COMMAND_ID = "backgroundTaskId";
    private static final int MOST_UNREPORTED = 500;

    private final Set<String> tasks = new HashSet<>();

    /// Commands in the background of a CLI that names them only in the results of their calls. It
    /// does not report their end either, so they do not keep the agent from being at rest.
    private final Set<String> unreported = new HashSet<>();

    private final RunningTasks published;

    /// True once the agent has reported a task; then it reports all of them.
    private boolean reportsTasks;

    /// True once the agent has reported its state; the end of a turn alone then does not mean rest.
    private boolean reportsState;

    private boolean active;

    /// @param published receives the tasks of the agent
    AgentActivity(RunningTasks published) {
        this.published = published;
    }

    /// Forgets the agent before.
    void reset() {
        tasks.clear();
        unreported.clear();
        reportsTasks = false;
        publish();
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
                reportsTasks = true;
                tasks.add(task(system));
                publish();
            }
            case SystemSubtype.TASK_UPDATED -> {
                if (system.tree().path("patch").path("is_backgrounded").asBoolean()) {
                    tasks.add(task(system));
                    publish();
                }
            }
            case SystemSubtype.TASK_NOTIFICATION -> {
                tasks.remove(task(system));
                unreported.remove(task(system));
                publish();
            }
            case SystemSubtype.BACKGROUND_TASKS_CHANGED -> {
                reportsTasks = true;
                tasks.clear();
                unreported.clear();
                for (JsonNode each : system.tree().path("tasks")) {
                    tasks.add(each.path("task_id").asText());
                }
                publish();
            }
            default -> {
                // Not about its work.
            }
        }
    }

    /// @param user a `user` message of the agent: the results of tools
    void onToolResults(Message user) {
        // The message can be large; its tree is built only if it tells of a task.
        if (reportsTasks
                || !new String(user.bytes(), StandardCharsets.ISO_8859_1).contains(COMMAND_ID)) {
            return;
        }
        String id = user.tree().path("tool_use_result").path(COMMAND_ID).asText("");
        if (!id.isEmpty() && unreported.size() < MOST_UNREPORTED) {
            unreported.add(id);
            publish();
        }
    }

    private void publish() {
        Set<String> all = new HashSet<>(tasks);
        all.addAll(unreported);
        published.set(all);
    }

    /// True for the agent's report that it is idle.
    static boolean reportsIdle(Message system) {
        return system.is(MessageType.SYSTEM, SystemSubtype.SESSION_STATE_CHANGED)
                && "idle".equals(system.tree().path("state").asText());
    }

    private static String task(Message system) {
        return system.tree().path("task_id").asText();
    }

    /// True if the agent may be stopped without losing any work.
    boolean isAtRest() {
        return !active && tasks.isEmpty();
    }
}
