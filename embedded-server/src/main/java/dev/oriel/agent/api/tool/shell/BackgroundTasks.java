package dev.oriel.agent.api.tool.shell;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.SystemSubtype;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The background tasks of one agent. Reports each with the messages `task_started`,
/// `task_updated`, `task_notification` and `background_tasks_changed`, and keeps a notice for the
/// model of each that has ended. Thread-safe.
public final class BackgroundTasks {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundTasks.class);
    private static final int MOST_RUNNING = 32;
    private static final int MOST_ENDED = 100;

    /// Held while messages are emitted, so that they are in the order of the changes. A listener
    /// may block, so no other lock is held then.
    private final ReentrantLock emitting = new ReentrantLock();

    private final Map<String, AgentTask> tasks = new LinkedHashMap<>(); // guarded by this
    private final List<String> notices = new ArrayList<>(); // guarded by this
    private Runnable onNotice = () -> {}; // guarded by this
    private boolean closed; // guarded by this

    /// Sets what is called after a task has ended by itself and its notice is there, on a thread of
    /// the task.
    public synchronized void onNotice(Runnable action) {
        onNotice = action;
    }

    /// Adds a task that is running, and reports it.
    ///
    /// @return false if there are too many, or the agent has ended; the caller must stop it then
    public boolean add(AgentTask task) {
        emitting.lock();
        try {
            synchronized (this) {
                if (closed || running().size() >= MOST_RUNNING) {
                    return false;
                }
                tasks.put(task.id(), task);
                forgetOld();
            }
            emitRunning(task);
            task.emit(
                    task.message(SystemSubtype.TASK_STARTED)
                            .put("description", task.description())
                            .put("is_backgrounded", true)
                            .put("task_type", task.kind().wireName()));
            return true;
        } finally {
            emitting.unlock();
        }
    }

    /// Reports the end of a task. Does nothing if it was reported.
    public void end(AgentTask task, AgentTask.Ending ending) {
        Runnable action;
        emitting.lock();
        try {
            synchronized (this) {
                if (!task.ending().complete(ending) || closed) {
                    return;
                }
                if (task.isSilent()) {
                    action = () -> {};
                } else {
                    notices.add(notice(task, ending));
                    // Who has stopped it knows: the model is told with the next prompt.
                    action = task.isStopping() ? () -> {} : onNotice;
                }
            }
            ObjectNode updated = task.message(SystemSubtype.TASK_UPDATED);
            updated.putObject("patch")
                    .put("status", ending.status().equals("stopped") ? "killed" : ending.status())
                    .put("end_time", System.currentTimeMillis());
            task.emit(updated);
            ObjectNode notification =
                    task.message(SystemSubtype.TASK_NOTIFICATION)
                            .put("status", ending.status())
                            .put("output_file", task.output().toString())
                            .put("summary", ending.summary());
            if (ending.usage() != null) {
                notification.set("usage", ending.usage());
            }
            task.emit(notification);
            emitRunning(task);
        } finally {
            emitting.unlock();
        }
        action.run();
    }

    private void emitRunning(AgentTask through) {
        ObjectNode changed =
                Json.object()
                        .put("type", "system")
                        .put("subtype", SystemSubtype.BACKGROUND_TASKS_CHANGED);
        ArrayNode list = changed.putArray("tasks");
        running().forEach(task -> list.add(task.entry()));
        through.emit(changed);
    }

    private static String notice(AgentTask task, AgentTask.Ending ending) {
        return "<task-notification>\n<task-id>"
                + task.id()
                + "</task-id>\n<output-file>"
                + task.output()
                + "</output-file>\n<status>"
                + ending.status()
                + "</status>\n<summary>"
                + ending.summary()
                + "</summary>\n"
                + (ending.report() == null ? "" : "<result>\n" + ending.report() + "\n</result>\n")
                + "</task-notification>";
    }

    /// The tasks that have not ended, oldest first.
    public synchronized List<AgentTask> running() {
        return tasks.values().stream().filter(t -> !t.ending().isDone()).toList();
    }

    /// A task that runs, or has ended not long ago; null if there is none.
    public synchronized @Nullable AgentTask find(String id) {
        return tasks.get(id);
    }

    /// Asks a task to stop; its end is reported when it has. Does not wait.
    ///
    /// @return false if no such task is running
    public boolean stop(String id) {
        AgentTask task = find(id);
        if (task == null || task.ending().isDone()) {
            return false;
        }
        task.stop();
        return true;
    }

    /// Texts for the model about tasks that have ended, each once.
    public synchronized List<String> takeNotices() {
        List<String> taken = List.copyOf(notices);
        notices.clear();
        return taken;
    }

    /// Asks all tasks to stop, and reports nothing any more.
    void close() {
        List<AgentTask> left;
        synchronized (this) {
            closed = true;
            left = running();
        }
        for (AgentTask task : left) {
            try {
                task.stop();
            } catch (RuntimeException e) { // the others must still stop
                LOG.warn("Cannot stop a background task", e);
            }
        }
    }

    private void forgetOld() {
        int ended = tasks.size() - running().size();
        var each = tasks.values().iterator();
        while (ended > MOST_ENDED && each.hasNext()) {
            if (each.next().ending().isDone()) {
                each.remove();
                ended--;
            }
        }
    }
}
