package dev.oriel.app.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.ChecklistEntry;
import dev.oriel.app.conversation.work.BackgroundTask;
import dev.oriel.app.conversation.work.ConversationWork;
import dev.oriel.client.ClientException;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
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
            new BackgroundTask("t", "npm start", "", null, BackgroundTask.State.RUNNING, true);
    private static final BackgroundTask ENDED =
            new BackgroundTask("u", "make", "", null, BackgroundTask.State.COMPLETED, true);

    private final List<String> stopped = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private CompletableFuture<?> answer = CompletableFuture.completedFuture(null);
    private final List<String> asked = new ArrayList<>();
    private CompletableFuture<JsonNode> output = new CompletableFuture<>();
    private final WorkViewModel model =
            new WorkViewModel(
                    id -> {
                        stopped.add(id);
                        return answer;
                    },
                    id -> {
                        asked.add(id);
                        return output;
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
        assertThat(shown(List.of(), List.of(ENDED), false).isEmpty()).isFalse();
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

    private String output() {
        TaskOutput now = model.shown().get().outputs().get("t");
        return now == null ? "" : now.text();
    }

    private static JsonNode printed(String text) {
        return Json.object().put("output", text).put("total_bytes", 9).put("truncated", false);
    }

    @Test
    void theLastLinesOfATaskAreShownOnRequestAndAgainWhenItHasEnded() {
        shown(List.of(), List.of(RUNNING), false);
        assertThat(output()).isEmpty();
        model.toggleOutput(RUNNING);
        assertThat(asked).containsExactly("t");
        assertThat(output()).isEqualTo("Loading …");
        output.complete(printed("10 %\r20 %\n\u001b[31mred\u001b[0m \u202eback\n"));
        assertThat(output()).isEqualTo("20 %\nred ⟨U+202E⟩back");

        output = new CompletableFuture<>();
        BackgroundTask failed =
                new BackgroundTask("t", "npm start", "", null, BackgroundTask.State.FAILED, true);
        shown(List.of(), List.of(failed), false);
        assertThat(asked).containsExactly("t", "t");
        output.complete(printed("x".repeat(400) + "\n[exited with code 3]\n"));
        assertThat(output()).isEqualTo("x".repeat(300) + "…\n[exited with code 3]");
        shown(List.of(), List.of(failed), true);
        assertThat(asked).as("once").hasSize(2);

        model.toggleOutput(failed);
        assertThat(output()).isEmpty();
    }

    @Test
    void onlyTheEndOfALongOutputIsShown() {
        shown(List.of(), List.of(RUNNING), false);
        model.toggleOutput(RUNNING);
        output.complete(printed("line\n".repeat(100_000) + "end"));
        assertThat(output().lines()).hasSize(20).last().isEqualTo("end");
    }

    @Test
    void anAnswerThatComesTooLateIsDropped() {
        shown(List.of(), List.of(RUNNING), false);
        model.toggleOutput(RUNNING);
        shown(List.of(), List.of(), false);
        output.complete(printed("late"));
        assertThat(model.shown().get().outputs()).isEmpty();
    }

    @Test
    void outputThatCannotBeShownIsReplacedByAReason() {
        shown(List.of(), List.of(RUNNING), false);
        model.toggleOutput(RUNNING);
        output.completeExceptionally(new ClientException(ErrorCode.NO_AGENT, "No agent runs."));
        assertThat(output())
                .isEqualTo("Its output can be shown only as long as Claude's process runs.");
        model.toggleOutput(RUNNING);
        output = CompletableFuture.failedFuture(new IllegalStateException("Unsupported."));
        model.toggleOutput(RUNNING);
        assertThat(output()).isEqualTo("Its output cannot be shown. Unsupported.");
        model.toggleOutput(RUNNING);
        output = CompletableFuture.completedFuture(Json.object().put("output", 7));
        model.toggleOutput(RUNNING);
        assertThat(output()).isEqualTo("7");
        model.toggleOutput(RUNNING);
        output = CompletableFuture.completedFuture(Json.object());
        model.toggleOutput(RUNNING);
        assertThat(output()).isEqualTo("It has printed nothing.");
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
