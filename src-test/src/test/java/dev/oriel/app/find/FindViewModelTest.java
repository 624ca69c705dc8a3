package dev.oriel.app.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.client.FoundMessages;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.find.TextMatcher;
import dev.oriel.message.find.TextQuery;
import dev.oriel.testing.manual.ManualScheduler;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A conversation of 100 prompts, of which 41 to 60 are held. Every tenth says "red".
class FindViewModelTest {
    private final RecordingPages pages = new RecordingPages();
    private final ConversationModel conversation =
            new ConversationModel(pages, new RecordingRetries(), () -> Instant.EPOCH);
    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<String> asked = new ArrayList<>();
    private final List<String> announced = new ArrayList<>();
    private final Reader reader = new Reader();
    private CompletableFuture<FoundMessages> reply = new CompletableFuture<>();
    private final FindViewModel find =
            new FindViewModel(this::search, Runnable::run, Runnable::run, scheduler);

    private static final class Reader implements FindReader, FindReader.LineSource {
        private final List<String> shown = new ArrayList<>();
        private final List<String> updated = new ArrayList<>();
        private @Nullable TextMatcher marked;
        private @Nullable String last;

        @Override
        public LineSource lineSource() {
            return this;
        }

        @Override
        public List<String> lines(Item item) {
            return item instanceof Item.Prompt p ? p.text().lines().toList() : List.of();
        }

        @Override
        public @Nullable String lastInSight() {
            return last;
        }

        @Override
        public void show(FindHit hit) {
            shown.add(hit.lines().get(hit.line()) + "@" + hit.start());
        }

        @Override
        public void update(FindHit hit) {
            updated.add(hit.lines().get(hit.line()) + "@" + hit.start());
        }

        @Override
        public void mark(@Nullable TextMatcher matcher) {
            marked = matcher;
        }
    }

    private CompletableFuture<FoundMessages> search(TextQuery query, long before, long after) {
        asked.add(before + ">" + after);
        reply = new CompletableFuture<>();
        return reply;
    }

    private static Message prompt(long seq) {
        var message = Json.object().put("seq", seq).put("type", "user");
        message.putObject("message").put("content", seq + (seq % 10 == 0 ? " red" : " blue"));
        return Message.of(message);
    }

    private static List<Message> prompts(long from, long to) {
        List<Message> all = new ArrayList<>();
        for (long seq = from; seq <= to; seq++) {
            all.add(prompt(seq));
        }
        return all;
    }

    @BeforeEach
    void holdAPart() {
        conversation.showLatest(prompts(91, 100), true);
        conversation.goTo(new SearchTarget(50, List.of(), ""));
        conversation.showAround(prompts(41, 60), true, true);
        conversation.clearTarget();
        find.setAnnouncer(announced::add);
        find.setReader(reader);
        find.setConversation(conversation);
        reader.last = conversation.items().get(5).id(); // 46
    }

    private void sought(String text) {
        find.setQuery(TextQuery.of(text));
        find.open();
        scheduler.advance(Duration.ofMillis(200));
    }

    private void found(long next, long... seqs) {
        List<FoundMessages.Hit> hits = new ArrayList<>();
        for (long seq : seqs) {
            hits.add(new FoundMessages.Hit(seq, 1));
        }
        reply.complete(new FoundMessages(hits, next));
    }

    private String state() {
        return find.state().get().text();
    }

    private void foundAll() {
        found(0, 60, 50, 40, 30, 20, 10);
        found(0, 100, 90, 80, 70);
    }

    @Test
    void aHitThatIsNotHeldIsLoadedAndShown() {
        sought("30 red");
        assertThat(state()).isEqualTo("Searching…");
        found(0, 30);
        assertThat(pages.requests()).contains("around 30");
        conversation.showAround(prompts(21, 40), true, true);
        find.onItemsChanged();
        assertThat(reader.shown).containsExactly("30 red@0");
        found(0);
        assertThat(asked).containsExactly("61>0", "101>60");
        assertThat(state()).isEqualTo("1 of 1");
    }

    @Test
    void aSearchThatIsContinuedStaysInItsPartOfTheConversation() {
        sought("red");
        found(30, 60, 50, 40);
        found(0, 30, 20, 10);
        found(80, 100, 90);
        found(0, 80, 70);
        assertThat(asked).containsExactly("61>0", "30>0", "101>60", "80>60");
        assertThat(state()).endsWith(" of 10");
    }

