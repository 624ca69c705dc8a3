package dev.oriel.agent.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.wire.WireSamples.Events;
import dev.oriel.testing.api.CannedHttpServer;
import dev.oriel.testing.api.CannedHttpServer.Reply;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers that fail in every way, and what is said about it.
class SdkFaultsSocketTest {
    private static final String START =
            "data: {\"type\":\"message_start\",\"odd\":{\"x\":1.0}}\n\n";

    @ParameterizedTest
    @ValueSource(
            ints = {
                201, 204, 301, 302, 400, 401, 402, 403, 404, 405, 408, 409, 413, 415, 418, 422, 429,
                451, 500, 501, 502, 503, 504, 520, 524, 529, 599
            })
    void everyOtherStatusIsAFailureWithThatStatus(int status) throws Exception {
        try (FakeMessagesApi server = FakeMessagesApi.start();
                MessagesApi api = WireSamples.api(server.url())) {
            server.enqueue(
                    FakeReply.failure(status, "some_error", "words of the server")
                            .withHeader("retry-after", "7"));
            ApiException e = failure(api);
            assertThat(e.kind()).isEqualTo(ApiException.Kind.STATUS);
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7));
            assertThat(e).hasMessageContaining(String.valueOf(status));
            if (status != 204) { // has no body
                assertThat(e.errorType()).isEqualTo("some_error");
                assertThat(e).hasMessageContaining("words of the server");
            }
            server.enqueue(FakeReply.text("Hello"));
            Events events = new Events();
            api.stream(WireSamples.REQUEST, new CancelScope(), events);
            assertThat(events.types).endsWith("message_stop");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text/html,<!doctype html><title>Log in</title>,web page",
        "application/json,{},no response",
        "text/event-stream,data: {\"type\":,cannot be read"
    })
    void aReplyThatIsNotOneOfTheApiIsSaidToBeThat(String type, String body, String said)
            throws Exception {
        try (CannedHttpServer server = streaming(type, body + "\n\n");
                MessagesApi api = WireSamples.api(server.url())) {
            ApiException e = failure(api);
            assertThat(e.kind()).isEqualTo(ApiException.Kind.MALFORMED);
            assertThat(e).hasMessageContaining(said);
        }
    }

    @Test
    void eventsArriveByteForByte() throws Exception {
        String unknown = "{\"type\":\"from_the_future\",  \"n\":1.50, \"u\":\"\\u00e9\"}";
        try (CannedHttpServer server =
                        streaming(
                                "text/event-stream; charset=utf-8",
                                "data: " + unknown + "\n\ndata: {\"type\":\"message_stop\"}\n\n");
                MessagesApi api = WireSamples.api(server.url())) {
            Events events = new Events();
            api.stream(WireSamples.REQUEST, new CancelScope(), events);
            assertThat(events.json).first().isEqualTo(unknown);
        }
    }

    @Test
    void aStreamThatEndsEarlyWasCut() throws Exception {
        try (CannedHttpServer server = streaming("text/event-stream", START);
                MessagesApi api = WireSamples.api(server.url())) {
            Events events = new Events();
            ApiException e = failure(api, events);
            assertThat(e.kind()).isEqualTo(ApiException.Kind.CONNECTION);
            assertThat(events.types).containsExactly("message_start");
        }
    }

    @Test
    void aConnectionThatBreaksWasCut() throws Exception {
        try (FakeMessagesApi server = FakeMessagesApi.start();
                MessagesApi api = WireSamples.api(server.url())) {
            server.enqueue(FakeReply.text("Half").disconnecting());
            Events events = new Events();
            assertThat(failure(api, events).kind()).isEqualTo(ApiException.Kind.CONNECTION);
            assertThat(events.types).endsWith("content_block_stop");
        }
    }

    @Test
    void anErrorWithinTheStreamEndsIt() throws Exception {
        String error =
                "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                        + "\"message\":\"Overloaded\"}}\n\n";
        try (CannedHttpServer server = streaming("text/event-stream", START + error);
                MessagesApi api = WireSamples.api(server.url())) {
            Events events = new Events();
            ApiException e = failure(api, events);
            assertThat(e.status()).isEqualTo(529);
            assertThat(e).hasMessage("Overloaded");
            assertThat(events.types).containsExactly("message_start");
        }
    }

    @Test
    void aCancelledRequestEndsAtOnce() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (FakeMessagesApi server = FakeMessagesApi.start();
                MessagesApi api = WireSamples.api(server.url())) {
            server.enqueue(FakeReply.unfinished(never, "Half"));
            CancelScope cancel = new CancelScope();
            Events cancelling =
                    new Events() {
                        @Override
                        public void onEvents(List<MessagesApi.SseEvent> events) {
                            super.onEvents(events);
                            if (types.contains("content_block_delta")) {
                                Thread.ofVirtual().start(cancel::cancel);
                            }
                        }
                    };
            assertThatThrownBy(() -> api.stream(WireSamples.REQUEST, cancel, cancelling))
                    .isInstanceOf(CancellationException.class);
        } finally {
            never.countDown();
        }
    }

    @Test
    void aRequestThatIsCancelledBeforeTheResponseEndsAtOnce() throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (CannedHttpServer server =
                        new CannedHttpServer()
                                .on(
                                        "/v1/messages",
                                        _ -> {
                                            received.countDown();
                                            await(never);
                                            return Reply.json(200, "{}");
                                        });
                MessagesApi api = WireSamples.api(server.url())) {
            CancelScope cancel = new CancelScope();
            Thread.ofVirtual()
                    .start(() -> {
                        await(received);
                        cancel.cancel();
                    });
            assertThatThrownBy(() -> api.stream(WireSamples.REQUEST, cancel, new Events()))
                    .isInstanceOf(CancellationException.class);
            never.countDown();
        }
    }

    @Test
    void noFailureContainsAKey() throws Exception {
        try (FakeMessagesApi server = FakeMessagesApi.start();
                MessagesApi api = WireSamples.api(server.url())) {
            server.enqueue(FakeReply.failure(401, "authentication_error", "invalid x-api-key"));
            for (Throwable e = failure(api); e != null; e = e.getCause()) {
                assertThat(e.toString()).doesNotContain("canary");
            }
            assertThat(api.toString()).doesNotContain("canary");
            assertThat(server.requests().getFirst().key()).isEqualTo(WireSamples.KEY);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ApiException failure(MessagesApi api) {
        return failure(api, new Events());
    }

    private static ApiException failure(MessagesApi api, Events events) {
        return catchThrowableOfType(
                ApiException.class,
                () -> api.stream(WireSamples.REQUEST, new CancelScope(), events));
    }

    private static CannedHttpServer streaming(String type, String body) {
        return new CannedHttpServer().on("/v1/messages", _ -> new Reply(200, type, body));
    }
}
