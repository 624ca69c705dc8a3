package dev.oriel.app.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.message.find.TextQuery;
import dev.oriel.testing.data.SampleFrames;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The search in 100 held prompts, whose tasks in the background run one by one.
class HeldSearchTest {
    private final ConversationModel conversation =
            new ConversationModel(
                    new RecordingPages(), new RecordingRetries(), () -> Instant.EPOCH);
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final List<String> read = new ArrayList<>();
    private final List<List<ItemMatches>> results = new ArrayList<>();
    private final HeldSearch search =
            new HeldSearch(
                    background::add,
                    Runnable::run,
                    new HeldSearch.Receiver() {
                        @Override
                        public void onSearched(List<ItemMatches> all) {
                            results.add(all);
                        }

                        @Override
                        public void onTooSlow(String sentence) {
                            throw new AssertionError(sentence);
                        }
                    });

    @BeforeEach
    void fill() {
        SampleFrames frames = new SampleFrames();
        for (int i = 0; i < 100; i++) {
            frames.prompt("prompt " + i);
        }
        conversation.receive(frames.take());
    }

    private List<String> lines(Item item) {
        read.add(item.id());
        return item instanceof Item.Prompt p ? List.of(p.text()) : List.of();
    }

    private void start(String text) throws Exception {
        search.start(conversation.items(), this::lines, TextQuery.of(text).matcher());
    }

    private void runAll() {
        for (Runnable task = background.poll(); task != null; task = background.poll()) {
            task.run();
        }
    }

    @Test
    void aSearchThatIsReplacedStopsAtItsNextTask() throws Exception {
        start("prompt 1");
        background.remove().run();
        int first = read.size();
        assertThat(first).isPositive().isLessThan(100);

        start("prompt 9");
        runAll();

        assertThat(read).hasSize(first + 100);
        assertThat(results).hasSize(1);
    }

    @Test
    void aSearchThatIsClearedHasNoResult() throws Exception {
        start("prompt 1");
        search.clear();
        runAll();
        assertThat(read).isEmpty();
        assertThat(results).isEmpty();
    }
}
