package dev.oriel.client.compat.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How the kinds of server that share the path `/ws` are told apart.
class KindProbeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"connection_established\"}|ENHANCED",
                "{\"type\":\"connected\",\"sessionId\":\"s\"}|RELAY",
                "{\"type\":\"error\",\"error\":\"Unauthorized\"}|RELAY",
                "{\"type\":\"connection_status\",\"status\":\"connected\"}|ONESHOT",
                "{\"info\":\"Send a prompt.\"}|ONESHOT",
                "{\"type\":\"auth_success\"}|MANAGER",
                "{\"type\":\"sessions_list\",\"sessions\":[]}|MANAGER",
                "{\"type\":\"error\",\"message\":\"Invalid key\"}|MANAGER",
                "{\"type\":\"error\",\"error\":{}}|MANAGER",
            })
    void theFirstFrameIdentifiesTheKind(String frame, ServerKind kind) {
        assertThat(KindProbe.identify(frame)).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "[]", "{}", "{\"type\":\"hello\"}", "{\"type\":7}"})
    void otherFramesIdentifyNone(String frame) {
        assertThat(KindProbe.identify(frame)).isEmpty();
    }

    @Test
    void aSilentServerGetsTheCredentialInTheManagersForm() {
        assertThat(KindProbe.frames("key-1")).isNotEmpty();
        assertThat(KindProbe.frames("key-1").getFirst()).contains("key-1");
        assertThat(String.join("", KindProbe.frames(""))).contains("list");
    }

    @Test
    void theAddressCarriesATokenAndNoOtherCredential() throws Exception {
        ServerAddress server = ServerAddress.parse("ws://server.test:8000/ws");
        assertThat(KindProbe.address(server, "").toString()).isEqualTo("ws://server.test:8000/ws");
        assertThat(KindProbe.address(server, "key-1").toString())
                .isEqualTo("ws://server.test:8000/ws");
        assertThat(KindProbe.address(server, "a.b+c.d").toString())
                .isEqualTo("ws://server.test:8000/ws?token=a.b%2Bc.d");
    }
}
