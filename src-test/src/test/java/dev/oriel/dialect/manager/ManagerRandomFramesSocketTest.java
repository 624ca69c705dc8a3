package dev.oriel.dialect.manager;

import static dev.oriel.dialect.manager.ManagerServer.is;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.demo.DemoPace;
import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.data.RandomFrames;
import dev.oriel.testing.log.CapturedLog;
import dev.oriel.testing.process.HeapInUse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that send many random frames.
@Timeout(240)
class ManagerRandomFramesSocketTest {
    private static final int CONNECTIONS = 20;
    private static final int FRAMES = 170;
    private static final String SESSION = "\"session_id\":\"00000000-0000-4000-8000-000000000001\"";

    private static final String[] SENSE = {
        "{\"type\":\"create_session\"," + SESSION + ",\"options\":{}}",
        "{\"type\":\"create_session\",\"options\":{\"system_prompt\":\"s…\","
            + "\"tools\":[\"Read\",\"Search\"],\"working_directory\":\"/tmp\",\"max_tokens\":10,"
            + "\"temperature\":0.5,\"permission_mode\":\"default\"}}",
        "{\"type\":\"send_prompt\"," + SESSION + ",\"prompt\":\"hello 👋 …\"}",
        "{\"type\":\"send_prompt\"," + SESSION + ",\"prompt\":\"run a command …\"}",
        "{\"type\":\"end_session\"," + SESSION + "}",
        "{\"type\":\"list_sessions\"}",
        "{\"type\":\"ping\",\"timestamp\":\"2026-01-02T03:04:05.000006+01:00\"}",
        "{\"type\":\"permission_response\","
                + SESSION
                + ",\"request_id\":\"a\",\"approved\":true,\"reason\":\"…\"}",
        "{\"type\":\"auth\",\"token\":\"x\"}"
    };

    private final RandomFrames frames = new RandomFrames(1, SENSE);

    @TempDir Path folder;

    @Test
    void tenThousandRandomFramesDoNoHarm() {
        try (CapturedLog logs = CapturedLog.errors("dev.oriel");
                ManagerServer manager =
                        ManagerServer.in(folder, new DemoProvider(DemoPace.instant()))) {
            talk(manager);
            HeapInUse heap = HeapInUse.now(frames);
            talk(manager);
            talk(manager);
            refuse(manager);
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .untilAsserted(() -> assertThat(manager.server().server().clients()).isEmpty());
            heap.assertFlat();
            assertThat(logs.lines()).isEmpty();
        }
    }

    private void talk(ManagerServer manager) {
        List<NativeClient> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(manager.client());
        }
        for (int n = 0; n < FRAMES; n++) {
            for (NativeClient client : clients) {
                client.send(frames.next());
            }
        }
        for (NativeClient client : clients) {
            String last = "{\"type\":\"pong\",\"timestamp\":\"2001-02-03T04:05:06\"}";
            client.send(last.replace("pong", "ping"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> client.texts().contains(last));
            assertThat(client.frames())
                    .extracting(f -> f.path("type").asText())
                    .isSubsetOf(
                            "session_created",
                            "session_ended",
                            "sessions_list",
                            "agent_thinking",
                            "agent_message",
                            "agent_tool_use",
                            "permission_request",
                            "permission_acknowledged",
                            "pong",
                            "error");
            assertThat(client.texts()).noneMatch(t -> t.contains("something went wrong"));
            client.close();
        }
    }

    /// A random frame instead of a login.
    private void refuse(ManagerServer manager) {
        List<NativeClient> clients =
                IntStream.range(0, 100).mapToObj(_ -> manager.connect("")).toList();
        clients.forEach(c -> c.send(frames.next()));
        for (NativeClient client : clients) {
            assertThat(client.awaitClosed().code()).isEqualTo(1008);
            assertThat(client.frames()).hasSize(1).allMatch(f -> is(f, "error"));
        }
    }
}
