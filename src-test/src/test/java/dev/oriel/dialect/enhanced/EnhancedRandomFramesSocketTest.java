package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.demo.DemoPace;
import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.message.Json;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.data.RandomFrames;
import dev.oriel.testing.log.CapturedLog;
import dev.oriel.testing.process.HeapInUse;
import dev.oriel.testing.server.RunningServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that send many random frames.
@Timeout(240)
class EnhancedRandomFramesSocketTest extends EnhancedServerFixture {
    private static final int CONNECTIONS = 20;
    private static final int FRAMES = 170;

    private static final String[] SENSE = {
        "{\"type\":\"query\",\"prompt\":\"hello"
                + " …\",\"options\":{\"allowed_tools\":[\"Read\"],\"permission_mode\":\"plan\","
                + "\"max_thinking_tokens\":8000,\"model\":null,\"cwd\":\"/tmp\","
                + "\"continue_conversation\":false,\"resume\":null}}",
        "{\"type\":\"query\",\"prompt\":\"run a command\"}",
        "{\"type\":\"interrupt\"}",
        "{\"type\":\"input\",\"text\":\"more 👋 …\"}",
        "{\"type\":\"ping\"}",
        "{\"type\":\"get_tools\",\"name\":\"Bash\",\"limit\":3}",
        "{\"type\":\"define_tool\",\"tool\":{\"name\":\"t\",\"description\":\"d…\","
                + "\"parameters\":{}},\"agent_id\":\"a\"}",
        "{\"type\":\"tool_output\",\"call_id\":\"x\",\"output\":\"…\"}",
        "{\"type\":\"batch\",\"messages\":[{\"type\":\"ping\"},{\"type\":\"query\","
                + "\"prompt\":\"a\"},{\"type\":\"input\",\"text\":\"b\"}]}"
    };

    private final RandomFrames frames = new RandomFrames(1, SENSE);

    @Test
    void tenThousandRandomFramesDoNoHarm() throws Exception {
        try (CapturedLog logs = CapturedLog.errors("dev.oriel")) {
            RunningServer server = start(c -> c, new DemoProvider(DemoPace.instant()));
            talk(server);
            HeapInUse heap = HeapInUse.now(frames);
            talk(server);
            talk(server);
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .untilAsserted(() -> assertThat(server.server().clients()).isEmpty());
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .untilAsserted(() ->
                            assertThat(
                                            Json.mapper()
                                                    .readTree(
                                                            server.call("GET", "/health", null)
                                                                    .body())
                                                    .path("active_sessions")
                                                    .asInt())
                                    .isZero());
            heap.assertFlat();
            assertThat(logs.lines()).isEmpty();
        }
    }

    private static String bearer(RunningServer server) {
        return "Authorization: Bearer " + server.server().token();
    }

    private void talk(RunningServer server) {
        List<NativeClient> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            // Closed after the frames have been sent, like all others.
            clients.add(NativeClient.connect(server.port(), "/enhanced/ws", bearer(server)));
        }
        for (int n = 0; n < FRAMES; n++) {
            for (NativeClient client : clients) {
                client.send(frames.next());
            }
        }
        for (NativeClient client : clients) {
            int seen = of(client, "pong").size();
            send(client, "ping");
            Awaitility.await("a pong on " + client.texts().size() + " frames")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> of(client, "pong").size() > seen);
            assertThat(types(client))
                    .isSubsetOf(
                            "connection_established",
                            "query_start",
                            "system_message",
                            "assistant_message",
                            "result_message",
                            "query_end",
                            "query_cancelled",
                            "interrupt_acknowledged",
                            "input_acknowledged",
                            "tool_defined",
                            "tools_list",
                            "pong",
                            "error");
            assertThat(client.texts()).noneMatch(t -> t.contains("went wrong in the server"));
            client.close();
        }
    }
}
