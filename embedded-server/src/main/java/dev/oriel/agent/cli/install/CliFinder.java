package dev.oriel.agent.cli.install;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Finds the person's own CLI: the one that is set, else on `PATH`, else in the usual places. Oriel
/// never brings one along: its licence forbids that.
public final class CliFinder {
    private static final List<String> WINDOWS_NAMES = List.of("claude.exe", "claude.cmd");
    private static final List<String> OTHER_NAMES = List.of("claude");

    private CliFinder() {}

    /// The executable, or empty if there is none. A set one that does not exist is not replaced by
    /// another.
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

    /// npm's `claude.cmd` is a script around the real program: a shell between us and the process
    /// we must be able to end, with its own rules of quoting. The program itself lies beside it.
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
