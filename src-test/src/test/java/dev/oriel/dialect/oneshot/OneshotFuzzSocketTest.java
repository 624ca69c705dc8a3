package dev.oriel.dialect.oneshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.testing.EagerProvider;
import dev.oriel.testing.FuzzedFrames;
import dev.oriel.testing.NativeClient;
import dev.oriel.testing.QuietLog;
import dev.oriel.testing.RunningServer;
import dev.oriel.testing.ServerSetUp;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class OneshotFuzzSocketTest {
    private static final int CONNECTIONS = 500;
    private static final int FRAMES_EACH = 20;

    private final FuzzedFrames frames =
            new FuzzedFrames(
                    1002,
                    "{\"prompt\":\"Hello\"}",
                    "{\"prompt\":\"Bonjour é 窓\",\"meta\":\"TASK-1\"}");

    @Test
    void whateverIsReadIsARunOrARefusal() {
        frames.stream()
                .limit(10_000)
                .forEach(f -> {
                    if (OneshotRequest.read(f) instanceof OneshotRequest.Refused(String error)) {
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
                server -> {
                    for (int i = 0; i < CONNECTIONS; i++) {
                        try (NativeClient client = connect(server)) {
                            client.send(frames.next());
                            assertThat(client.awaitClosed().code()).isIn(1000, 1008);
                            assertThat(client.frames().getFirst().has("info")).isTrue();
                            assertThat(client.frames()).hasSizeGreaterThan(1);
                        }
                    }
                });
    }

    /// One that goes on sending while it is being closed may lose the close frame to TCP's reset.
    @Test
    void tenThousandFramesSentWithoutWaitingDoNoHarm(@TempDir Path folder) {
        onServer(
                folder,
                server -> {
                    for (int i = 0; i < CONNECTIONS; i++) {
                        try (NativeClient client = connect(server)) {
                            sendSome(client);
                            assertThat(client.awaitClosed().code()).isIn(1000, 1006, 1008);
                        }
                    }
                });
    }

    private static NativeClient connect(RunningServer server) {
        return NativeClient.connect(server.port(), "/ws/claude");
    }

    private static void onServer(Path folder, Consumer<RunningServer> act) {
        try (var log = new QuietLog();
                RunningServer server =
                        RunningServer.in(folder, ServerSetUp.withoutToken(), new EagerProvider())) {
            act.accept(server);
            await().until(() -> server.server().clients().isEmpty());
            assertThat(log.errors()).isEmpty();
        }
    }

    private void sendSome(NativeClient client) {
        try {
            frames.stream().limit(FRAMES_EACH).forEach(client::send);
        } catch (WebsocketNotConnectedException e) {
            // Closed already, as it must be after the first one that is wrong.
        }
    }
}
