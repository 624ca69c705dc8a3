package dev.oriel.agent.api.tool.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script that is run; PowerShell itself is on few machines.
class PowerShellToolTest {
    @TempDir Path folder;

    @Test
    void writesAScriptThatReportsItsLocationAndExitCode() throws IOException {
        PowerShellTool tool = new PowerShellTool(new ShellSession(folder, Map.of()));
        List<String> arguments =
                tool.arguments(
                        "Get-Item 'ü' # end", folder.resolve("it's.ps1"), folder.resolve("cwd"));
        Path file = folder.resolve("it's.ps1");
        assertThat(arguments)
                .containsExactly(
                        "-NoProfile",
                        "-NonInteractive",
                        "-ExecutionPolicy",
                        "Bypass",
                        "-File",
                        file.toString());
        assertThat(Files.readString(file))
                .startsWith("\uFEFF")
                .contains("Remove-Item -LiteralPath '" + folder.resolve("it''s.ps1") + "'")
                .contains("\r\nGet-Item 'ü' # end\r\n$__oriel_ok = $?")
                .contains("WriteAllText('" + folder.resolve("cwd") + "'");
    }

    @Test
    void leavesTheLocationOfABackgroundCommandOut() {
        assertThat(PowerShellTool.text("x", folder, null)).doesNotContain("WriteAllText");
    }
}
