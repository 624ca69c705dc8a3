package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.dialect.manager.ManagerSettings;
import dev.oriel.gateway.DialectPort;
import dev.oriel.testing.log.CapturedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The variables of the original manager system.
class ManagerEnvironmentTest {
    @TempDir Path folder;

    private ManagerEnvironment of(Map<String, String> environment) {
        return new ManagerEnvironment(environment, IllegalArgumentException::new);
    }

    @Test
    void defaultsAreThoseOfTheOriginalSystem() {
        assertThat(of(Map.of()).settings()).isEqualTo(ManagerSettings.defaults());
        assertThat(of(Map.of()).classicPort("127.0.0.1", 8001))
                .isEqualTo(new DialectPort("manager", "127.0.0.1", 8001));
    }

    @Test
    void everyVariableHasAnEffect() {
        var variables =
                of(
                        Map.of(
                                "AGENT_SERVER_HOST", "::1",
                                "AGENT_SERVER_PORT", "9001",
                                "AGENT_SERVER_AUTH_ENABLED", "False",
                                "AGENT_SERVER_API_KEY_PATH", "/keys/one",
                                "AGENT_SERVER_MAX_CONCURRENT_SESSIONS", "3",
                                "AGENT_SERVER_SESSION_TIMEOUT_SECONDS", "90",
                                "AGENT_SERVER_RELOAD", "maybe"));
        ManagerSettings settings = variables.settings();
        assertThat(settings.authEnabled()).isFalse();
        assertThat(settings.keyFiles())
                .containsExactly(
                        Path.of("/keys/one"), ManagerSettings.defaults().keyFiles().getLast());
        assertThat(settings.maxSessions()).isEqualTo(3);
        assertThat(settings.sessionTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(variables.classicPort("127.0.0.1", 8001))
                .isEqualTo(new DialectPort("manager", "::1", 9001));
    }

    @Test
    void namesMayBeInLowerCase() {
        var variables =
                of(Map.of("agent_server_port", "9002", "AGENT_SERVER_API_KEY_PATH", "~/key"));
        assertThat(variables.classicPort("127.0.0.1", 8001).port()).isEqualTo(9002);
        assertThat(variables.settings().keyFiles().getFirst())
                .isEqualTo(Path.of(System.getProperty("user.home"), "key"));
    }

    /// It may belong to the repository of somebody else.
    @Test
    void theEnvFileOfTheFolderIsIgnoredWithAWarning() throws Exception {
        Files.writeString(
                folder.resolve(".env"),
                """
                AGENT_SERVER_AUTH_ENABLED=false
                agent_server_api_key_path=./key
                ANTHROPIC_API_KEY=sk-mine
                """);
        try (var log = CapturedLog.of(ManagerEnvironment.class)) {
            ManagerEnvironment.warnAboutEnvFile(folder);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("AGENT_SERVER_AUTH_ENABLED, agent_server_api_key_path in the .env")
                    .doesNotContain("./key", "ANTHROPIC");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH_ENABLED,perhaps",
        "MAX_CONCURRENT_SESSIONS,0",
        "MAX_CONCURRENT_SESSIONS,many",
        "SESSION_TIMEOUT_SECONDS,-1",
    })
    void anInvalidValueIsRejectedWithTheNameOfItsVariable(String name, String value) {
        var variables = of(Map.of("AGENT_SERVER_" + name, value));
        assertThatThrownBy(variables::settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AGENT_SERVER_" + name);
    }
}
