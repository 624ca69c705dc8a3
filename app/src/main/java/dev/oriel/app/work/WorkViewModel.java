package dev.oriel.app.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.ChecklistEntry;
import dev.oriel.app.conversation.work.BackgroundTask;
import dev.oriel.app.conversation.work.ConversationWork;
import dev.oriel.platform.FutureFailures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// What the strip over the composer shows of Claude's work: the checklist in one line, and the
/// background tasks, which can be stopped. Belongs to the JavaFX thread.
public final class WorkViewModel {
    private final Function<String, CompletableFuture<?>> stop;
    private final Function<String, CompletableFuture<? extends JsonNode>> output;
    private final Executor fx;
    private final Consumer<String> errors;
    private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(Shown.NOTHING);

    /// What is shown.
    ///
    /// @param checklist empty if there is none, or if all is done and Claude is idle
    /// @param tasks background tasks; the ended ones until the next prompt
    /// @param outputs what tasks have printed, by their ids, if the user wants to see it
    public record Shown(
            List<ChecklistEntry> checklist,
            List<BackgroundTask> tasks,
            Map<String, TaskOutput> outputs) {
        static final Shown NOTHING = new Shown(List.of(), List.of(), Map.of());

        public Shown {
            checklist = List.copyOf(checklist);
            tasks = List.copyOf(tasks);
            outputs = Map.copyOf(outputs);
        }

        public boolean isEmpty() {
            return checklist.isEmpty() && tasks.isEmpty();
        }

        /// The checklist in one line, for example "3 of 7 · Fixing the counter"; empty if there is
        /// none.
        public String checklistLine() {
            if (checklist.isEmpty()) {
                return "";
            }
            long done =
                    checklist.stream()
                            .filter(e -> e.state() == ChecklistEntry.State.COMPLETED)
                            .count();
            String count = "%d of %d done".formatted(done, checklist.size());
            return checklist.stream()
                    .filter(e -> e.state() == ChecklistEntry.State.IN_PROGRESS)
                    .findFirst()
                    .or(() ->
                            checklist.stream()
                                    .filter(e -> e.state() == ChecklistEntry.State.PENDING)
                                    .findFirst())
                    .map(e -> count + " · " + e.shownText().lines().findFirst().orElse(""))
                    .orElse(count);
        }

        /// How many tasks run, in words; empty if there are none.
        public String tasksLine() {
            long running = tasks.stream().filter(BackgroundTask::isRunning).count();
            if (tasks.isEmpty()) {
                return "";
            }
            return running == 0
                    ? "Background tasks ended"
                    : running == 1 ? "1 background task" : running + " background tasks";
        }
    }

    /// @param stop asks the agent to stop a task, by its id
    /// @param output asks the agent what a task has printed, by its id
    /// @param errors receives sentences for the user
    public WorkViewModel(
            Function<String, CompletableFuture<?>> stop,
            Function<String, CompletableFuture<? extends JsonNode>> output,
            Executor fx,
            Consumer<String> errors) {
        this.stop = stop;
        this.output = output;
        this.fx = fx;
        this.errors = errors;
    }

    public ReadOnlyObjectProperty<Shown> shown() {
        return shown.getReadOnlyProperty();
    }

    /// @param busy whether Claude works
    public void update(ConversationWork work, boolean busy) {
        boolean open =
                work.checklist().stream()
                        .anyMatch(e -> e.state() != ChecklistEntry.State.COMPLETED);
        Shown before = shown.get();
        Map<String, TaskOutput> outputs = new HashMap<>(before.outputs());
        outputs.keySet().retainAll(work.tasks().stream().map(BackgroundTask::id).toList());
        show(new Shown(open || busy ? work.checklist() : List.of(), work.tasks(), outputs));
        // The last lines are the ones of interest: why it has ended.
        before.tasks().stream()
                .filter(BackgroundTask::isRunning)
                .filter(t -> outputs.containsKey(t.id()))
                .filter(t -> work.tasks().stream().anyMatch(n -> hasEnded(t, n)))
                .forEach(this::request);
    }

    private static boolean hasEnded(BackgroundTask before, BackgroundTask now) {
        return before.id().equals(now.id()) && !now.isRunning();
    }

    private void show(Shown next) {
        if (!next.equals(shown.get())) {
            shown.set(next);
        }
    }

    /// Shows what a task has printed last, or no longer.
    public void toggleOutput(BackgroundTask task) {
        if (shown.get().outputs().containsKey(task.id())) {
            setOutput(task.id(), null);
        } else {
            setOutput(task.id(), TaskOutput.REQUESTED);
            request(task);
        }
    }

    private void request(BackgroundTask task) {
        output.apply(task.id())
                .whenComplete((reply, failure) ->
                        fx.execute(() -> {
                            // It may have been closed, or belong to another session by now.
                            if (shown.get().outputs().containsKey(task.id())) {
                                setOutput(
                                        task.id(),
                                        failure == null
                                                ? TaskOutput.of(reply)
                                                : TaskOutput.refused(failure));
                            }
                        }));
    }

    private void setOutput(String id, @Nullable TaskOutput now) {
        Shown s = shown.get();
        Map<String, TaskOutput> outputs = new HashMap<>(s.outputs());
        if (now == null) {
            outputs.remove(id);
        } else {
            outputs.put(id, now);
        }
        show(new Shown(s.checklist(), s.tasks(), outputs));
    }

    /// Asks the agent to stop a task. If it can't, the user is told.
    public void stop(BackgroundTask task) {
        stop.apply(task.id())
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        fx.execute(() ->
                                errors.accept(
                                        "“%s” could not be stopped. %s"
                                                .formatted(
                                                        task.description(),
                                                        FutureFailures.message(failure))));
                    }
                });
    }
}
