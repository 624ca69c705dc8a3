package dev.oriel.app.work;

import dev.oriel.app.conversation.item.ChecklistEntry;
import dev.oriel.app.conversation.work.BackgroundTask;
import dev.oriel.app.conversation.work.ConversationWork;
import dev.oriel.platform.FutureFailures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What the strip over the composer shows of Claude's work: the checklist in one line, and the
/// background tasks, which can be stopped. Belongs to the JavaFX thread.
public final class WorkViewModel {
    private final Function<String, CompletableFuture<?>> stop;
    private final Executor fx;
    private final Consumer<String> errors;
    private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(Shown.NOTHING);

    /// What is shown.
    ///
    /// @param checklist empty if there is none, or if all is done and Claude is idle
    /// @param tasks background tasks; the ended ones only while another one runs or Claude works
    public record Shown(List<ChecklistEntry> checklist, List<BackgroundTask> tasks) {
        static final Shown NOTHING = new Shown(List.of(), List.of());

        public Shown {
            checklist = List.copyOf(checklist);
            tasks = List.copyOf(tasks);
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

    /// @param stop asks the agent to stop a task
    /// @param errors receives sentences for the user
    public WorkViewModel(
            Function<String, CompletableFuture<?>> stop, Executor fx, Consumer<String> errors) {
        this.stop = stop;
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
        boolean running = work.tasks().stream().anyMatch(BackgroundTask::isRunning);
        Shown next =
                new Shown(
                        open || busy ? work.checklist() : List.of(),
                        running || busy ? work.tasks() : List.of());
        if (!next.equals(shown.get())) {
            shown.set(next);
        }
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
