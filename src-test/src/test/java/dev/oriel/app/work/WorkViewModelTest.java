package dev.oriel.app.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.ChecklistEntry;
import dev.oriel.app.conversation.work.BackgroundTask;
import dev.oriel.app.conversation.work.ConversationWork;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What the strip over the composer says, and when it is there.
class WorkViewModelTest {
    private static final ChecklistEntry DONE = entry("A", ChecklistEntry.State.COMPLETED);
    private static final ChecklistEntry DOING = entry("B", ChecklistEntry.State.IN_PROGRESS);
    private static final ChecklistEntry NEXT = entry("C", ChecklistEntry.State.PENDING);
    private static final BackgroundTask RUNNING =
            new BackgroundTask("t", "npm start", "", null, BackgroundTask.State.RUNNING);
    private static final BackgroundTask ENDED =
            new BackgroundTask("u", "make", "", null, BackgroundTask.State.COMPLETED);

    private final List<String> stopped = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private CompletableFuture<?> answer = CompletableFuture.completedFuture(null);
    private final WorkViewModel model =
            new WorkViewModel(
                    id -> {
                        stopped.add(id);
                        return answer;
                    },
                    Runnable::run,
                    errors::add);

    private static ChecklistEntry entry(String text, ChecklistEntry.State state) {
        return new ChecklistEntry("", text, "Doing " + text, state);
    }

    private WorkViewModel.Shown shown(
            List<ChecklistEntry> checklist, List<BackgroundTask> tasks, boolean busy) {
        model.update(new ConversationWork(checklist, tasks), busy);
        return model.shown().get();
    }

    @Test
    void theLineCountsAndNamesWhatIsDoneNow() {
        assertThat(shown(List.of(DONE, DOING, NEXT), List.of(), true).checklistLine())
                .isEqualTo("1 of 3 done · Doing B");
        assertThat(shown(List.of(DONE, NEXT), List.of(), true).checklistLine())
                .isEqualTo("1 of 2 done · C");
        assertThat(shown(List.of(DONE), List.of(), true).checklistLine()).isEqualTo("1 of 1 done");
        assertThat(shown(List.of(), List.of(), true).isEmpty()).isTrue();
    }

    @Test
    void aListOfWhichAllIsDoneGoesWithTheTurn() {
        assertThat(shown(List.of(DONE), List.of(), true).isEmpty()).isFalse();
        assertThat(shown(List.of(DONE), List.of(), false).isEmpty()).isTrue();
        assertThat(shown(List.of(DONE, NEXT), List.of(), false).isEmpty()).isFalse();
    }

    @Test
    void runningTasksAreCountedAlsoBetweenTurns() {
        assertThat(shown(List.of(), List.of(RUNNING, ENDED), false).tasksLine())
                .isEqualTo("1 background task");
        assertThat(shown(List.of(), List.of(ENDED), true).tasksLine())
                .isEqualTo("Background tasks ended");
        assertThat(shown(List.of(), List.of(ENDED), false).isEmpty()).isTrue();
    }

    @Test
    void aTaskIsStoppedByItsId() {
        model.stop(RUNNING);
        assertThat(stopped).containsExactly("t");
        assertThat(errors).isEmpty();
    }

    @Test
    void anAgentThatCannotStopATaskIsQuoted() {
        answer = CompletableFuture.failedFuture(new IllegalStateException("Not supported"));
        model.stop(RUNNING);
        assertThat(errors).containsExactly("“npm start” could not be stopped. Not supported");
    }

    @Test
    void nothingIsPublishedTwice() {
        List<WorkViewModel.Shown> published = new ArrayList<>();
        model.shown().addListener((_, _, now) -> published.add(now));
        shown(List.of(NEXT), List.of(), true);
        shown(List.of(NEXT), List.of(), false);
        assertThat(published).hasSize(1);
    }
}
