package dev.oriel.client.sessions;

import static dev.oriel.client.compat.protocol.EffectSummary.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.AgentInfo;
import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.FeedSubscription;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.RecordingFeedListener;
import dev.oriel.client.RecordingSessionListener;
import dev.oriel.client.SearchHit;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionSubscription;
import dev.oriel.client.TokenSource;
import dev.oriel.client.link.FakeNetwork;
import dev.oriel.client.link.FakeWebSocket;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.UserMessages;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests and subscriptions of the native wire, without a network.
class SessionsClientTest {
    private static final ServerAddress SERVER = new ServerAddress(URI.create("http://host:1"));

    private final FakeHttpClient http = new FakeHttpClient();
    private final FakeNetwork network = new FakeNetwork();
    private final PromptOutbox outbox = PromptOutbox.inMemory();
    private final List<String> closed = new ArrayList<>();
    private TokenSource token = () -> "secret";
    private final SessionsClient client =
            new SessionsClient(
                    SERVER,
                    outbox,
                    network.context(() -> token.token(), ReconnectPolicy.STANDARD),
                    new RestClient(http, SERVER, () -> token.token(), this::run),
                    () -> closed.add("threads"));

    private void run(Runnable task) {
        if (!closed.isEmpty()) {
            throw new RejectedExecutionException();
        }
        task.run();
    }

    private static ClientException failure(CompletableFuture<?> of) {
        return (ClientException) of.exceptionNow();
    }

