package dev.oriel.agent.api.wire;

import dev.oriel.account.Account;
import dev.oriel.account.SecretText;
import dev.oriel.agent.api.wire.MessagesApi.SseEvent;
import dev.oriel.agent.api.wire.MessagesApi.StreamListener;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// What tests of requests have in common.
final class WireSamples {
    static final String KEY = "sk-ant-canary-5731";

    static final ApiRequest REQUEST =
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

    private WireSamples() {}

    static Account account(String url, Account.Kind kind, List<String> lacks) {
        return new Account(
                "one",
                "One",
                kind,
                URI.create(url),
                Account.Auth.API_KEY,
                Map.of("x-team", "blue"),
                null,
                lacks);
    }

    static MessagesApi api(String url) {
        return new SdkMessagesApi(
                account(url, Account.Kind.GATEWAY, List.of()),
                new SecretText(KEY),
                Map.of("x-gateway-key", new SecretText("gateway-canary")));
    }

    /// Collects the types of events.
    static class Events implements StreamListener {
        final List<String> types = new CopyOnWriteArrayList<>();
        final List<String> json = new CopyOnWriteArrayList<>();
        volatile String requestId = "";

        @Override
        public void onResponse(String id) {
            requestId = id;
        }

        @Override
        public void onEvents(List<SseEvent> events) {
            events.forEach(e -> {
                types.add(e.type());
                json.add(new String(e.json(), StandardCharsets.UTF_8));
            });
        }
    }
}
