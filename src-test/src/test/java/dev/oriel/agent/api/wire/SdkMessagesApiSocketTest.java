package dev.oriel.agent.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.account.Account;
import dev.oriel.account.SecretText;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.wire.MessagesApi.SseEvent;
import dev.oriel.agent.api.wire.MessagesApi.StreamListener;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests with the SDK to a fake server.
class SdkMessagesApiSocketTest {
    private static final ApiRequest REQUEST =
            new ApiRequest(
                    "test-model",
                    100,
                    List.of(),
                    List.of(),
                    List.of(
                            "{\"role\":\"user\",\"content\":\"hi\"}"
                                    .getBytes(StandardCharsets.UTF_8)),
                    null,
                    null,
                    null);

    @Test
    void aResponseIsReportedEventByEvent() throws Exception {
        try (FakeMessagesApi server = FakeMessagesApi.start();
                MessagesApi api = api(server.url())) {
            server.enqueue(FakeReply.text("Hello"));
            Events events = new Events();
            api.stream(REQUEST, new CancelScope(), events);
            assertThat(events.types).startsWith("message_start").endsWith("message_stop");
            assertThat(server.requests().getFirst().key()).isEqualTo("secret");
            assertThat(server.requests().getFirst().body().at("/messages/0/content").asText())
                    .isEqualTo("hi");
        }
    }

    @Test
    void aRefusedConnectionIsAFailureWithoutTheKey() throws Exception {
        String url;
        try (FakeMessagesApi server = FakeMessagesApi.start()) {
            url = server.url();
        }
        try (MessagesApi api = api(url)) {
            assertThatThrownBy(() -> api.stream(REQUEST, new CancelScope(), new Events()))
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            e -> assertThat(e.kind()).isEqualTo(ApiException.Kind.CONNECTION))
                    .message()
                    .doesNotContain("secret");
        }
    }

    @Test
    void theServersWaitIsComparedWithItsOwnClock() {
        HttpHeaders headers =
                HttpHeaders.of(
                        Map.of(
                                "retry-after", List.of("Sat, 28 Nov 2026 12:00:30 GMT"),
                                "date", List.of("Sat, 28 Nov 2026 12:00:00 GMT")),
                        (_, _) -> true);
        assertThat(ErrorReply.retryAfter(headers, Instant.parse("2020-01-01T00:00:00Z")))
                .hasSeconds(30);
    }

    @ParameterizedTest
    @CsvSource({"ANTHROPIC,enabled,true", "ANTHROPIC,adaptive,false", "GATEWAY,enabled,false"})
    void onlyAnthropicIsAskedToThinkBetweenCalls(Account.Kind kind, String type, boolean asked)
            throws Exception {
        ApiRequest plain = WireSamples.REQUEST;
        ApiRequest thinking =
                new ApiRequest(
                        plain.model(),
                        2000,
                        plain.system(),
                        plain.tools(),
                        plain.messages(),
                        Json.object().put("type", type),
                        null,
                        null);
        try (FakeMessagesApi server = FakeMessagesApi.start();
                MessagesApi api =
                        new SdkMessagesApi(
                                WireSamples.account(server.url(), kind, List.of()),
                                new SecretText("secret"),
                                Map.of())) {
            api.stream(thinking, new CancelScope(), new Events());
            assertThat(server.requests().getFirst().headers().get("anthropic-beta"))
                    .isEqualTo(asked ? "interleaved-thinking-2025-05-14" : null);
        }
    }

    private static MessagesApi api(String url) {
        return new SdkMessagesApi(
                new Account(
                        "one",
                        "One",
                        Account.Kind.GATEWAY,
                        URI.create(url),
                        Account.Auth.API_KEY,
                        Map.of(),
                        null,
                        List.of()),
                new SecretText("secret"),
                Map.of());
    }

    /// Collects the types of events.
    private static final class Events implements StreamListener {
        private final List<String> types = new ArrayList<>();

        @Override
        public void onResponse(String requestId) {
            // Not looked at.
        }

        @Override
        public void onEvents(List<SseEvent> events) {
            events.forEach(e -> types.add(e.type()));
        }
    }
}
