package dev.oriel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "ws://host:6743/, http://host:6743",
        "wss://host, https://host",
        "HTTPS://host/oriel/, https://host/oriel",
        "localhost:6743, http://localhost:6743",
        "http://[::1]:6743, http://[::1]:6743",
    })
    void parsesWhatUsersType(String typed, String base) throws Exception {
        assertThat(ServerAddress.parse(typed)).hasToString(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://host",
                "http://",
                "http://me:secret@host",
                "http://host?token=secret",
                "http://a b"
            })
    void rejectsWhatNamesNoServerOrContainsASecret(String typed) {
        assertThatThrownBy(() -> ServerAddress.parse(typed))
                .isInstanceOf(InvalidAddressException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void isTheAddressOfHttpAndWebSocket() throws Exception {
        ServerAddress address = ServerAddress.parse("https://host/oriel");
        assertThat(address.httpUri("/health")).hasToString("https://host/oriel/health");
        assertThat(address.webSocketUri("/v1/feed")).hasToString("wss://host/oriel/v1/feed");
    }
}
