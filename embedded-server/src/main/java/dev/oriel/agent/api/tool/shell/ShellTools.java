package dev.oriel.agent.api.tool.shell;

import dev.oriel.agent.api.tool.Tool;
import dev.oriel.platform.OperatingSystem;
import java.util.List;

/// The tools that run commands.
public final class ShellTools {
    private ShellTools() {}

    /// The tools for this operating system.
    ///
    /// @param shell the agent's shell; close it when the agent ends
    public static List<Tool> all(ShellSession shell) {
        return List.of(
                OperatingSystem.current() == OperatingSystem.WINDOWS
                        ? new PowerShellTool(shell)
                        : new BashTool(shell),
                new TaskOutputTool(shell.background()),
                new TaskStopTool(shell.background()));
    }
}
