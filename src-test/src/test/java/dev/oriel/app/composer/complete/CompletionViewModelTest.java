package dev.oriel.app.composer.complete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.FileMatches;
import dev.oriel.client.FileMatches.FileMatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CompletionViewModelTest {
    private static final class Target implements CompletionTarget {
        final List<String> queries = new ArrayList<>();
        final List<CompletableFuture<FileMatches>> answers = new ArrayList<>();
        CompletableFuture<List<AgentCommand>> commands =
                CompletableFuture.completedFuture(
                        List.of(
                                new AgentCommand("compact", "Free up", "<what>", List.of(), true),
                                new AgentCommand("context", "Show", "", List.of("ctx"), true)));
        int asked;

        @Override
        public CompletableFuture<List<AgentCommand>> commands() {
            asked++;
            return commands;
        }

        @Override
        public CompletableFuture<FileMatches> findFiles(String query, int limit) {
            queries.add(query);
            answers.add(new CompletableFuture<>());
            return answers.getLast();
        }

        void answer(int index, String... paths) {
            answers.get(index)
                    .complete(
                            new FileMatches(
                                    List.of(paths).stream()
                                            .map(p -> new FileMatch(p, List.of()))
                                            .toList(),
                                    false,
                                    false));
        }
    }

    private final Target target = new Target();
    private final CompletionViewModel model = create();

    private CompletionViewModel create() {
        CompletionViewModel created = new CompletionViewModel(Runnable::run);
        created.attach(target);
        return created;
    }

    private void type(String text) {
        model.onEdited(text, text.length());
    }

    private List<String> names() {
        return model.list().get().rows().stream().map(Completion::name).toList();
    }

    private boolean isShown() {
        return model.list().get().isShown();
    }

    @Test
    void aSlashListsTheCommandsAndTypingFiltersThem() {
        type("/");
        assertThat(names()).containsExactly("/compact", "/context");
        type("/comp");
        assertThat(names()).containsExactly("/compact");
        type("/compx");
        assertThat(isShown()).isFalse();
    }

    @Test
    void theCommandsAreLoadedOnceForAPage() {
        type("/");
        type("");
        type("/");
        assertThat(target.asked).isEqualTo(1);
        model.attach(new Target());
        type("/");
        assertThat(target.asked).isEqualTo(1);
    }

    @Test
    void commandsThatCannotBeLoadedAreExplainedAndAskedForAgain() {
        target.commands = CompletableFuture.failedFuture(new IOException("All agents are busy."));
        model.setOwnCommands(List.of(new OwnCommand("new", "Start", () -> {})));
        type("/");
        assertThat(model.list().get().note()).isEqualTo("All agents are busy.");
        assertThat(names()).containsExactly("/new");
        type("/n");
        assertThat(target.asked).isEqualTo(2);
    }

    @Test
    void whileCommandsAreLoadedTheListSaysSo() {
        target.commands = new CompletableFuture<>();
        type("/");
        assertThat(model.list().get().note()).startsWith("Loading");
        target.commands.complete(List.of(new AgentCommand("x", "", "", List.of(), true)));
        assertThat(names()).containsExactly("/x");
    }

    @Test
    void movingGoesRoundByOneAndStopsAtTheEndsByAPage() {
        type("/");
        model.move(1);
        assertThat(model.list().get().selected()).isEqualTo(1);
        model.move(1);
        assertThat(model.list().get().selected()).isEqualTo(0);
        model.move(-1);
        assertThat(model.list().get().selected()).isEqualTo(1);
        model.move(8);
        assertThat(model.list().get().selected()).isEqualTo(1);
        model.move(-8);
        assertThat(model.list().get().selected()).isEqualTo(0);
        type("hello");
        assertThat(model.move(1)).isFalse();
    }

    @Test
    void aChosenCommandReplacesTheWordAndShowsItsArguments() {
        type("/comp");
        AcceptedCompletion accepted = model.accept("/comp").orElseThrow();
        assertThat(accepted).isEqualTo(new AcceptedCompletion(0, 5, "/compact ", null));
        type("/compact ");
        assertThat(isShown()).isFalse();
        assertThat(model.argumentHint().get()).isEqualTo("<what>");
        type("/compact x");
        assertThat(model.argumentHint().get()).isEmpty();
    }

    @Test
    void aSpaceThatFollowsIsNotDoubled() {
        model.onEdited("/comp now", 5);
        assertThat(model.accept("/comp now").orElseThrow().insertion()).isEqualTo("/compact");
    }

    @Test
    void aCommandThatIsTypedOutIsSent() {
        type("/compac");
        assertThat(model.isTypedOut()).isFalse();
        type("/compact");
        assertThat(model.isTypedOut()).isTrue();
    }

    @Test
    void aClosedPickerStaysClosedForItsWord() {
        type("/c");
        assertThat(model.close()).isTrue();
        type("/co");
        assertThat(isShown()).isFalse();
        assertThat(model.close()).isFalse();
        type("/co and ");
        type("/co and /c");
        assertThat(isShown()).isTrue();
    }

    @Test
    void afterTheTextWasSentTheNextWordOpensIt() {
        type("/compact");
        model.reset();
        type("/c");
        assertThat(isShown()).isTrue();
    }

    @Test
    void movingTheCaretOutOfTheWordClosesAndIntoItDoesNotOpen() {
        type("say /co");
        assertThat(isShown()).isTrue();
        model.onCaretMoved("say /co", 2);
        assertThat(isShown()).isFalse();
        model.onCaretMoved("say /co", 7);
        assertThat(isShown()).isFalse();
    }

    @Test
    void filesAreAskedOneQueryAtATimeAndStaleAnswersAreDropped() {
        type("@");
        type("@a");
        type("@ab");
        assertThat(target.queries).containsExactly("");
        target.answer(0, "old");
        assertThat(isShown()).isFalse();
        assertThat(target.queries).containsExactly("", "ab");
        target.answer(1, "ab.txt");
        assertThat(names()).containsExactly("ab.txt");
    }

    @Test
    void anAnswerAfterTheWordWasLeftShowsNothing() {
        type("@a");
        type("@a ");
        target.answer(0, "a.txt");
        assertThat(isShown()).isFalse();
    }

    @Test
    void anAnswerForAnotherPageShowsNothing() {
        type("@a");
        model.attach(new Target());
        target.answer(0, "a.txt");
        assertThat(isShown()).isFalse();
    }

    @Test
    void aServerThatCannotListFilesIsExplained() {
        type("@a");
        target.answers
                .getFirst()
                .completeExceptionally(new IOException("This server cannot list files."));
        assertThat(model.list().get().note()).isEqualTo("This server cannot list files.");
        assertThat(model.accept("@a")).isEmpty();
    }

    @Test
    void anOwnCommandRunsInsteadOfBeingInserted() {
        List<String> ran = new ArrayList<>();
        model.setOwnCommands(List.of(new OwnCommand("new", "Start", () -> ran.add("new"))));
        type("/new");
        AcceptedCompletion accepted = model.accept("/new").orElseThrow();
        assertThat(accepted.insertion()).isEmpty();
        java.util.Objects.requireNonNull(accepted.action()).run();
        assertThat(ran).containsExactly("new");
    }
}
