package dev.oriel.agent.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.AgentOptions;
import dev.oriel.platform.OperatingSystem;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CliEnvironmentTest {
    private static Map<String, String> of(Map<String, String> environment) {
        var machine =
                new HostMachine(
                        OperatingSystem.LINUX, Path.of("/home/x"), Path.of("/tmp"), environment);
        return CliEnvironment.of(machine, CliSettings.defaults(), Path.of("/opt/bin/claude"));
    }

    @Test
    void optionsThatThePackagesLauncherPutAsideAreRestored() {
        assertThat(of(Map.of("ORIEL_JDK_JAVA_OPTIONS", "-Xmx2g")))
                .containsEntry("JDK_JAVA_OPTIONS", "-Xmx2g")
                .doesNotContainKey("ORIEL_JDK_JAVA_OPTIONS");
    }

    @Test
    void optionsThatWereNotPutAsideAreKept() {
        assertThat(of(Map.of("JDK_JAVA_OPTIONS", "-Xmx1g")))
                .containsEntry("JDK_JAVA_OPTIONS", "-Xmx1g");
        assertThat(of(Map.of())).doesNotContainKey("JDK_JAVA_OPTIONS");
    }

    @Test
    void orielsOwnVariablesAreRemoved() {
        Map<String, String> environment =
                of(
                        Map.of(
                                "ORIEL_JWT_SECRET", "s",
                                "ORIEL_TOKEN", "t",
                                "ORIEL_WHATEVER_COMES", "u",
                                "oriel_token", "v",
                                "ORIELLE", "hers"));
        assertThat(environment).containsEntry("ORIELLE", "hers");
        assertThat(environment.keySet())
                .noneMatch(n -> n.toUpperCase(Locale.ROOT).startsWith("ORIEL_"));
    }

    @Test
    void theFolderOfTheCliIsAtTheEndOfThePath() {
        assertThat(of(Map.of("PATH", "/usr/bin"))).containsEntry("PATH", "/usr/bin:/opt/bin");
    }

    @Test
    void todoWriteExistsIfAClientNamesItAndNoneOfItsReplacements() {
        assertThat(wanted("TodoWrite", "Read")).containsEntry("CLAUDE_CODE_ENABLE_TASKS", "0");
        assertThat(wanted("Read")).isEmpty();
        assertThat(wanted("TodoWrite", "TaskCreate")).isEmpty();
        Map<String, String> allowed = new HashMap<>();
        CliEnvironment.addOptions(
                allowed, AgentOptions.NONE.withAllowedTools(List.of("TodoWrite")));
        assertThat(allowed).containsKey("CLAUDE_CODE_ENABLE_TASKS");
    }

    private static Map<String, String> wanted(String... tools) {
        Map<String, String> env = new HashMap<>();
        CliEnvironment.addOptions(env, AgentOptions.NONE.withTools(List.of(tools)));
        return env;
    }
}
