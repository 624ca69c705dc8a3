package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.agent.AgentProvider;
import dev.oriel.gateway.AccessSettings;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.testing.agent.EchoProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// The settings that result from the options of `serve` for access and for sessions.
class ServeOptionsTest {
    private static final Path DATA = Path.of("/srv/oriel");

    private static AccessSettings access(String... args) {
        return CommandLine.populateCommand(new AccessOptions(), args).settings(DATA);
    }

    private static SessionOptions sessions(String... args) {
        return CommandLine.populateCommand(new SessionOptions(), args);
    }

    private static SessionPolicy policy(String... args) {
        return sessions(args).policy(IllegalArgumentException::new);
    }

    @Test
    void byDefaultEveryClientNeedsTheTokenInTheDataFolder() {
        assertThat(access())
                .isEqualTo(
                        new AccessSettings(Path.of("/srv/oriel/token"), true, Set.of(), Set.of()));
    }

    @Test
    void aTokenFileIsRelativeToTheWorkingFolder() {
        assertThat(access("--token-file", "my-token").tokenFile())
                .isEqualTo(Path.of("my-token").toAbsolutePath());
    }

    @Test
    void onlyNoneDisablesTheToken() {
        assertThat(access("--auth=none").needsToken()).isFalse();
        assertThat(access("--auth", "token").needsToken()).isTrue();
        assertThatThrownBy(() -> access("--auth=off"))
                .isInstanceOf(CommandLine.ParameterException.class);
    }

    @Test
    void hostsAndOriginsCanBeRepeatedAndSeparatedByCommas() {
        AccessSettings settings =
                access(
                        "--allow-host=a.example,b.example",
                        "--allow-host=c.example",
                        "--allow-origin=https://a.example:443",
                        "--cors-origin=HTTP://localhost:5173,null");
        assertThat(settings.allowedHosts())
                .containsExactlyInAnyOrder("a.example", "b.example", "c.example");
        assertThat(settings.allowedOrigins())
                .containsExactlyInAnyOrder("https://a.example", "http://localhost:5173", "null");
    }

    @Test
    void byDefaultNothingIsPermittedWithoutAsking() {
        assertThat(policy())
                .isEqualTo(new SessionPolicy(Duration.ofMinutes(15), 10, false, null, false));
    }

    @Test
    void everyOptionOfSessionsIsInThePolicy() {
        assertThat(
                        policy(
                                "--idle-timeout=90s",
                                "--max-sessions=3",
                                "--permission-mode=plan",
                                "--trust-folders"))
                .isEqualTo(new SessionPolicy(Duration.ofSeconds(90), 3, false, "plan", true));
    }

    @Test
    void clientsMayBypassPermissionsOnlyIfTheOperatorDoes() {
        for (String mode : List.of("default", "acceptEdits", "plan", "dontAsk", "auto")) {
            assertThat(policy("--permission-mode", mode).mayBypass()).as(mode).isFalse();
        }
        assertThat(policy("--permission-mode=bypassPermissions").mayBypass()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--max-sessions=0, --max-sessions must be at least 1",
        "--max-sessions=-1, --max-sessions must be at least 1",
        "--idle-timeout=0, --idle-timeout must be positive",
        "--permission-mode=Plan, --permission-mode must be one of acceptEdits",
        "--permission-mode=, --permission-mode must be one of acceptEdits",
    })
    void anInvalidValueIsRejected(String option, String problem) {
        assertThatThrownBy(() -> policy(option)).hasMessageStartingWith(problem);
    }

    @Test
    void theProblemWithAModeNamesAllModes() {
        assertThatThrownBy(() -> policy("--permission-mode=all"))
                .hasMessageContaining("bypassPermissions")
                .hasMessageContaining("dontAsk");
    }

    @Test
    void theDefaultAgentIsTheFirstOfAll() {
        AgentProvider api = new EchoProvider("api");
        assertThat(sessions().agents(api))
                .extracting(AgentProvider::kind)
                .containsExactly("cli", "api", "demo");
        assertThat(sessions("--agent=api").agents(api))
                .extracting(AgentProvider::kind)
                .containsExactly("api", "cli", "demo");
        assertThat(sessions("--agent=demo").agents(api))
                .extracting(AgentProvider::kind)
                .containsExactly("demo", "cli", "api");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "send"})
    void theHelpFitsIntoATerminalOf80ColumnsAndDescribesEveryOption(String name) {
        CommandLine command =
                Objects.requireNonNull(OrielServer.commandLine().getSubcommands().get(name));
        assertThat(command.getUsageMessage().lines()).allMatch(line -> line.length() <= 80);
        assertThat(command.getCommandSpec().options())
                .allSatisfy(option -> {
                    assertThat(option.description()).as(option.longestName()).isNotEmpty();
                    assertThat(option.hidden()).isFalse();
                });
    }
}
