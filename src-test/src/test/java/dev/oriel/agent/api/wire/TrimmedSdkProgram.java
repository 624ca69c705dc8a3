package dev.oriel.agent.api.wire;

import dev.oriel.account.Account;
import dev.oriel.account.SecretText;
import dev.oriel.agent.api.cancel.CancelScope;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Uses the API in each way, in a process of its own: [TrimmedSdkTest]. Needs no class of a test.
public final class TrimmedSdkProgram {
    private TrimmedSdkProgram() {}

    /// @param arguments the server's address, and the statuses with which it fails before it
    ///   answers
    public static void main(String[] arguments) throws Exception {
        Account account =
                new Account(
                        "one",
                        "One",
                        Account.Kind.GATEWAY,
                        URI.create(arguments[0]),
                        Account.Auth.API_KEY,
                        Map.of(),
                        null,
                        List.of());
        try (MessagesApi api = new SdkMessagesApi(account, new SecretText("key"), Map.of())) {
            say("models " + api.models(new CancelScope()).size());
            for (int i = 1; i < arguments.length; i++) {
                try {
                    stream(api);
                    say("no failure");
                } catch (ApiException e) {
                    say("status " + e.status());
                }
            }
            say("streamed " + stream(api));
        }
    }

    /// @return the number of events
    private static int stream(MessagesApi api) throws ApiException {
        int[] events = new int[1];
        ApiRequest request =
                new ApiRequest(
                        "test-model",
                        100,
                        List.of(),
                        List.of(),
                        List.of(
                                "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}"
                                        .getBytes(StandardCharsets.UTF_8)),
                        null,
                        null,
                        null);
        api.stream(
                request,
                new CancelScope(),
                new MessagesApi.StreamListener() {
                    @Override
                    public void onResponse(String requestId) {
                        // Not needed.
                    }

                    @Override
                    public void onEvents(List<MessagesApi.SseEvent> received) {
                        events[0] += received.size();
                    }
                });
        return events[0];
    }

    @SuppressWarnings("SystemOut") // the test reads it
    private static void say(String line) {
        System.out.println(line);
    }
}
