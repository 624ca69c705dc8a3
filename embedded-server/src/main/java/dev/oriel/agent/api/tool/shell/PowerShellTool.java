package dev.oriel.agent.api.tool.shell;

import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs commands in PowerShell, on Windows.
final class PowerShellTool extends CommandTool {
    PowerShellTool(ShellSession shell) {
        super(shell);
    }

    @Override
    public String name() {
        return "PowerShell";
    }

    @Override
    public String description() {
        return """
        Runs a command in PowerShell and returns what it prints, errors included. Each call is a \
        new process: only the location is kept for the next call, and it is reset to the session's \
        folder when a command leaves that. Nothing can be typed into a running command.

        - `timeout` is in milliseconds: 120000 by default, 600000 at most. When it has passed, the \
        command goes on in the background; one that begins with `sleep` is ended.
        - Output of more than 30000 characters is saved to a file; you get its beginning and the \
        path.
        - Set `run_in_background` for servers, watchers and long builds; TaskStop ends them.
        - Prefer Read, Edit, Write, Glob and Grep to Get-Content, Set-Content, Get-ChildItem and \
        Select-String. Quote paths that contain spaces. Windows PowerShell 5 does not know `&&`.
        """;
    }

    @Override
    @Nullable Path program(ShellSession session) {
        Path newer = session.find("pwsh.exe");
        return newer == null ? session.find("powershell.exe") : newer;
    }

    /// A script file: a command line on Windows is limited to 32,767 characters, and has rules of
    /// its own for quotes.
    @Override
    List<String> arguments(String command, Path script, @Nullable Path directory)
            throws IOException {
        Files.writeString(PrivateFiles.createNew(script), text(command, script, directory));
        return List.of(
                "-NoProfile",
                "-NonInteractive",
                "-ExecutionPolicy",
                "Bypass",
                "-File",
                script.toString());
    }

    /// The mark at the beginning tells Windows PowerShell that the file is UTF-8.
    static String text(String command, Path file, @Nullable Path directory) {
        return "\uFEFF[Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)\r\n"
                + "$ProgressPreference = 'SilentlyContinue'\r\n"
                + "Remove-Item -LiteralPath "
                + quoted(file.toString())
                + " -ErrorAction SilentlyContinue\r\n"
                + "$global:LASTEXITCODE = 0\r\n"
                + command
                + "\r\n$__oriel_ok = $?\r\n"
                + (directory == null
                        ? ""
                        : "[System.IO.File]::WriteAllText("
                                + quoted(directory.toString())
                                + ", (Get-Location -PSProvider FileSystem).ProviderPath)\r\n")
                + "if ($LASTEXITCODE) { exit $LASTEXITCODE }\r\n"
                + "exit [int](-not $__oriel_ok)\r\n";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
