package dev.oriel.agent.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.AgentStatus;
import dev.oriel.agent.AgentStatus.Missing;
import dev.oriel.agent.AgentStatus.NotLoggedIn;
import dev.oriel.agent.AgentStatus.Ready;
import dev.oriel.platform.OperatingSystem;
import dev.oriel.testing.claude.FakeClaude;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliProbeProcessTest {
    @TempDir Path folder;
    private FakeClaude fake;

    @BeforeEach
    void begin() {
        fake = FakeClaude.in(folder.resolve("fake"));
    }

    private AgentStatus status() {
        return status(Map.of("PATH", "/usr/bin:/bin"));
    }

    private AgentStatus status(Map<String, String> env) {
        fake.install();
        CliTimeouts times =
                new CliTimeouts(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(20));
        return new CliProbe(
                        CliSettings.defaults()
                                .withExecutable(fake.executable())
                                .withTimeouts(times),
                        machine(env))
                .status();
    }

    private HostMachine machine(Map<String, String> env) {
        return new HostMachine(OperatingSystem.LINUX, folder, folder, env);
    }

    @Test
    void aCliThatIsLoggedInIsReady() {
        assertThat(status()).isEqualTo(new Ready("2.1.329", fake.executable().toString()));
    }

    @Test
    void aCliThatIsNotLoggedInIsReportedWithTheRemedy() {
        fake.loggedOut();

        assertThat(status())
                .isInstanceOfSatisfying(
                        NotLoggedIn.class, s -> assertThat(s.remedy()).contains("/login"));
    }

    @Test
    void theLoginOfACloudProviderIsNotChecked() {
        fake.loggedOut();

        assertThat(status(Map.of("PATH", "/usr/bin:/bin", "CLAUDE_CODE_USE_BEDROCK", "1")))
                .isInstanceOf(Ready.class);
    }

    @Test
    void theLoginOfAnOldVersionIsNotChecked() throws Exception {
        // It would take `auth status` for a prompt.
        fake.version("2.1.40 (Claude Code)").withoutAuthCommand();

        assertThat(status()).isInstanceOf(Ready.class);
    }

    @Test
    void aCliThatReportsNoVersionDoesNotRun() {
        fake.version("");

        assertThat(status()).isInstanceOf(Missing.class);
    }

    @Test
    void aCliThatHangsIsKilledAndReported() throws Exception {
        Path hangs = folder.resolve("hangs");
        Files.writeString(hangs, "#!/bin/sh\nsleep 60\n");
        assertThat(hangs.toFile().setExecutable(true)).isTrue();
        CliTimeouts impatient =
                new CliTimeouts(
                        Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMillis(100));

        assertThat(
                        new CliProbe(
                                        CliSettings.defaults()
                                                .withExecutable(hangs)
                                                .withTimeouts(impatient),
                                        machine(Map.of("PATH", "/usr/bin:/bin")))
                                .status())
                .isInstanceOf(Missing.class);
    }

    @Test
    void aFileThatIsNotAProgramCannotBeStarted() throws Exception {
        Path broken = folder.resolve("broken");
        Files.writeString(broken, "#!/no/such/interpreter\n");
        assertThat(broken.toFile().setExecutable(true)).isTrue();

        assertThat(
                        new CliProbe(
                                        CliSettings.defaults().withExecutable(broken),
                                        machine(Map.of()))
                                .status())
                .isInstanceOf(Missing.class);
    }

    @Test
    void aMissingCliIsReportedWithTheCommandThatInstallsIt() {
        assertThat(new CliProbe(CliSettings.defaults(), machine(Map.of())).status())
                .isInstanceOfSatisfying(
                        Missing.class, s -> assertThat(s.remedy()).contains("install.sh"));
        HostMachine windows = new HostMachine(OperatingSystem.WINDOWS, folder, folder, Map.of());
        assertThat(new CliProbe(CliSettings.defaults(), windows).status())
                .isInstanceOfSatisfying(
                        Missing.class, s -> assertThat(s.remedy()).contains("install.ps1"));
    }

    @Test
    void aConfiguredCliThatDoesNotExistIsReportedAsSuch() {
        assertThat(
                        new CliProbe(
                                        CliSettings.defaults()
                                                .withExecutable(folder.resolve("gone")),
                                        machine(Map.of()))
                                .status())
                .isInstanceOfSatisfying(
                        Missing.class, s -> assertThat(s.remedy()).contains("setting"));
    }
}
