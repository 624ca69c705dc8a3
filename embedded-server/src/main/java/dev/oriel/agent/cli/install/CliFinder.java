package dev.oriel.agent.cli.install;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Finds the user's own CLI: the configured one, else one on `PATH`, else one in the usual folders.
/// Oriel never bundles a CLI, because its licence forbids that.
public final class CliFinder {
    private static final List<String> WINDOWS_NAMES = List.of("claude.exe", "claude.cmd");
    private static final List<String> OTHER_NAMES = List.of("claude");

    private CliFinder() {}

    /// @return empty if there is none. A configured one that does not exist is not replaced by
    ///   another
    public static Optional<Path> find(CliSettings settings, HostMachine machine) {
        Path set = settings.executable();
        if (set != null) {
            return Optional.of(set.toAbsolutePath()).filter(CliFinder::isProgram);
        }
        for (Path folder : InstallFolders.of(machine)) {
            for (String name : machine.isWindows() ? WINDOWS_NAMES : OTHER_NAMES) {
                Path candidate = folder.resolve(name);
                if (isProgram(candidate)) {
                    return Optional.of(unwrapped(candidate));
                }
            }
        }
        return Optional.empty();
    }

    /// npm's `claude.cmd` is a script around the program. The script would put a shell, which has
    /// its own rules of quoting, between Oriel and the process that Oriel must be able to end. The
    /// program itself is in a folder beside it.
    private static Path unwrapped(Path found) {
        if (!String.valueOf(found.getFileName()).endsWith(".cmd")) {
            return found;
        }
        Path program =
                found.resolveSibling("node_modules/@anthropic-ai/claude-code/bin/claude.exe");
        return isProgram(program) ? program : found;
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
