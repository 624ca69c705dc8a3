package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Hosts and origins that may reach the server.
class RequestGuardTest {
    private final RequestGuard guard =
            new RequestGuard(
                    "192.168.0.7", Set.of("den.local"), Set.of("https://app.example", "null-ish"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:6743",
                "LOCALHOST:6743",
                "127.0.0.1:6743",
                "127.0.0.1",
                "[::1]",
                "[::1]:6743",
                "192.168.0.7:6743",
                "den.local",
                "Den.Local:80"
            })
    void loopbackTheListeningHostAndAllowedNamesMayCall(String host) {
        assertThat(guard.refusal(host, null, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "evil.example:6743",
                "localhost.evil.example",
                "127.0.0.1.evil.example:6743",
                "evil.example#localhost",
                "user@localhost",
                "127.0.0.2",
                "::1",
                "[::2]:6743",
                "0.0.0.0"
            })
    void everyOtherHostIsRefused(String host) {
        assertThat(guard.refusal(host, null, null))
                .hasValueSatisfying(s -> assertThat(s).contains("Host"));
    }

    @Test
    void aRequestWithoutAHostIsRefused() {
        assertThat(guard.refusal(null, null, null)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:6743,http://localhost:6743",
        "127.0.0.1:6743,HTTP://127.0.0.1:6743",
        "[::1]:6743,http://[::1]:6743",
        "localhost:6743,https://app.example",
        "localhost:6743,HTTPS://APP.EXAMPLE"
    })
    void theServersOwnPagesAndAllowedOnesMayCall(String host, String origin) {
        assertThat(guard.refusal(host, origin, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:6743,http://evil.example",
        "localhost:6743,http://localhost:8000",
        "localhost:6743,http://localhost",
        "localhost:6743,http://127.0.0.1:6743",
        "localhost:6743,null",
        "localhost:6743,file://",
        "localhost:6743,chrome-extension://localhost:6743",
        "localhost:6743,http://localhost:6743.evil.example",
        "localhost:6743,http://evil@localhost:6743",
        "localhost:6743,not a url",
        "localhost:6743,''",
        "localhost:6743,http://app.example",
        "localhost:6743,https://app.example.evil.example"
    })
    void everyOtherOriginIsRefused(String host, String origin) {
        assertThat(guard.refusal(host, origin, null))
                .hasValueSatisfying(s -> assertThat(s).contains("Origin"));
    }

    /// The operator finds the remedy in the message.
    @Test
    void aRefusalNamesTheOptionThatAllowsThePage() {
        assertThat(guard.refusal("localhost:6743", "http://localhost:5173", "same-site"))
                .hasValueSatisfying(s ->
                        assertThat(s)
                                .contains("--allow-origin http://localhost:5173")
                                .contains("--allow-origin null"));
        assertThat(guard.refusal("den.example", null, null))
                .hasValueSatisfying(s -> assertThat(s).contains("--allow-host"));
    }

    @Test
    void aLocalFileMayCallIfTheOperatorAllowsIt() {
        assertThat(
                        new RequestGuard("127.0.0.1", Set.of(), Set.of("null"))
                                .refusal("localhost", "null", "cross-site"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "Cross-Site"})
    void aRequestOfAForeignPageWithoutAnOriginIsRefused(String site) {
        assertThat(guard.refusal("localhost:6743", null, site)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "same-origin", ""})
    void aRequestOfTheUserOrTheServersOwnPageIsAllowed(String site) {
        assertThat(guard.refusal("localhost:6743", null, site)).isEmpty();
    }

    @Test
    void anAllowedPageMayCallFromAnotherSite() {
        assertThat(guard.refusal("localhost:6743", "https://app.example", "cross-site")).isEmpty();
    }

    @Test
    void anIpv6HostIsKnownWithItsBrackets() {
        assertThat(
                        new RequestGuard("fe80::1", Set.of(), Set.of())
                                .refusal("[fe80::1]:6743", null, null))
                .isEmpty();
    }
}
