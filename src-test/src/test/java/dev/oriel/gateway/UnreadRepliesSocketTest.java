package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.client.RawClient;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTP replies that no client reads share the memory for unread bytes.
class UnreadRepliesSocketTest {
    private static final int MB = 1024 * 1024;

    /// More than a kernel buffers for one connection.
    private static final int LARGE = 12 * MB;

    @TempDir Path folder;

    @Test
    void requestsAreRefusedWhileTooMuchIsUnreadButHealthIsNot() throws Exception {
        try (RunningServer server =
                RunningServer.in(
                        folder,
                        ServerSetUp.limits(l ->
                                ServerSetUp.unread(20L * MB)
                                        .andThen(ServerSetUp.handshakeWithin(Duration.ofSeconds(2)))
                                        .apply(l)),
                        new ScriptedProvider())) {
            UUID session = server.newSession();
            try (NativeClient client = server.subscribe(session, null)) {
                client.sendPrompt("x".repeat(LARGE));
                client.awaitState("running");
            }
            String path = "/v1/sessions/" + session + "/messages?after=0";
            List<RawClient> deaf = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                RawClient client = RawClient.connectWithSmallBuffer(server.port());
                deaf.add(client);
                client.send(
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n"
                                .formatted(path, server.server().token()));
                assertThat(client.readHead()).startsWith("HTTP/1.1 200");
            }
            assertThat(server.call("GET", "/v1/sessions", null).statusCode()).isEqualTo(503);
            assertThat(server.call("GET", "/metrics", null).statusCode()).isEqualTo(200);
            assertThat(server.send(server.request("GET", "/health", null).build()).statusCode())
                    .isEqualTo(200);
            deaf.forEach(RawClient::close);
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> server.call("GET", "/v1/sessions", null).statusCode() == 200);
        }
    }
}
