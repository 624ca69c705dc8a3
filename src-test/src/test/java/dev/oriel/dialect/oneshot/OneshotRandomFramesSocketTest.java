package dev.oriel.dialect.oneshot;

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
import java.util.function.Consumer;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that send many random frames.
@Timeout(240)
class OneshotRandomFramesSocketTest {
    private static final int A_THIRD = 170;
    private static final int FRAMES_EACH = 20;

    private final RandomFrames frames =
            new RandomFrames(
                    1002,
                    "{\"prompt\":\"Hello …\"}",
                    "{\"prompt\":\"Bonjour é 窓 …\",\"meta\":\"TASK-1\"}",
                    "{\"prompt\":\"Too long for anybody ………………………………………\"}",
                    "{\"prompt\":\"Of what nobody reads\",\"more\":\"………………………………………\"}");

    @Test
    void eachFrameIsARunOrARefusal() {
        frames.stream()
                .limit(10_000)
                .forEach(f -> {
                    if (OneshotRequest.parse(f) instanceof OneshotRequest.Refused(String error)) {
                        assertThat(error)
                                .matches(
                                        "Bad JSON|Required|Invalid meta|String must contain"
                                                + " .*|Expected (string|object), received [a-z]+");
                    }
                });
    }

    @Test
    void everyWrongFrameEndsItsConnectionAsDocumented(@TempDir Path folder) {
        onServer(
                folder,
                client -> {
                    client.send(frames.next());
                    assertThat(client.awaitClosed().code()).isIn(1000, 1008);
                    assertThat(client.frames().getFirst().has("info")).isTrue();
                    assertThat(client.frames()).hasSizeGreaterThan(1);
                });
    }

    /// A client that continues to send while it is being closed can lose the close frame to a TCP
    /// reset.
    @Test
    void tenThousandFramesSentWithoutWaitingDoNoHarm(@TempDir Path folder) {
        onServer(
                folder,
                client -> {
                    sendSome(client);
                    assertThat(client.awaitClosed().code()).isIn(1000, 1006, 1008);
                });
    }

    private void onServer(Path folder, Consumer<NativeClient> act) {
        try (var log = CapturedLog.failures();
                RunningServer server =
                        RunningServer.in(folder, ServerSetUp.withoutToken(), new EchoProvider())) {
            someClients(server, act);
            HeapInUse heap = HeapInUse.now(frames);
            someClients(server, act);
            someClients(server, act);
            await().until(() -> server.server().clients().isEmpty());
            heap.assertFlat();
            assertThat(log.lines()).isEmpty();
        }
    }

    private static void someClients(RunningServer server, Consumer<NativeClient> act) {
        for (int i = 0; i < A_THIRD; i++) {
            try (NativeClient client = NativeClient.connect(server.port(), "/ws/claude")) {
                act.accept(client);
            }
        }
    }

    private void sendSome(NativeClient client) {
        try {
            frames.stream().limit(FRAMES_EACH).forEach(client::send);
        } catch (WebsocketNotConnectedException e) {
            // Already closed, as required after the first invalid frame.
        }
    }
}
