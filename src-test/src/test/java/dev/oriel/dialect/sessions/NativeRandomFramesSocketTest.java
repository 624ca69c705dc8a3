package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.testing.agent.EchoProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.data.RandomFrames;
import dev.oriel.testing.log.CapturedLog;
import dev.oriel.testing.process.HeapInUse;
import dev.oriel.testing.server.RunningServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that send many random frames, two per session.
@Timeout(240)
class NativeRandomFramesSocketTest {
    private static final int SESSIONS = 5;
    private static final int FRAMES = 340;

    private final RandomFrames frames =
            new RandomFrames(
                    1003,
                    "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"Hello 窓 …\"}}",
                    "{\"type\":\"user\",\"uuid\":\"6d1f9f5e-4a53-4c1e-9f0b-0c4b6f1f7a02\","
                            + "\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"text\","
                            + "\"text\":\"…\"}]}}",
                    "{\"type\":\"control_request\",\"request_id\":\"a\","
                            + "\"request\":{\"subtype\":\"interrupt\",\"cancel_queued\":true,"
                            + "\"because\":\"…\"}}",
                    "{\"type\":\"control_request\",\"request_id\":\"b\","
                        + "\"request\":{\"subtype\":\"set_permission_mode\",\"mode\":\"plan\"}}",
                    "{\"type\":\"control_request\",\"request_id\":\"c\","
                        + "\"request\":{\"subtype\":\"initialize\",\"hooks\":null,\"more\":\"…\"}}",
                    "{\"type\":\"control_request\",\"request_id\":\"d\","
                            + "\"request\":{\"subtype\":\"cancel_async_message\","
                            + "\"message_uuid\":\"6d1f9f5e-4a53-4c1e-9f0b-0c4b6f1f7a02\"}}",
                    "{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\","
                        + "\"request_id\":\"e\",\"response\":{\"behavior\":\"deny\",\"message\":\"…\"}}}",
                    "{\"type\":\"define_tool\",\"tool\":{\"name\":\"t\",\"description\":\"d"
                        + " …\",\"parameters\":{\"type\":\"object\",\"properties\":{\"p\":{\"type\":\"string\"}}}}}",
                    "{\"type\":\"tool_output\",\"call_id\":\"x\",\"output\":\"…\",\"is_error\":true}",
                    "{\"type\":\"auth\",\"token\":\"…\"}",
                    "{\"type\":\"keep_alive\"}");

    @Test
    void survivesTenThousandRandomFrames(@TempDir Path folder) throws Exception {
        try (var log = CapturedLog.failures();
                RunningServer server = RunningServer.in(folder, new EchoProvider())) {
            List<UUID> sessions = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                sessions.add(server.newSession());
            }
            sendFrames(server, sessions);
            HeapInUse heap = HeapInUse.now(frames);
            sendFrames(server, sessions);
            sendFrames(server, sessions);
            heap.assertFlat();
            for (UUID session : sessions) {
                await().until(() -> "idle".equals(server.session(session).path("state").asText()));
            }
            assertThat(log.lines()).isEmpty();
        }
    }

    private void sendFrames(RunningServer server, List<UUID> sessions) {
        List<NativeClient> clients = new ArrayList<>();
        for (UUID session : sessions) {
            clients.add(server.subscribe(session, null));
            clients.add(server.subscribe(session, null));
        }
        for (int n = 0; n < FRAMES; n++) {
            for (NativeClient client : clients) {
                client.send(frames.next());
            }
        }
        for (NativeClient client : clients) {
            client.sendRequest("oriel_run_queue", Map.of());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> client.frames().stream().anyMatch(f -> isLast(f)));
            assertThat(client.frames())
                    .extracting(f -> f.path("type").asText())
                    .isSubsetOf(
                            "system",
                            "user",
                            "assistant",
                            "result",
                            "command_lifecycle",
                            "control_response",
                            "control_cancel_request",
                            "tool_defined",
                            "error");
            assertThat(client.isOpen()).isTrue();
            client.close();
        }
        await().until(() -> server.server().clients().isEmpty());
    }

    private static boolean isLast(JsonNode frame) {
        return "oriel_run_queue".equals(frame.at("/response/request_id").asText());
    }
}
