package dev.oriel.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/// Runs tools of the JDK in this process and other programs in their own. A failure throws.
final class BuildTools {
    private BuildTools() {}

    /// @param name `jar`, `jlink`, `jmod` or `jpackage`
    static void runJdkTool(String name, List<String> arguments) {
        ToolProvider tool =
                ToolProvider.findFirst(name)
                        .orElseThrow(() -> new IllegalStateException("the JDK has no " + name));
        int code = tool.run(System.out, System.err, arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException(name + " failed with " + code);
        }
    }

    static void run(Path folder, Map<String, String> environment, List<String> command)
            throws InterruptedException {
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
            builder.environment().putAll(environment);
            int code = builder.start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(command.getFirst() + " failed with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(command.getFirst() + " cannot be run", e);
        }
    }

    /// Returns true if a program can be run.
    static boolean isInstalled(String program) {
        try {
            Process process =
                    new ProcessBuilder(program, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.onExit().join();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @SafeVarargs
    static List<String> concat(List<String>... parts) {
        List<String> all = new ArrayList<>();
        for (List<String> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
