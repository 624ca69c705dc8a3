package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.dialect.RateLimit.Rate;
import dev.oriel.dialect.enhanced.EnhancedSettings;
import dev.oriel.gateway.DialectPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// The options and variables of the enhanced dialect, and its classic port.
class EnhancedOptionsTest {
    private static final String SECRET = "a secret of at least thirty-two bytes";

    @TempDir Path folder;

    private static EnhancedSettings settings(Map<String, String> environment, String... args) {
        return CommandLine.populateCommand(new EnhancedOptions(), args)
                .settings(environment, IllegalArgumentException::new);
    }

    private static List<DialectPort> ports(Map<String, String> environment, String... args) {
        return CommandLine.populateCommand(new ListenOptions(), args)
                .ports(
                        "localhost",
                        environment,
                        new ManagerEnvironment(environment, IllegalArgumentException::new),
                        IllegalArgumentException::new);
    }

    @Test
    void byDefaultThereIsNoLimitAndNoIssuer() {
        assertThat(settings(Map.of())).isEqualTo(EnhancedSettings.defaults());
    }

    @Test
    void aRateWithoutAValueIsTheDefaultRate() {
        assertThat(settings(Map.of(), "--rate-limit").rate())
                .isEqualTo(new Rate(10, Duration.ofSeconds(60)));
        assertThat(settings(Map.of(), "--rate-limit=3/7").rate())
                .isEqualTo(new Rate(3, Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "0/60", "10/0", "-1/60", "10/60s", "a/b"})
    void anInvalidRateIsRejected(String rate) {
        assertThatThrownBy(() -> settings(Map.of(), "--rate-limit=" + rate))
                .hasMessage("--rate-limit must be N/SECONDS, such as 10/60");
    }

    @Test
    void theSecretIsReadFromAFileOrTheEnvironment() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        assertThat(settings(Map.of(), "--jwt-secret-file=" + file).jwt()).isNotNull();
        assertThat(settings(Map.of("ORIEL_JWT_SECRET", SECRET)).jwt()).isNotNull();
        assertThat(settings(Map.of("ORIEL_JWT_SECRET", SECRET)).toString()).doesNotContain(SECRET);
    }

    @Test
    void aMissingOrShortSecretIsRejected() {
        assertThatThrownBy(() -> settings(Map.of("ORIEL_JWT_SECRET", "short")))
                .hasMessage("The secret for JWTs must be at least 32 bytes long");
        assertThatThrownBy(() -> settings(Map.of(), "--jwt-secret-file=" + folder.resolve("none")))
                .hasMessage("--jwt-secret-file: the file cannot be read");
    }

    @Test
    void theVariablesOfTheOriginalSystemHaveAnEffect() {
        EnhancedSettings settings =
                settings(Map.of("MAX_SESSIONS", "3", "SESSION_TIMEOUT_MINUTES", "30"));
        assertThat(settings.maxSessions()).isEqualTo(3);
        assertThat(settings.sessionTimeout()).isEqualTo(Duration.ofMinutes(30));
        assertThatThrownBy(() -> settings(Map.of("MAX_SESSIONS", "many")))
                .hasMessageStartingWith("MAX_SESSIONS must be a whole number from 1");
        assertThatThrownBy(() -> settings(Map.of("MAX_SESSIONS", "0")))
                .hasMessageStartingWith("MAX_SESSIONS must be a whole number from 1");
    }

    @Test
    void classicPortsAreThoseOfTheOriginalSystems() {
        assertThat(ports(Map.of())).isEmpty();
        assertThat(ports(Map.of(), "--classic"))
                .contains(
                        new DialectPort("enhanced", "localhost", 8000),
                        new DialectPort("relay", "localhost", 3000),
                        new DialectPort("oneshot", "localhost", 3000),
                        new DialectPort("manager", "localhost", 8001))
                .noneMatch(p -> p.dialect().equals("sessions"));
    }

    @Test
    void aGivenPortReplacesTheClassicOne() {
        assertThat(ports(Map.of(), "--classic", "--listen=enhanced=9000"))
                .contains(new DialectPort("enhanced", "localhost", 9000))
                .doesNotContain(new DialectPort("enhanced", "localhost", 8000));
    }

    @Test
    void theVariablesOfASystemMoveOnlyItsOwnClassicPort() {
        Map<String, String> environment =
                Map.of("WEBSOCKET_HOST", "127.0.0.1", "WEBSOCKET_PORT", "8123");
        assertThat(ports(environment)).isEmpty();
        assertThat(ports(environment, "--classic"))
                .contains(
                        new DialectPort("enhanced", "127.0.0.1", 8123),
                        new DialectPort("relay", "localhost", 3000));
        assertThatThrownBy(() -> ports(Map.of("WEBSOCKET_PORT", "70000"), "--classic"))
                .hasMessage("WEBSOCKET_PORT must be a whole number from 0 to 65535");
    }
}
