package dev.oriel.app.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.paging.ReadingPosition;
import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.message.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which messages a conversation holds: pages, targets of a search, and what is dropped and
/// requested again.

class HeldMessagesTest extends ConversationModelFixture {
    @Test
    void olderPagesArePrepended() {
        List<Message> all = prompts(30);
        model.showLatest(all.subList(20, 30), true);
        assertThat(pages.requests()).containsExactly("older 21");

        model.prepend(all.subList(10, 20), true);

        assertThat(seqs()).first().isEqualTo(11L);
        assertThat(seqs()).hasSize(20).isSorted();
        assertThat(model.hasMoreBefore()).isTrue();
    }

    @Test
    void anOlderPageIsRequestedOnce() {
        List<Message> all = prompts(30);
        model.showLatest(all.subList(20, 30), true);
        model.updateReadingPosition(new ReadingPosition.AtEnd(), 0, 9);
        model.updateReadingPosition(new ReadingPosition.AtEnd(), 0, 9);

        assertThat(pages.requests()).containsExactly("older 21");
    }

    private static SearchTarget target(long seq) {
        return new SearchTarget(seq, List.of("prompt"), "prompt " + seq);
    }

    private String locatedItem() {
        SearchTarget.Located found = model.locatedTarget();
        return found == null ? "nothing" : found.itemId();
    }

    @Test
    void aHeldTargetIsLocatedWithoutARequest() {
        model.showLatest(prompts(30), false);
        model.goTo(target(7));

        assertThat(pages.requests()).isEmpty();
        assertThat(locatedItem()).isEqualTo("prompt:uuid-7");
        model.clearTarget();
        assertThat(model.locatedTarget()).isNull();
    }

    @Test
    void aTargetThatIsNotHeldIsLoadedWithTheMessagesAroundIt() {
        List<Message> all = prompts(900);
        model.showLatest(all.subList(700, 900), true);
        model.goTo(target(100));
        assertThat(pages.requests()).containsExactly("around 100");
        assertThat(model.locatedTarget()).isNull();

        model.showAround(all.subList(50, 150), true, true);

        assertThat(locatedItem()).isEqualTo("prompt:uuid-100");
        assertThat(seqs()).first().isEqualTo(51L);
        assertThat(model.hasMoreBefore()).isTrue();
        assertThat(model.hasMoreAfter()).isTrue();
        assertThat(model.lastSeq()).isEqualTo(900);
    }

    @Test
    void aTargetSetBeforeTheFirstPageIsRequestedAfterIt() {
        List<Message> all = prompts(900);
        model.goTo(target(100));
        assertThat(pages.requests()).isEmpty();
        model.showLatest(all.subList(700, 900), true);
        assertThat(pages.requests()).containsExactly("around 100");
    }

    @Test
    void messagesAroundAnEarlierTargetAreIgnored() {
        List<Message> all = prompts(900);
        model.showLatest(all.subList(700, 900), true);
        model.goTo(target(100));
        model.goTo(target(850));
        model.showAround(all.subList(50, 150), true, true);

        assertThat(seqs()).first().isEqualTo(701L);
        assertThat(model.locatedTarget()).isNotNull();
    }

    @Test
    void aTargetBeyondTheEndIsDropped() {
        model.showLatest(prompts(30), false);
        model.goTo(target(31));
        assertThat(model.locatedTarget()).isNull();
        assertThat(pages.requests()).isEmpty();
    }

    @Test
    void aTargetInAToolResultIsLocatedAtItsCall() {
        frames.prompt("go")
                .toolUse("m1", "t1", "Bash", "{}")
                .toolUse("m1", "t2", "Bash", "{}")
                .toolResult("t1", "ok", false)
                .toolResult("t2", "ok", false);
        model.showLatest(frames.take(), false);
        model.goTo(target(4));

        assertThat(locatedItem()).isEqualTo("tool:t1");
    }

    @Test
    void aPageThatFailedToLoadIsRequestedAgain() {
        List<Message> all = prompts(30);
        model.showLatest(all.subList(20, 30), true);
        model.onPageFailed();
        model.updateReadingPosition(new ReadingPosition.AtEnd(), 0, 9);

        assertThat(pages.requests()).containsExactly("older 21", "older 21");
    }

    @Test
    void itemsFarBeforeAReaderAtTheEndAreDropped() {
        for (int i = 0; i < 40; i++) {
            model.receive(prompts(50));
        }

        assertThat(model.items().size()).isLessThanOrEqualTo(HeldItems.MAX_ITEMS);
        assertThat(seqs()).last().isEqualTo(2_000L);
        assertThat(model.hasMoreBefore()).isTrue();
    }

