package dev.oriel.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EnvironmentKeysTest {
    @Test
    void aKeyIsAnAccountOfAnthropic() throws Exception {
        FixedAccount found = find(Map.of("ANTHROPIC_API_KEY", " sk-1 "));

        assertThat(found.account().kind()).isEqualTo(Account.Kind.ANTHROPIC);
        assertThat(found.account().auth()).isEqualTo(Account.Auth.API_KEY);
        assertThat(key(found)).isEqualTo("sk-1");
    }

    @Test
    void aTokenHasPrecedenceAndIsSentAsBearer() throws Exception {
        FixedAccount found =
                find(
                        Map.of(
                                "ANTHROPIC_API_KEY",
                                "sk-1",
                                "ANTHROPIC_AUTH_TOKEN",
                                "t-1",
                                "ANTHROPIC_BASE_URL",
                                "https://gate.example/v1",
                                "ANTHROPIC_MODEL",
                                "m-1",
                                "ANTHROPIC_CUSTOM_HEADERS",
                                "X-Team: blue\nX-Gate: canary"));

        Account account = found.account();
        assertThat(account.kind()).isEqualTo(Account.Kind.GATEWAY);
        assertThat(account.auth()).isEqualTo(Account.Auth.BEARER);
        assertThat(account.baseUrl()).hasToString("https://gate.example");
        assertThat(account.defaultModel()).isEqualTo("m-1");
        assertThat(account.headers()).containsOnlyKeys("X-Team", "X-Gate");
        assertThat(account.toString()).doesNotContain("canary", "t-1");
        assertThat(key(found)).isEqualTo("t-1");
    }

    @Test
    void aLocalServerNeedsNoKey() {
        FixedAccount found = find(Map.of("ANTHROPIC_BASE_URL", "http://localhost:11434"));

        assertThat(found.account().kind()).isEqualTo(Account.Kind.LOCAL);
        assertThat(found.account().auth()).isEqualTo(Account.Auth.NONE);
        assertThat(found.key()).isNull();
    }

    @Test
    void theAccountOfAClientIsStoredNowhere() throws Exception {
        Accounts only =
                StoredAccounts.only(
                        find(
                                Map.of(
                                        "ANTHROPIC_API_KEY",
                                        "sk-1",
                                        "ANTHROPIC_CUSTOM_HEADERS",
                                        "X-Gate: g1")));
        Account account = Objects.requireNonNull(only.find(null));

        assertThat(Objects.requireNonNull(only.key(account)).reveal()).isEqualTo("sk-1");
        assertThat(Objects.requireNonNull(only.secretHeaders(account).get("X-Gate")).reveal())
                .isEqualTo("g1");
        only.addLack(account, "images");
        assertThat(Objects.requireNonNull(only.find("environment")).lacks())
                .containsExactly("images");
    }

    @Test
    void otherVariablesAreNoAccount() {
        assertThat(EnvironmentKeys.find(Map.of())).isNull();
        assertThat(EnvironmentKeys.find(Map.of("ANTHROPIC_API_KEY", " "))).isNull();
        assertThat(EnvironmentKeys.find(Map.of("ANTHROPIC_BASE_URL", "https://gate.example")))
                .isNull();
        assertThat(
                        EnvironmentKeys.find(
                                Map.of("ANTHROPIC_API_KEY", "k", "ANTHROPIC_BASE_URL", "x://y")))
                .isNull();
    }

    private static FixedAccount find(Map<String, String> variables) {
        return Objects.requireNonNull(EnvironmentKeys.find(variables));
    }

    private static String key(FixedAccount found) throws Exception {
        return Objects.requireNonNull(Objects.requireNonNull(found.key()).read()).reveal();
    }
}
