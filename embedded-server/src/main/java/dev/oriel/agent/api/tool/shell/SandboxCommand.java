package dev.oriel.agent.api.tool.shell;

import dev.oriel.platform.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs commands so that they can read everything, but write only into some folders. Uses
/// bubblewrap on Linux and `sandbox-exec` on macOS. Immutable.
final class SandboxCommand {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxCommand.class);
    private static final Path MACOS = Path.of("/usr/bin/sandbox-exec");

    private final Path program;
    private final boolean isBubblewrap;

    private SandboxCommand(Path program, boolean isBubblewrap) {
        this.program = program;
        this.isBubblewrap = isBubblewrap;
    }

    /// Finds the system's sandbox, and tries it: it can be installed and forbidden. Blocks, a few
    /// seconds at most.
    ///
    /// @param path the folders to look in, like `PATH`
    /// @return null if there is none that works
    static @Nullable SandboxCommand find(String path) {
        SandboxCommand found =
                switch (OperatingSystem.current()) {
                    case LINUX -> {
                        Path bubblewrap = ProcessTree.onPath("bwrap", path);
                        yield bubblewrap == null ? null : new SandboxCommand(bubblewrap, true);
                    }
                    case MACOS ->
                            Files.isExecutable(MACOS) ? new SandboxCommand(MACOS, false) : null;
                    case WINDOWS -> null;
                };
        return found != null && found.works() ? found : null;
    }

    private boolean works() {
        try {
            Path here = Path.of("/");
            Process process =
                    ShellEnvironment.limit(
                                    new ProcessBuilder(
                                            around(
                                                    List.of("/bin/sh", "-c", "exit 0"),
                                                    here,
                                                    List.of())))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            if (process.waitFor(5, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
        } catch (IOException e) {
            LOG.debug("The sandbox cannot be tried", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /// The command line that runs a command in the sandbox.
    ///
    /// @param cwd where it starts
    /// @param writable folders into which it can write; those that do not exist are left out
    List<String> around(List<String> command, Path cwd, List<Path> writable) {
        List<Path> existing = writable.stream().filter(Files::isDirectory).toList();
        List<String> line = new ArrayList<>(List.of(program.toString()));
        if (isBubblewrap) {
            line.addAll(List.of("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"));
            for (Path folder : existing) {
                line.addAll(List.of("--bind", folder.toString(), folder.toString()));
            }
            // Its processes see no others, and end with it.
            line.addAll(List.of("--unshare-pid", "--die-with-parent"));
            line.addAll(List.of("--chdir", cwd.toString(), "--"));
        } else {
            line.addAll(List.of("-p", profile(existing)));
        }
        line.addAll(command);
        return line;
    }

    /// The rules for `sandbox-exec`: the last one that fits holds.
    static String profile(List<Path> writable) {
        return "(version 1)(allow default)(deny file-write*)"
                + "(allow file-write* (subpath \"/dev\")"
                + writable.stream()
                        .map(SandboxCommand::real)
                        .map(f -> "(subpath \"" + escaped(f.toString()) + "\")")
                        .collect(Collectors.joining())
                + ")";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath(); // /tmp is a link on macOS
        } catch (IOException e) {
            return folder;
        }
    }
}
