package dev.oriel.agent.cli.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.McpRegistry.Scope;
import dev.oriel.message.Json;
import dev.oriel.platform.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliMcpRegistryProcessTest {
    /// More than a pipe holds.
    private static final String LONG = "x".repeat(200_000);

    @TempDir Path folder;

    private void add(String script, ObjectNode server, Duration patience)
            throws IOException, AgentUnavailableException {
        Path cli = Files.writeString(folder.resolve("claude"), "#!/bin/sh\n" + script + "\n");
        assertThat(cli.toFile().setExecutable(true)).isTrue();
        HostMachine machine =
                new HostMachine(
                        OperatingSystem.LINUX, folder, folder, Map.of("PATH", "/usr/bin:/bin"));
        new CliMcpRegistry(CliSettings.defaults().withExecutable(cli), machine, patience)
                .add(folder, Scope.PROJECT, "files", server);
    }

    private void add(String script, ObjectNode server)
            throws IOException, AgentUnavailableException {
        add(script, server, Duration.ofSeconds(20));
    }

    private static ObjectNode server() {
        return Json.object().put("command", "npx");
    }

    @Test
    void theCliReadsTheServerFromItsStandardInput() throws Exception {
        add("echo \"$@\" > arguments; cat > input", server());

        assertThat(folder.resolve("arguments"))
                .hasContent("mcp add-json --scope project -- files -");
        assertThat(folder.resolve("input")).hasContent("{\"command\":\"npx\"}");
    }

    @Test
    void aCliThatRefusesWithoutReadingIsQuoted() {
        ObjectNode server = server();
        server.putObject("env").put("KEY", LONG);
        assertThatThrownBy(() -> add("exec <&-; echo 'It is too old.' >&2; exit 1", server))
                .isInstanceOf(AgentUnavailableException.class)
                .hasMessage("The claude CLI did not add it: It is too old.");
    }

    @Test
    void aCliThatReadsNothingIsGivenUp() {
        ObjectNode server = server();
        server.putObject("env").put("KEY", LONG);
        assertThatThrownBy(() -> add("exec sleep 60", server, Duration.ofMillis(200)))
                .isInstanceOf(AgentUnavailableException.class)
                .hasMessageContaining("in time");
    }

    @Test
    void aCliThatGivesNoReasonIsReported() {
        assertThatThrownBy(() -> add("exit 3", server()))
                .hasMessage("The claude CLI did not add it: it gave no reason.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'command':'npx','env':{'KEY':'sk-secret-1'}}",
                "{'command':'npx','args':['--key','sk-secret-1']}",
                "{'type':'http','url':'https://example.org/?key=sk-secret-1'}",
                "{'type':'http','url':'https://example.org/','headers':{'X-Key':'sk-secret-1'}}",
            })
    void whatTheCliRepeatsHasNoKeys(String server) throws Exception {
        ObjectNode json = Json.parseStored(server.replace('\'', '"'));
        assertThatThrownBy(() -> add("echo \"Cannot add: $(cat)\"; exit 1", json))
                .hasMessageStartingWith("The claude CLI did not add it: Cannot add:")
                .hasMessageNotContaining("sk-secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat; exit 1",
                "cat > input; printf 'Cannot add first\nsk-\"secret\"'; exit 1",
            })
    void aKeyIsHiddenHoweverItIsWritten(String script) {
        ObjectNode server = server();
        server.putObject("env").put("KEY", "first\nsk-\"secret\"");
        assertThatThrownBy(() -> add(script, server))
                .hasMessageContaining("(hidden)")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aPathOfThisMachineIsNotPartOfTheReason() {
        assertThatThrownBy(() -> add("echo \"Cannot write $(pwd)/.mcp.json\"; exit 1", server()))
                .hasMessageEndingWith("Cannot write …/.mcp.json");
    }
}
