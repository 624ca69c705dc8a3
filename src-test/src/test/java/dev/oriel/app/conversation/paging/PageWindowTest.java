package dev.oriel.app.conversation.paging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.manual.RecordingPages;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which messages are held, and which pages are requested.
class PageWindowTest {
    private final RecordingPages pages = new RecordingPages();
    private final PageWindow window = new PageWindow(pages);

    private static SearchTarget target(long seq) {
        return new SearchTarget(seq, List.of("word"), "word");
    }

    /// Holds 101 to 200 of 300 messages.
    private void holdTheMiddle() {
        window.learn(300);
        window.replace(101, 200, true, true);
        window.open();
    }

    @Test
    void anEmptyConversationRequestsNothing() {
        window.open();
        window.requestNear(0, 0, 0);
        window.requestLatest();

        assertThat(pages.requests()).isEmpty();
        assertThat(window.hasMoreBefore()).isFalse();
        assertThat(window.hasMoreAfter()).isFalse();
    }

    @Test
    void aReaderNearAnEdgeRequestsTheNextPageThereOnce() {
        holdTheMiddle();
        window.requestNear(0, 20, 100);
        window.requestNear(0, 20, 100);
        assertThat(pages.requests()).containsExactly("older 101");

        window.requestNear(70, 90, 100);
        assertThat(pages.requests()).containsExactly("older 101", "newer 200");
    }

    @Test
    void aReaderInTheMiddleRequestsNothing() {
        holdTheMiddle();
        window.requestNear(45, 55, 100);

        assertThat(pages.requests()).isEmpty();
    }

    @Test
    void pagesExtendTheHeldPart() {
        holdTheMiddle();
        window.requestNear(0, 100, 100);
        assertThat(window.receiveOlder(true)).isTrue();
        window.extendBefore(51);
        assertThat(window.receiveNewer(300, false)).isTrue();

        assertThat(window.isHeld(51)).isTrue();
        assertThat(window.isHeld(300)).isTrue();
        assertThat(window.isHeld(50)).isFalse();
        assertThat(window.hasMoreBefore()).isTrue();
        assertThat(window.hasMoreAfter()).isFalse();
    }

    @Test
    void aLastPageThatEndsBeforeTheLatestMessageLeavesMore() {
        holdTheMiddle();
        window.learn(305);
        window.receiveNewer(300, false);

        assertThat(window.hasMoreAfter()).isTrue();
    }

    @Test
    void aPageForAnEdgeThatMovedIsDiscardedAndCanBeRequestedAgain() {
        holdTheMiddle();
        window.requestNear(0, 20, 100);
        window.trimBefore(150);
        window.requestNear(0, 20, 100);
        assertThat(window.receiveOlder(true)).isFalse();
        window.requestNear(0, 20, 100);

        assertThat(pages.requests()).containsExactly("older 101", "older 150");
        assertThat(window.firstSeq()).isEqualTo(150);
    }

    @Test
    void aPageThatFailedIsRequestedAgain() {
        holdTheMiddle();
        window.requestNear(0, 20, 100);
        window.fail();
        window.requestNear(0, 20, 100);

        assertThat(pages.requests()).containsExactly("older 101", "older 101");
    }

    @Test
    void messagesAreLearnedOnce() {
        assertThat(window.learn(5)).isTrue();
        assertThat(window.learn(5)).isFalse();
        assertThat(window.learn(4)).isFalse();
        assertThat(window.lastSeq()).isEqualTo(5);
    }

    @Test
    void aTargetThatIsNotHeldIsRequestedOnce() {
        holdTheMiddle();
        window.goTo(target(20));
        window.goTo(target(20));

        assertThat(pages.requests()).containsExactly("around 20");
        assertThat(window.target()).contains(target(20));
    }

    @Test
    void aTargetThatCannotExistIsDropped() {
        holdTheMiddle();
        window.goTo(target(301));
        assertThat(window.target()).isEmpty();
        window.goTo(target(0));
        assertThat(window.target()).isEmpty();
        assertThat(pages.requests()).isEmpty();
    }

    @Test
    void aTargetIsRequestedAgainAfterAnotherPartIsHeld() {
        holdTheMiddle();
        window.goTo(target(20));
        window.replace(201, 300, true, false);

        assertThat(window.requestTarget()).isTrue();
        assertThat(pages.requests()).containsExactly("around 20", "around 20");
    }

    @Test
    void aTargetWaitsForTheConversationToBeOpened() {
        window.goTo(target(20));
        assertThat(window.target()).isEmpty();
        assertThat(pages.requests()).isEmpty();

        holdTheMiddle();
        assertThat(window.requestTarget()).isTrue();
        assertThat(pages.requests()).containsExactly("around 20");
    }

    @Test
    void theLatestPageIsRequestedOnlyIfTheEndIsNotHeld() {
        holdTheMiddle();
        window.requestLatest();
        window.replace(201, 300, true, false);
        window.requestLatest();

        assertThat(pages.requests()).containsExactly("latest");
    }
}
