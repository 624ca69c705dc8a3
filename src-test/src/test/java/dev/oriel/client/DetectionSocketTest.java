package dev.oriel.client;

import static dev.oriel.client.Tongues.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.Caller;
import dev.oriel.testing.TestPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionSocketTest {
    private final TestPeer peer = new TestPeer();

    @AfterEach
    void end() throws IOException {
        peer.close();
    }

    private CompletableFuture<Kind> look(String path) throws Exception {
        return Detection.of(ServerAddress.parse(peer.url() + path), () -> "key", Transport.usual());
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
    void thePathSaysItWithoutAnyConnection(String path, Kind kind) throws Exception {
        assertThat(look(path)).isCompletedWithValue(kind);
        assertThat(peer.waiting()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "{'type':'connection_established'}, ENHANCED",
        "{'type':'connected'}, RELAY",
        "{'type':'error';'error':'Server already has an active connection'}, RELAY",
        "{'type':'connection_status'}, ONESHOT",
        "{'info':'send'}, ONESHOT"
    })
    void elseTheFirstFrameSaysIt(String first, Kind kind) throws Exception {
        var found = look("/ws");
        peer.accept().upgrade().text(frame(first.replace(';', ','))).close(1000);
        assertThat(found.get(10, TimeUnit.SECONDS)).isEqualTo(kind);
    }

    @Test
    void whoSaysNothingIsAskedForItsSessions() throws Exception {
        var found = look("/ws");
        Caller caller = peer.accept().upgrade();
        assertThat(caller.hear().path("type").asText()).isEqualTo("auth");
        assertThat(caller.hear().path("type").asText()).isEqualTo("list_sessions");
        caller.text(frame("{'type':'auth_success'}")).close(1000);
        assertThat(found.get(10, TimeUnit.SECONDS)).isEqualTo(Kind.MANAGER);
    }

    @Test
    void afterAFrameThatTellsNothingTheNextOneMay() throws Exception {
        var found = look("/ws");
        peer.accept()
                .upgrade()
                .text("welcome to the proxy")
                .text(frame("{'type':'sign_of_life'}"))
                .text(frame("{'type':'connection_established'}"))
                .close(1000);
        assertThat(found.get(10, TimeUnit.SECONDS)).isEqualTo(Kind.ENHANCED);
    }

    @Test
    void whatNobodyKnowsIsSaidSo() throws Exception {
        var found = look("/ws");
        peer.accept().upgrade().text("hello, chat room");
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
