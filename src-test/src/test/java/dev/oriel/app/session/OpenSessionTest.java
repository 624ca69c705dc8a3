package dev.oriel.app.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.app.client.FileOutbox;
import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.app.files.JsonFile;
import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.HistoryPage;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.client.FakeServerClient;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenSessionTest {
    @TempDir Path folder;

    private final FakeServerClient client = new FakeServerClient();
    private final Deque<Runnable> writes = new ArrayDeque<>();
    private final List<ConnectionStatus> statuses = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private List<QueuedPrompt> queue = List.of();
    private boolean held;
    private OpenSession session;

    private final class Recorder implements OpenSession.Listener, OpenSession.Owner {
        @Override
        public void onStatus(ConnectionStatus status) {
            statuses.add(status);
        }

        @Override
        public void onLatestPage(HistoryPage page) {
            events.add("page of " + page.messages().size());
        }

        @Override
        public void onMessages(List<Message> batch) {
            messages.addAll(batch);
        }

        @Override
        public void onQueue(List<QueuedPrompt> waiting, boolean nowHeld) {
            queue = waiting;
            held = nowHeld;
        }

        @Override
        public void onJournalReplaced(String id) {
            events.add("journal of " + id);
        }

        @Override
        public void onStoredAfterClose(String id) {
            events.add("stored for " + id);
        }
    }

    @BeforeEach
    void create() {
        Recorder recorder = new Recorder();
        session =
                new OpenSession(
                        "s",
                        client,
                        new FileOutbox(new JsonFile(folder.resolve("outbox.json")), writes::add),
                        Runnable::run,
                        recorder,
                        recorder);
    }

    private FakeServerClient.Subscribed subscription() {
        return client.subscriptions().getLast();
    }

    private static Message message(String json) throws Exception {
        return Message.parse(json);
    }

    private static List<String> texts(List<QueuedPrompt> prompts) {
        return prompts.stream().map(QueuedPrompt::text).toList();
    }

    @Test
    void anUnknownConversationIsSubscribedAfterItsLatestPage() throws Exception {
        client.setLatest(
                CompletableFuture.completedFuture(
                        new HistoryPage(
                                List.of(message("{\"type\":\"assistant\",\"seq\":41}")), true)));
        session.start(0);
        assertThat(events).containsExactly("page of 1");
        assertThat(subscription().after()).isEqualTo(41);
    }

    @Test
    void aKnownConversationIsSubscribedAtOnce() {
        session.start(7);
        assertThat(events).isEmpty();
        assertThat(subscription().after()).isEqualTo(7);
    }

    @Test
    void aPageThatCannotBeLoadedIsLoadedAgainOnceTheServerIsOnline() {
        client.setLatest(CompletableFuture.failedFuture(new IllegalStateException("lost")));
        session.start(0);
        assertThat(statuses.getLast()).isInstanceOf(ConnectionStatus.Offline.class);
        assertThat(client.subscriptions()).isEmpty();

        client.setLatest(CompletableFuture.completedFuture(new HistoryPage(List.of(), false)));
        session.onServerOnline();
        assertThat(client.subscriptions()).hasSize(1);
        session.onServerOnline();
        assertThat(client.subscriptions()).hasSize(1);
    }

    @Test
    void aPageThatArrivesAfterTheSessionWasClosedIsDropped() {
        CompletableFuture<HistoryPage> page = new CompletableFuture<>();
        client.setLatest(page);
        session.start(0);
        session.close();
        page.complete(new HistoryPage(List.of(), false));
        assertThat(events).isEmpty();
        assertThat(client.subscriptions()).isEmpty();
    }

    @Test
    void aPromptIsShownAndSentOnlyOnceItIsStored() {
        session.start(1);
        CompletableFuture<Void> sent = session.send("hello");
        assertThat(queue).isEmpty();
        assertThat(client.calls()).isEmpty();
        writes.remove().run();
        assertThat(sent).isCompleted();
        assertThat(texts(queue)).containsExactly("hello");
        assertThat(client.calls()).containsExactly("send pending of s");
    }

    @Test
    void aPromptThatCannotBeStoredIsNeitherShownNorSent() throws Exception {
        session.start(1);
        java.nio.file.Files.createDirectories(folder.resolve("outbox.json/occupied"));
        CompletableFuture<Void> sent = session.send("hello");
        writes.remove().run();
        assertThatThrownBy(sent::join).rootCause().isInstanceOf(java.io.IOException.class);
        assertThatThrownBy(sent::join).hasMessageContaining("could not be saved to disk");
        assertThat(queue).isEmpty();
        assertThat(client.calls()).isEmpty();
    }

    @Test
    void aPromptThatIsStoredAfterTheSessionWasClosedIsLeftToTheOwner() {
        session.start(1);
        session.send("hello");
        session.close();
        writes.remove().run();
        assertThat(events).containsExactly("stored for s");
        assertThat(client.calls()).containsExactly("close s");
    }

    @Test
    void theQueueIsWhatWaitsOnTheServerAndThenInTheOutbox() throws Exception {
        session.start(1);
        session.send("stored here");
        writes.remove().run();
        subscription()
                .listener()
                .onMessage(
                        message(
                                """
                                {"type":"system","subtype":"oriel_queue","held":true,"prompts":[
                                {"type":"user","uuid":"u","message":{"role":"user","content":"on the server"}}]}
                                """));
        assertThat(texts(queue)).containsExactly("on the server", "stored here");
        assertThat(queue).map(QueuedPrompt::sent).containsExactly(true, false);
        assertThat(held).isTrue();
    }

    @Test
    void aStoredPromptIsWithdrawnHereAndASentOneOnTheServer() {
        session.start(1);
        session.send("hello");
        writes.remove().run();
        assertThat(session.withdraw(queue.getFirst()).join()).isTrue();
        assertThat(queue).isEmpty();
        assertThat(session.withdraw(new QueuedPrompt("u", "sent", true)).join()).isTrue();
        assertThat(client.calls()).endsWith("control s cancel_async_message");
    }

    @Test
    void theUsersPromptsAreItsHistory() throws Exception {
        session.start(1);
        subscription()
                .listener()
                .onMessage(
                        message(
                                """
                                {"type":"user","seq":2,"message":{"role":"user","content":"hello"}}
                                """));
        assertThat(session.sentPrompts()).containsExactly("hello");
        assertThat(messages).hasSize(1);
    }

    @Test
    void aReplacedJournalIsReportedToTheOwner() {
        session.start(1);
        subscription().listener().onJournalReplaced();
        assertThat(events).containsExactly("journal of s");
    }

    @Test
    void nothingIsReceivedAfterTheSessionWasClosed() throws Exception {
        session.start(1);
        session.close();
        subscription().listener().onStatus(new ConnectionStatus.Live());
        subscription().listener().onMessage(message("{\"type\":\"result\"}"));
        subscription().listener().onJournalReplaced();
        assertThat(statuses).isEmpty();
        assertThat(messages).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void requestsFailWhereThereIsNoSubscription() {
        assertThat(session.sendControl(Json.object())).isCompletedExceptionally();
        assertThat(session.interrupt()).isCompletedExceptionally();
    }

    @Test
    void aReconnectRetriesTheSubscriptionOrThePage() {
        client.setLatest(CompletableFuture.failedFuture(new IllegalStateException("lost")));
        session.start(0);
        client.setLatest(CompletableFuture.completedFuture(new HistoryPage(List.of(), false)));
        session.reconnect();
        session.reconnect();
        assertThat(client.subscriptions()).hasSize(1);
        assertThat(client.calls()).containsExactly("reconnect s");
    }

    @Test
    void aRequestToTheAgentStartsOneIfNoneRuns() {
        session.start(1);
        client.setControlReply(
                CompletableFuture.failedFuture(
                        new ClientException(ErrorCode.NO_AGENT, "No agent is running.")));

        var reply = session.sendToAgent(Json.object().put("subtype", "get_usage"));

        assertThat(client.calls()).endsWith("control s get_usage", "control s initialize");
        assertThat(reply).isCompletedExceptionally();
    }

    @Test
    void anotherFailureOfARequestToTheAgentStartsNone() {
        session.start(1);
        client.setControlReply(
                CompletableFuture.failedFuture(
                        new ClientException(ErrorCode.TIMEOUT, "No answer in time.")));

        session.sendToAgent(Json.object().put("subtype", "get_usage"));

        assertThat(client.calls()).endsWith("control s get_usage");
    }
}
