package dev.oriel.client.connect;

import static dev.oriel.client.compat.protocol.EffectSummary.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import dev.oriel.client.transport.Transport;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.peer.PeerConnection;
import dev.oriel.testing.peer.TestPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerDetectionSocketTest {
    private final TestPeer peer = new TestPeer();

    @AfterEach
    void end() throws IOException {
        peer.close();
    }

    private CompletableFuture<ServerKind> look(String path) throws Exception {
        return ServerDetection.detect(
                ServerAddress.parse(peer.url() + path), () -> "key", Transport.systemDefault());
    }

    @ParameterizedTest
    @CsvSource({
        "'', NATIVE",
        "/some/proxy, NATIVE",
        "/enhanced/ws, ENHANCED",
        "/relay/ws, RELAY",
        "/ws/claude, ONESHOT",
        "/manager/ws, MANAGER",
        "/agent/ws, MANAGER"
    })
    void thePathTellsTheKindWithoutAConnection(String path, ServerKind kind) throws Exception {
        assertThat(look(path)).isCompletedWithValue(kind);
        assertThat(peer.pending()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "{'type':'connection_established'}, ENHANCED",
        "{'type':'connected'}, RELAY",
        "{'type':'error';'error':'Server already has an active connection'}, RELAY",
        "{'type':'connection_status'}, ONESHOT",
        "{'info':'send'}, ONESHOT"
    })
    void otherwiseTheFirstFrameTellsTheKind(String first, ServerKind kind) throws Exception {
        var found = look("/ws");
        peer.accept().upgrade().sendText(frame(first.replace(';', ','))).close(1000);
        assertThat(found.get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo(kind);
    }

    @Test
    void aSilentServerIsAskedForItsSessions() throws Exception {
        var found = look("/ws");
        PeerConnection caller = peer.accept().upgrade();
        assertThat(caller.receive().path("type").asText()).isEqualTo("auth");
        assertThat(caller.receive().path("type").asText()).isEqualTo("list_sessions");
        caller.sendText(frame("{'type':'auth_success'}")).close(1000);
        assertThat(found.get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo(ServerKind.MANAGER);
    }

    @Test
    void aMeaninglessFirstFrameIsSkipped() throws Exception {
        var found = look("/ws");
        peer.accept()
                .upgrade()
                .sendText("welcome to the proxy")
                .sendText(frame("{'type':'sign_of_life'}"))
                .sendText(frame("{'type':'connection_established'}"))
                .close(1000);
        assertThat(found.get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo(ServerKind.ENHANCED);
    }

    @Test
    void anUnknownServerIsReported() throws Exception {
        var found = look("/ws");
        peer.accept().upgrade().sendText("hello, chat room");
        assertThat(found)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("no server that Oriel knows");
        var refused = look("/ws");
        peer.accept().refuse(401);
        assertThat(refused)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("refused the token");
    }
}
