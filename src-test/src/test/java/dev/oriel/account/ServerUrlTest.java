package dev.oriel.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://api.anthropic.com, https://api.anthropic.com",
        "' https://gate.example/v1/ ', https://gate.example",
        "https://gate.example/anthropic/v1/messages, https://gate.example/anthropic",
        "localhost:11434, http://localhost:11434",
        "127.0.0.1:1234/v1, http://127.0.0.1:1234",
        "gate.example, https://gate.example",
        "http://192.168.1.7:8000, http://192.168.1.7:8000",
        "http://litellm:4000, http://litellm:4000",
        "http://[::1]:8080/, http://[::1]:8080"
    })
    void addressesAreTakenAsUsersWriteThem(String text, String expected) throws Exception {
        assertThat(ServerUrl.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://gate.example",
                "http://8.8.8.8",
                "http://localhost.evil.example",
                "ftp://gate.example",
                "https://user:word@gate.example",
                "https://gate.example?key=sk-ant-canary",
                "https://gate.example#sk-ant-canary",
                "sk-ant-canary with blanks"
            })
    void otherAddressesAreRefusedWithoutQuotingThem(String text) {
        assertThatThrownBy(() -> ServerUrl.parse(text))
                .isInstanceOf(AccountException.class)
                .message()
                .doesNotContain("canary", "word@");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, https://a.example:443/x, true",
        "https://a.example, https://b.example, false",
        "https://a.example, http://a.example, false",
        "http://localhost:1, http://localhost:2, false"
    })
    void theSameServerHasSchemeHostAndPort(URI a, URI b, boolean same) {
        assertThat(ServerUrl.isSameServer(a, b)).isEqualTo(same);
    }
}