    @Test
    void aHitThatIsHeldIsShownBeforeTheServerReplies() {
        reader.last = conversation.items().get(12).id(); // 53
        sought("red");
        assertThat(reader.shown).containsExactly("50 red@3");
        assertThat(state()).isEqualTo("1 of 2+");
        foundAll();
        assertThat(state()).isEqualTo("5 of 10");
        find.next();
        assertThat(reader.shown).endsWith("60 red@3");
        assertThat(state()).isEqualTo("6 of 10");
        assertThat(announced).anyMatch(s -> s.startsWith("6 of 10: 60 red"));
    }

    @Test
    void theNextHitBeyondTheHeldPartIsLoadedAndShown() {
        reader.last = conversation.items().getLast().id();
        sought("red");
        foundAll();
        find.next();
        assertThat(pages.requests()).contains("around 70");
        conversation.showAround(prompts(61, 80), true, true);
        find.onItemsChanged();
        assertThat(reader.shown).endsWith("70 red@3");
        assertThat(state()).isEqualTo("7 of 10");
        find.previous();
        assertThat(pages.requests()).contains("around 60");
        conversation.showAround(prompts(51, 70), true, true);
        find.onItemsChanged();
        assertThat(reader.shown).endsWith("60 red@3");
    }

    @Test
    void theSearchStartsOverAtTheEndAndSaysSo() {
        reader.last = conversation.items().getLast().id();
        sought("red");
        foundAll();
        find.next();
        conversation.showAround(prompts(61, 100), true, false);
        find.onItemsChanged();
        find.next();
        find.next();
        find.next();
        assertThat(state()).isEqualTo("10 of 10");
        find.next();
        assertThat(pages.requests()).contains("around 10");
        conversation.showAround(prompts(1, 20), false, true);
        find.onItemsChanged();
        assertThat(reader.shown).endsWith("10 red@3");
        assertThat(state()).isEqualTo("1 of 10, from the start");
    }

    @Test
    void aMessageThatShowsNoMatchIsSkipped() {
        reader.last = conversation.items().getLast().id();
        sought("red");
        found(0, 60, 50);
        found(0, 80, 65);
        find.next();
        conversation.showAround(prompts(61, 69), true, true);
        find.onItemsChanged();
        assertThat(pages.requests()).contains("around 80");
        conversation.showAround(prompts(75, 85), true, true);
        find.onItemsChanged();
        assertThat(reader.shown).endsWith("80 red@3");
    }

    @Test
    void pagesOfTheServerAreCountedAsTheyCome() {
        reader.last = conversation.items().getLast().id();
        sought("red");
        found(35, 60, 50, 40);
        assertThat(state()).isEqualTo("3 of 3+");
        assertThat(asked).endsWith("35>0");
        found(0, 30);
        assertThat(state()).isEqualTo("4 of 4+");
        found(0);
        assertThat(state()).isEqualTo("4 of 4");
    }

    @Test
    void aReplyToAnEarlierQueryIsDropped() {
        sought("red");
        CompletableFuture<FoundMessages> first = reply;
        find.setQuery(TextQuery.of("blue"));
        scheduler.advance(Duration.ofMillis(200));
        first.complete(new FoundMessages(List.of(new FoundMessages.Hit(1, 500)), 0));
        found(0);
        found(0);
        assertThat(state()).isEqualTo("6 of 18");
    }

    @Test
    void withoutResultNothingIsShown() {
        sought("green");
        found(0);
        found(0);
        assertThat(state()).isEqualTo("No results");
        assertThat(find.state().get().hasHits()).isFalse();
        find.next();
        assertThat(reader.shown).isEmpty();
    }

    @Test
    void anInvalidExpressionIsExplained() {
        find.setQuery(new TextQuery("(", false, false, true));
        find.open();
        assertThat(find.state().get().isError()).isTrue();
        assertThat(state()).startsWith("Not a regular expression");
        assertThat(reader.marked).isNull();
    }

    @Test
    void whatTheServerCannotSearchIsSaidIfNothingElseIsFound() {
        sought("green");
        reply.completeExceptionally(new IllegalStateException());
        assertThat(state()).contains("not loaded could not be searched");
    }

    @Test
    void closingEndsTheSearch() {
        sought("30 red");
        find.close();
        found(0, 30);
        assertThat(pages.requests()).doesNotContain("around 30");
        assertThat(reader.marked).isNull();
        assertThat(state()).isEmpty();
    }

    @Test
    void anotherConversationClosesTheBar() {
        sought("red");
        find.setConversation(null);
        assertThat(find.shown().get()).isFalse();
        assertThat(find.open()).isFalse();
    }
}
