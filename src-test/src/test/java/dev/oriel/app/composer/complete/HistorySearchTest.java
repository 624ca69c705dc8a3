package dev.oriel.app.composer.complete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.ServerClient.PastPrompt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HistorySearchTest {
    private static final class Source implements PastPromptSource {
        final List<String> asked = new ArrayList<>();
        final List<CompletableFuture<List<PastPrompt>>> answers = new ArrayList<>();

        @Override
        public CompletableFuture<List<PastPrompt>> findPrompts(
                String words, boolean everywhere, int limit) {
            asked.add((everywhere ? "all " : "here ") + words);
            answers.add(new CompletableFuture<>());
            return answers.getLast();
        }

        @Override
        public List<String> sentPrompts() {
            return List.of("an old one", "a new one", "an old one", "other");
        }

        void answer(String... texts) {
            answers.getLast()
                    .complete(List.of(texts).stream().map(t -> new PastPrompt(t, "s")).toList());
        }
    }

    private final Source source = new Source();
    private final HistorySearch search = new HistorySearch(Runnable::run);

    private List<String> names() {
        return search.list().get().rows().stream().map(Completion::name).toList();
    }

    @Test
    void itListsThePromptsOfTheFolderAtOnce() {
        search.open(source);
        source.answer("two", "one");
        assertThat(source.asked).containsExactly("here ");
        assertThat(names()).containsExactly("two", "one");
        assertThat(search.selectedText()).isEqualTo("two");
    }

    @Test
    void whileAQueryIsUnderWayOnlyTheLastOneIsAskedAfterIt() {
        search.open(source);
        search.update("w");
        search.update("wi");
        search.update("win");
        source.answer("stale");
        assertThat(names()).isEmpty();
        assertThat(source.asked).containsExactly("here ", "here win");
        source.answer("a window");
        assertThat(names()).containsExactly("a window");
        assertThat(search.list().get().rows().getFirst().matched()).containsExactly(2, 3, 4);
    }

    @Test
    void itSwitchesToAllFoldersAndBack() {
        search.open(source);
        source.answer("x");
        search.toggleEverywhere();
        source.answer("y");
        assertThat(names()).containsExactly("y");
        assertThat(search.list().get().note()).contains("everywhere");
        search.toggleEverywhere();
        assertThat(source.asked).containsExactly("here ", "all ", "here ");
    }

    @Test
    void withoutTheServerThePromptsThatAreKnownAreSearched() {
        search.open(source);
        source.answers.getLast().completeExceptionally(new IOException("No connection."));
        assertThat(names()).containsExactly("other", "an old one", "a new one");
        assertThat(search.list().get().note()).startsWith("No connection.");
        search.update("ONE");
        source.answers.getLast().completeExceptionally(new IOException("No connection."));
        assertThat(names()).containsExactly("an old one", "a new one");
    }

    @Test
    void aLongPromptIsShownAroundTheMatchAndTakenInFull() {
        String text = "x ".repeat(500) + "needle " + "y ".repeat(500);
        search.open(source);
        search.update("needle");
        source.answer();
        source.answer(text);
        assertThat(names().getFirst()).contains("needle").hasSizeLessThan(200);
        assertThat(search.selectedText()).isEqualTo(text);
    }

    @Test
    void whatArrivesAfterItWasClosedIsDropped() {
        search.open(source);
        search.close();
        source.answer("late");
        assertThat(search.list().get().isShown()).isFalse();
    }
}