    private static Arguments call(
            String request, Function<SessionsClient, CompletableFuture<?>> call) {
        return Arguments.of(request, call);
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                call(
                        "POST /v1/sessions {\"cwd\":\"/w\",\"model\":\"m\"}",
                        c -> c.createSession(new NewSessionRequest("/w", null, "m", null))),
                call(
                        "PATCH /v1/sessions/s {\"title\":\"A \\\"name\\\"\"}",
                        c -> c.renameSession("s", "A \"name\"")),
                call("PATCH /v1/sessions/s {\"pinned\":true}", c -> c.pinSession("s", true)),
                call("DELETE /v1/sessions/s", c -> c.deleteSession("s")),
                call("GET /v1/agents?refresh=true", SessionsClient::agents),
                call("GET /v1/search?q=a%26b+%C3%BC&limit=5", c -> c.search("a&b ü", 5)),
                call(
                        "GET /v1/sessions/s/messages?before=9&limit=5",
                        c -> c.messagesBefore("s", 9, 5)),
                call(
                        "GET /v1/sessions/s/messages?limit=5",
                        c -> c.messagesBefore("s", Long.MAX_VALUE, 5)),
                call(
                        "GET /v1/sessions/s/messages?after=9&limit=5",
                        c -> c.messagesAfter("s", 9, 5)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void eachCallIsOneRequest(String request, Function<SessionsClient, CompletableFuture<?>> call) {
        assertThat(call.apply(client)).isCompleted();
        assertThat(http.requests).containsExactly(request);
        assertThat(http.headers().map().get("Authorization")).containsExactly("Bearer secret");
        boolean body = request.contains("{");
        assertThat(http.headers().firstValue("Content-Type").isPresent()).isEqualTo(body);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void eachCallFailsWithTheErrorOfTheServer(
            String request, Function<SessionsClient, CompletableFuture<?>> call) {
        http.setReply(429, "{\"error\":{\"code\":\"too_many\",\"message\":\"Later.\"}}");
        ClientException failure = failure(call.apply(client));
        assertThat(failure.code()).isEqualTo(ErrorCode.TOO_MANY);
        assertThat(failure).hasMessage("Later.");
    }

    @Test
    void withoutATokenNoHeaderIsSent() {
        token = () -> "";
        assertThat(client.agents()).isCompleted();
        assertThat(http.headers().map()).doesNotContainKey("Authorization");
    }

    @Test
    void aTokenThatCannotBeReadFailsTheRequest() {
        token =
                () -> {
                    throw new IOException("no such file");
                };
        assertThat(failure(client.agents()).code()).isEqualTo(ErrorCode.NO_TOKEN);
        assertThat(http.requests).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | <html>            | There is no Oriel server at this address.",
                "404 | <html>            | There is no Oriel server at this address.",
                "500 | {}                | The server answered with status 500.",
                "302 | ''                | The server answered with status 302.",
            })
    void aReplyThatIsNotOriels(int status, String body, String sentence) {
        http.setReply(status, body);
        ClientException failure = failure(client.agents());
        assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(failure).hasMessage(sentence);
    }

    @Test
    void aServerThatCannotBeReachedIsReported() {
        http.setFailure(new IOException("refused"));
        assertThat(failure(client.agents()).code()).isEqualTo(ErrorCode.UNREACHABLE);
    }

    @Test
    void aRequestThatIsInterruptedFailsAndKeepsTheInterrupt() {
        http.setFailure(new InterruptedException());
        CompletableFuture<List<AgentInfo>> agents = client.agents();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure(agents).code()).isEqualTo(ErrorCode.UNREACHABLE);
    }

    @Test
    void aCreatedSessionIsThatOfTheReply() {
        http.setReply(201, "{\"id\":\"s\",\"title\":\"T\",\"last_seq\":3}");
        SessionInfo created = client.createSession(NewSessionRequest.DEFAULTS).join();
        assertThat(created.id()).isEqualTo("s");
        assertThat(created.lastSeq()).isEqualTo(3);
        assertThat(client.renameSession("s", "T").join().title()).isEqualTo("T");
    }

    @Test
    void aPageOfMessagesSaysWhetherThereAreMore() {
        http.setReply(
                200,
                "{\"messages\":[{\"seq\":1,\"type\":\"user\"},{\"seq\":2,\"type\":\"result\"}],"
                        + "\"more\":true}");
        HistoryPage page = client.messagesBefore("s", 3, 2).join();
        assertThat(page.messages()).extracting(m -> m.type()).containsExactly("user", "result");
        assertThat(page.hasMore()).isTrue();
    }

    @Test
    void hitsHaveSessionPositionAndText() {
        http.setReply(200, "{\"hits\":[{\"session_id\":\"s\",\"seq\":4,\"snippet\":\"a [b] c\"}]}");
        assertThat(client.search("b", 1).join()).containsExactly(new SearchHit("s", 4, "a [b] c"));
    }

    @Test
    void promptsOfADeletedSessionAreDeletedOnlyOnceTheServerHasDeletedIt() {
        outbox.add("s", UserMessages.prompt(UUID.randomUUID(), "hi")).join();
        http.setReply(503, "{}");
        assertThat(client.deleteSession("s")).isCompletedExceptionally();
        assertThat(outbox.pending("s")).hasSize(1);
        http.setReply(204, "");
        assertThat(client.deleteSession("s")).isCompleted();
        assertThat(outbox.pending("s")).isEmpty();
    }

    @Test
    void eachSubscriptionHasAConnectionAndAllAreCheckedAndClosed() {
        RecordingFeedListener feed = new RecordingFeedListener();
        client.subscribeFeed(feed);
        FakeWebSocket first = network.accept();
        network.receive(first, frame("{'type':'sessions','sessions':[{'id':'s'}]}"));
        assertThat(feed.known).containsOnlyKeys("s");
        RecordingSessionListener session = new RecordingSessionListener();
        SessionSubscription subscription = client.subscribe("s", 7, session);
        FakeNetwork.Attempt attempt = network.nextAttempt();
        assertThat(attempt.address()).hasToString("ws://host:1/v1/sessions/ws/s/subscribe?after=7");
        FakeWebSocket second = new FakeWebSocket(attempt.listener());
        attempt.socket().complete(second);
        network.lane.runAll();

        client.checkConnections();
        network.lane.runAll();
        assertThat(first.pings()).isEqualTo(1);
        assertThat(second.pings()).isEqualTo(1);

        subscription.close();
        network.lane.runAll();
        client.checkConnections();
        network.lane.runAll();
        assertThat(second.pings()).as("no longer checked").isEqualTo(1);

        client.close();
        client.close();
        network.lane.runAll();
        assertThat(first.sent).containsExactly("close 1000");
        assertThat(second.sent).containsExactly("close 1000");
        assertThat(closed).containsExactly("threads");
        assertThat(feed.states.getLast())
                .isEqualTo(new ConnectionStatus.Offline("Closed.", ConnectionStatus.Reason.CLOSED));
    }

    @Test
    void theFeedCanBeReconnectedAndClosed() {
        RecordingFeedListener feed = new RecordingFeedListener();
        FeedSubscription subscription = client.subscribeFeed(feed);
        FakeWebSocket first = network.accept();
        subscription.reconnect();
        FakeWebSocket second = network.accept();
        assertThat(first.sent).containsExactly("close 1000");
        subscription.close();
        network.lane.runAll();
        assertThat(second.sent).containsExactly("close 1000");
    }

    @Test
    void afterTheEndRequestsFailAndSubscriptionsAreClosed() {
        client.close();
        assertThat(failure(client.agents()).code()).isEqualTo(ErrorCode.UNREACHABLE);
        RecordingSessionListener session = new RecordingSessionListener();
        client.subscribe("s", 0, session);
        assertThat(network.isQuiet()).isTrue();
        assertThat(session.states)
                .containsExactly(
                        new ConnectionStatus.Offline("Closed.", ConnectionStatus.Reason.CLOSED));
    }
}
