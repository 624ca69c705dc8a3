package dev.oriel.agent.api.tool.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What programs see of the server's environment.
class ShellEnvironmentTest {
    @Test
    void programsOfTheAgentGetNoKeys() {
        ProcessBuilder builder = new ProcessBuilder("rg");
        builder.environment()
                .putAll(
                        Map.of(
                                "ANTHROPIC_API_KEY", "sk-ant-canary",
                                "ORIEL_TOKEN", "sk-ant-canary",
                                "RIPGREP_CONFIG_PATH", "/etc/passwd",
                                "LANG", "C.UTF-8"));
        assertThat(ShellEnvironment.limit(builder)).isSameAs(builder);
        assertThat(builder.environment())
                .containsEntry("LANG", "C.UTF-8")
                .doesNotContainKeys("ANTHROPIC_API_KEY", "ORIEL_TOKEN", "RIPGREP_CONFIG_PATH")
                .doesNotContainValue("sk-ant-canary");
    }
}
