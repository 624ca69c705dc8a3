package dev.oriel.agent.api.tool.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import dev.oriel.testing.api.RecordedCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Commands in the sandbox of the system, where there is one.
@EnabledOnOs(value = OS.LINUX, disabledReason = "The test uses bubblewrap.")
class SandboxCommandProcessTest {
    /// In milliseconds; only one of the commands takes that long.
    private static final int TIMEOUT = 5000;

    @TempDir Path root;

    /// Beside the folder for temporary files, which can be written in the sandbox.
    private final Path outside = Path.of("/var/tmp", "oriel-sandbox-" + UUID.randomUUID());

    @AfterEach
    void remove() throws IOException {
        Files.deleteIfExists(outside);
    }

    private ToolOutcome run(boolean wantsSandbox, boolean leavesSandbox, String command)
            throws Exception {
        Path folder = Files.createDirectories(root.toRealPath().resolve("work"));
        RecordedCalls calls = new RecordedCalls(folder, root.resolve("private"));
        try (ShellSession shell = new ShellSession(folder, System.getenv(), wantsSandbox)) {
            assumeTrue(
                    !wantsSandbox || String.valueOf(shell.sandboxNotice()).contains("in a sandbox"),
                    "bubblewrap is not installed, or may not be used here");
            ObjectNode input = Json.object().put("command", command).put("timeout", TIMEOUT);
            return leavesSandbox
                    ? calls.callAnswered(
                            new BashTool(shell),
                            input.put("dangerouslyDisableSandbox", true),
                            Json.object())
                    : calls.call(new BashTool(shell), input.put("dangerouslyDisableSandbox", true));
        }
    }

    @Test
    void letsCommandsWriteIntoTheFolderOnly() throws Exception {
        String command = "mkdir sub && cd sub && echo a > b && cat b && touch '" + outside + "'";
        ToolOutcome outcome = run(true, false, command);
        assertThat(outcome.content().asText())
                .startsWith("Exit code 1\na\n")
                .contains("Read-only file system");
        assertThat(outside).doesNotExist();
        assertThat(root.resolve("work/sub/b")).hasContent("a\n");
    }

    @Test
    void endsAllProcesses() throws Exception {
        // Begins with a wait, so that it does not go on in the background.
        String command =
                "sleep 0; trap '' TERM; setsid sleep 954321 & (sleep 954321 &); sleep 954321";
        assertThat(run(true, false, command).content().asText()).contains("timed out");
        assertThat(
                        ProcessHandle.allProcesses()
                                .filter(p ->
                                        List.of(p.info().arguments().orElse(new String[0]))
                                                .contains("954321")))
                .isEmpty();
    }

    @Test
    void keepsTheWorkingDirectory() throws Exception {
        ToolOutcome outcome = run(true, false, "cd /; echo a");
        assertThat(outcome.content().asText()).startsWith("a\nShell cwd was reset to ");
    }

    @Test
    void leavesTheSandboxOnlyIfTheUserWasAsked() throws Exception {
        assertThat(run(true, true, "touch '" + outside + "'")).isInstanceOf(ToolOutcome.Ok.class);
        assertThat(outside).exists();
    }

    @Test
    void isNotUsedUnlessItIsWanted() throws Exception {
        assertThat(run(false, false, "touch '" + outside + "'")).isInstanceOf(ToolOutcome.Ok.class);
        assertThat(new ShellSession(root, Map.of()).sandboxNotice()).isNull();
    }

    @Test
    void saysWhenThereIsNone() {
        ShellSession shell = new ShellSession(root, Map.of("PATH", root.toString()), true);
        assertThat(shell.sandboxNotice()).startsWith("Commands run without a sandbox");
    }

    @Test
    void refusesASandboxThatDoesNotWork() throws IOException {
        Path broken = root.resolve("bwrap");
        Files.writeString(broken, "#!/bin/sh\nexit 1\n");
        assertThat(broken.toFile().setExecutable(true)).isTrue();
        assertThat(SandboxCommand.find(root.toString())).isNull();
    }

    @Test
    void quotesFoldersInTheRulesOfMacos() {
        assertThat(SandboxCommand.profile(Stream.of("/a\"b", "/c\\d").map(Path::of).toList()))
                .isEqualTo(
                        "(version 1)(allow default)(deny file-write*)(allow file-write* (subpath"
                                + " \"/dev\")(subpath \"/a\\\"b\")(subpath \"/c\\\\d\"))");
        assertThat(SandboxCommand.profile(List.of())).endsWith("(subpath \"/dev\"))");
    }
}
