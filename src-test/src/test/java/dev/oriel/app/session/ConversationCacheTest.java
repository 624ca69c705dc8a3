package dev.oriel.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.SessionInfo;
import dev.oriel.message.Message;
import dev.oriel.testing.client.FakeServerClient;
import dev.oriel.testing.manual.RecordingRetries;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConversationCacheTest {
    private final FakeServerClient client = new FakeServerClient();
    private final List<String> errors = new ArrayList<>();
    private final ConversationCache cache =
            new ConversationCache(
                    Runnable::run, Clock.systemUTC(), new RecordingRetries(), errors::add);

    private ConversationModel get(String id, long lastSeq) {
        SessionInfo s = FakeServerClient.session(id);
        return cache.get(
                new SessionInfo(
                        s.id(),
                        s.title(),
                        s.cwd(),
                        s.agent(),
                        s.activity(),
                        null,
                        null,
                        false,
                        false,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        0,
                        lastSeq,
                        0,
                        null),
                client);
    }

    @Test
    void aSessionThatIsOpenedAgainHasTheSameConversation() {
        assertThat(get("a", 0)).isSameAs(get("a", 0)).isNotSameAs(get("b", 0));
    }

    @Test
    void onlyTheLastEightConversationsAreKept() {
        ConversationModel first = get("0", 0);
        for (int i = 1; i <= 7; i++) {
            get(String.valueOf(i), 0);
        }
        assertThat(get("0", 0)).isSameAs(first);
        ConversationModel second = get("8", 0);
        assertThat(get("8", 0)).isSameAs(second);
        assertThat(get("0", 0)).isSameAs(first);
    }

    @Test
    void aConversationThatMissedTooMuchIsLoadedAnew() throws Exception {
        ConversationModel known = get("a", 10);
        known.showLatest(List.of(Message.parse("{\"type\":\"result\",\"seq\":10}")), false);
        assertThat(get("a", 1_010)).isSameAs(known);
        assertThat(get("a", 1_011)).isNotSameAs(known);
    }

    @Test
    void removedConversationsAreForgotten() {
        ConversationModel a = get("a", 0);
        ConversationModel b = get("b", 0);
        cache.remove("a");
        assertThat(get("a", 0)).isNotSameAs(a);
        assertThat(get("b", 0)).isSameAs(b);
        cache.clear();
        assertThat(get("b", 0)).isNotSameAs(b);
    }

    @Test
    void aPageThatCannotBeLoadedIsReported() throws Exception {
        ConversationModel conversation = get("a", 10);
        conversation.showLatest(List.of(Message.parse("{\"type\":\"result\",\"seq\":10}")), true);
        client.setLatest(CompletableFuture.failedFuture(new IllegalStateException("lost")));
        conversation.goTo(new SearchTarget(3, List.of("word"), "a word"));
        assertThat(errors).containsExactly("Messages could not be loaded.");
        client.setLatest(
                java.util.concurrent.CompletableFuture.completedFuture(
                        new HistoryPage(List.of(), false)));
    }

    @Test
    void aServerThatCannotTellEarlierWorkIsNotReported() throws Exception {
        ConversationModel conversation = get("a", 10);
        conversation.showLatest(List.of(result(10)), true);
        assertThat(errors).isEmpty();
        assertThat(conversation.work().checklist()).isEmpty();
    }

    private static Message result(long seq) throws Exception {
        return Message.parse("{\"type\":\"result\",\"seq\":" + seq + "}");
    }

    @Test
    void thePageAroundASearchHitReplacesWhatIsHeld() throws Exception {
        ConversationModel conversation = get("a", 500);
        conversation.showLatest(List.of(result(499), result(500)), true);
        client.setLatest(
                CompletableFuture.completedFuture(
                        new HistoryPage(List.of(result(2), result(3)), true)));
        conversation.goTo(new SearchTarget(3, List.of("word"), "a word"));
        assertThat(conversation.hasMoreBefore()).isTrue();
        assertThat(conversation.hasMoreAfter()).isTrue();
        assertThat(conversation.locatedTarget()).isNotNull();

        client.setLatest(
                CompletableFuture.completedFuture(new HistoryPage(List.of(result(500)), true)));
        conversation.goToEnd();
        assertThat(conversation.hasMoreAfter()).isFalse();
        assertThat(errors).isEmpty();
    }
}
