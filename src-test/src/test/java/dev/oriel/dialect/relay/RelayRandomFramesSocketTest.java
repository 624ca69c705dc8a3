package dev.oriel.dialect.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.testing.agent.EchoProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.data.RandomFrames;
import dev.oriel.testing.log.CapturedLog;
import dev.oriel.testing.process.HeapInUse;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that send many random frames.
@Timeout(240)
class RelayRandomFramesSocketTest {
    private static final int A_THIRD = 3_400;
    private static final String PROMPT =
            "{\"type\":\"user_message\",\"data\":{\"type\":\"user\",\"session_id\":\"\","
                    + "\"message\":{\"role\":\"user\",\"content\":\"%s\"}}}";

    private final RandomFrames frames =
            new RandomFrames(
                    1001,
                    PROMPT.formatted("Hello …"),
                    PROMPT.formatted("Bonjour é 窓 …"),
                    "{\"type\":\"user_message\",\"data\":{\"type\":\"user\","
                            + "\"uuid\":\"6d1f9f5e-4a53-4c1e-9f0b-0c4b6f1f7a02\","
                            + "\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"text\","
                            + "\"text\":\"x…\"}]}}}",
                    "{\"type\":\"interrupt\",\"because\":\"…\"}");

    @Test
    void tenThousandWrongFramesDoNoHarm(@TempDir Path folder) {
        try (var log = CapturedLog.failures();
                RunningServer server =
                        RunningServer.in(folder, ServerSetUp.withoutToken(), new EchoProvider())) {
            talk(server, "the first word");
            HeapInUse heap = HeapInUse.now(frames);
            talk(server, "the second word");
            talk(server, "the last word");
            heap.assertFlat();
            assertThat(log.lines()).isEmpty();
        }
    }

    private void talk(RunningServer server, String end) {
        try (NativeClient client = NativeClient.connect(server.port(), "/relay/ws")) {
            client.await("connected");
            frames.stream().limit(A_THIRD).forEach(client::send);
            client.send(PROMPT.formatted(end));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> client.texts().stream().anyMatch(t -> t.contains(end)));
            assertThat(client.isOpen()).isTrue();
            assertThat(client.frames())
                    .allMatch(f -> f.path("type").asText().matches("connected|error|sdk_message"));
        }
        await().until(() -> server.server().clients().isEmpty());
    }

    @Test
    void wrongConfigurationsDoNoHarm(@TempDir Path folder) throws Exception {
        var bodies =
                new RandomFrames(
                        7,
                        "{\"model\":\"m\",\"allowedTools\":[\"Read\"],"
                            + "\"systemPrompt\":{\"type\":\"preset\",\"preset\":\"claude_code\","
                            + "\"append\":\"x\"},\"agents\":{\"a\":{\"description\":\"d\","
                            + "\"prompt\":\"p\"}},\"anthropicApiKey\":\"k\"}");
        try (var log = CapturedLog.failures();
                RunningServer server =
                        RunningServer.in(folder, ServerSetUp.withoutToken(), new EchoProvider());
                NativeClient client = NativeClient.connect(server.port(), "/relay/ws")) {
            for (int i = 0; i < 500; i++) {
                var request =
                        server.request("POST", "/relay/config", null)
                                .POST(
                                        java.net.http.HttpRequest.BodyPublishers.ofString(
                                                bodies.next()))
                                .build();
                assertThat(server.send(request).statusCode()).isIn(200, 400);
            }
            client.send(PROMPT.formatted("with whatever stands there now"));
            await().until(() -> client.frames().size() > 1);
            assertThat(log.lines()).isEmpty();
        }
    }
}