    @Test
    void droppedItemsAreRequestedAgainAndAdjoinWithoutAGap() {
        List<Message> all = prompts(2_000);
        for (int i = 0; i < 2_000; i += 50) {
            model.receive(all.subList(i, i + 50));
        }
        long first = seqs().getFirst();
        model.updateReadingPosition(new ReadingPosition.At("x", 0, 0), 0, 10);

        assertThat(pages.requests()).containsExactly("older " + first);
        model.prepend(all.subList((int) first - 101, (int) first - 1), true);
        assertThat(seqs()).isSorted().doesNotHaveDuplicates().first().isEqualTo(first - 100);
    }

    @Test
    void farFromTheEndTheEndIsDroppedAndReturnsInPages() {
        List<Message> all = prompts(1_000);
        model.showLatest(all.subList(500, 1_000), true);
        model.prepend(all.subList(300, 500), true);
        model.updateReadingPosition(new ReadingPosition.At("x", 0, 0), 10, 20);

        assertThat(model.hasMoreAfter()).isTrue();
        long last = seqs().getLast();
        List<Message> five = prompts(5);
        model.receive(five);
        assertThat(seqs()).last().isEqualTo(last);
        assertThat(model.lastSeq()).isEqualTo(1_005);

        model.append(all.subList((int) last, 1_000), false);
        assertThat(model.hasMoreAfter()).as("five came in the meantime").isTrue();
        model.append(five, false);
        assertThat(model.hasMoreAfter()).isFalse();
        assertThat(seqs()).isSorted().doesNotHaveDuplicates();
    }

    /// The reader pages up, goes back to the end before the page is there, and the start is dropped
    /// for what arrives meanwhile.
    @Test
    void anOlderPageThatNoLongerAdjoinsIsDiscardedAndRequestedAgain() {
        List<Message> all = prompts(1_600);
        model.showLatest(all.subList(500, 700), true);
        model.updateReadingPosition(new ReadingPosition.At("x", 0, 0), 0, 10);
        model.updateReadingPosition(new ReadingPosition.AtEnd(), 190, 199);
        for (int i = 700; i < 1_600; i += 50) {
            model.receive(all.subList(i, i + 50));
        }
        long first = seqs().getFirst();
        assertThat(first).isGreaterThan(501);

        model.prepend(all.subList(300, 500), true);
        assertThat(seqs()).first().isEqualTo(first);

        model.updateReadingPosition(new ReadingPosition.At("x", 0, 0), 0, 10);
        assertThat(pages.requests()).containsExactly("older 501", "older " + first);
        model.prepend(all.subList((int) first - 201, (int) first - 1), true);
        for (int i = 1; i < seqs().size(); i++) {
            assertThat(seqs().get(i)).isEqualTo(seqs().get(i - 1) + 1);
        }
    }

    @Test
    void aPageRequestedBeforeAnotherPartIsHeldIsDiscarded() {
        List<Message> all = prompts(900);
        model.showLatest(all.subList(700, 900), true);
        model.goTo(target(100));
        model.showAround(all.subList(50, 150), true, true);
        model.updateReadingPosition(new ReadingPosition.At("x", 0, 0), 0, 10);
        assertThat(pages.requests()).containsExactly("around 100", "older 51");

        model.goToEnd();
        model.showLatest(all.subList(700, 900), true);
        model.prepend(all.subList(0, 50), false);

        assertThat(seqs()).first().isEqualTo(701L);
        assertThat(model.hasMoreBefore()).isTrue();
    }

    @Test
    void goingToADroppedEndRequestsTheLatestPage() {
        List<Message> all = prompts(1_000);
        model.showLatest(all, false);
        model.updateReadingPosition(new ReadingPosition.At("x", 0, 0), 10, 20);
        model.goToEnd();

        assertThat(pages.requests()).contains("latest");
        model.showLatest(all.subList(900, 1_000), true);
        assertThat(model.hasMoreAfter()).isFalse();
        assertThat(seqs()).last().isEqualTo(1_000L);
    }

    @Test
    void anAnswerStreamedWhileTheEndIsNotHeldIsShownOnceItIs() {
        List<Message> all = prompts(1_000);
        model.showLatest(all, false);
        model.updateReadingPosition(new ReadingPosition.At("x", 0, 0), 10, 20);
        model.receive(frames.messageStart("m1").blockStart(0, "text").delta(0, "so far").take());
        assertThat(model.items()).noneMatch(Item.Answer.class::isInstance);

        model.showLatest(all.subList(900, 1_000), true);

        assertThat(model.items())
                .last()
                .isInstanceOfSatisfying(
                        Item.Answer.class, a -> assertThat(a.markdown()).isEqualTo("so far"));
    }
}
