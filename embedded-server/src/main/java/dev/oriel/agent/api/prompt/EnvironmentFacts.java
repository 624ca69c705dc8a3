package dev.oriel.agent.api.prompt;

import dev.oriel.agent.api.tool.shell.ShellEnvironment;
import dev.oriel.platform.OperatingSystem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where the agent works, as it was when its session started. It stays the same for an agent,
/// because a changed system prompt invalidates the API's cache of the whole conversation.
///
/// @param git the state of the repository as git printed it; empty without one, or if git was too
///   slow
public record EnvironmentFacts(
        Path folder, boolean isRepository, String system, LocalDate date, String git) {
    private static final int MAX_OUTPUT = 4_000;
    private static final List<String> GIT =
            List.of(
                    "git",
                    "--no-pager",
                    "--no-optional-locks",
                    "-c",
                    "core.fsmonitor=false",
                    "-c",
                    "core.hooksPath=/dev/null",
                    "-c",
                    "color.ui=false");

    /// Reads the facts. Blocks for the given time at most.
    ///
    /// @param isTrusted whether programs may run that the folder's settings name; git runs only
    ///   then, because a repository can have filters
    /// @param patience how long git may take
    public static EnvironmentFacts read(
            Path folder, boolean isTrusted, LocalDate date, Duration patience) {
        boolean isRepository = isRepository(folder);
        return new EnvironmentFacts(
                folder,
                isRepository,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                date,
                isRepository && isTrusted ? git(folder, patience) : "");
    }

    private static boolean isRepository(Path folder) {
        for (Path each = folder.toAbsolutePath(); each != null; each = each.getParent()) {
            if (Files.exists(each.resolve(".git"))) {
                return true;
            }
        }
        return false;
    }

    private static String git(Path folder, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        CompletableFuture<String> status =
                run(folder, deadline, "status", "--short", "--branch", "--ignore-submodules=all");
        CompletableFuture<String> log =
                run(folder, deadline, "log", "-n", "5", "--format=%h %s", "--no-show-signature");
        String changes = status.join();
        String commits = log.join();
        StringBuilder text = new StringBuilder();
        if (!changes.isEmpty()) {
            text.append("Status (git status --short --branch):\n").append(changes);
        }
        if (!commits.isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n\n").append("Last commits:\n").append(commits);
        }
        return text.toString();
    }

    /// @return completes in time with the output, empty if the program failed
    private static CompletableFuture<String> run(Path folder, long deadline, String... arguments) {
        List<String> command = new ArrayList<>(GIT);
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                ShellEnvironment.limit(new ProcessBuilder(command).directory(folder.toFile()))
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process;
        try {
            process = builder.start();
        } catch (IOException _) {
            return CompletableFuture.completedFuture(""); // there is no git
        }
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name("oriel-git")
                .start(() -> output.complete(outputOf(process)));
        long left = Math.max(1, deadline - System.nanoTime());
        return output.completeOnTimeout("", left, TimeUnit.NANOSECONDS)
                .whenComplete((_, _) -> end(process));
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String outputOf(Process process) {
        try (InputStream in = process.getInputStream()) {
            process.getOutputStream().close();
            byte[] bytes = in.readNBytes(MAX_OUTPUT + 1);
            if (bytes.length <= MAX_OUTPUT && process.waitFor() != 0) {
                return "";
            }
            return cut(new String(bytes, StandardCharsets.UTF_8).strip());
        } catch (IOException _) {
            return "";
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static String cut(String text) {
        if (text.length() <= MAX_OUTPUT) {
            return text;
        }
        int line = text.lastIndexOf('\n', MAX_OUTPUT);
        return text.substring(0, line < 0 ? MAX_OUTPUT : line) + "\n[more is not listed]";
    }

    /// The text for the model.
    public String text() {
        StringBuilder text = new StringBuilder("# Where you work\n\n");
        line(text, "Folder", folder.toString());
        line(text, "Git repository", isRepository ? "yes" : "no");
        line(text, "Operating system", system);
        line(
                text,
                "Shell",
                OperatingSystem.current() == OperatingSystem.WINDOWS ? "PowerShell" : "bash");
        line(text, "Date at the start of this session", date.toString());
        if (!git.isEmpty()) {
            text.append(
                            "\nThe repository when the session started (it has changed since then"
                                    + " wherever you or the user worked):\n\n")
                    .append(git)
                    .append('\n');
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, @Nullable String value) {
        text.append("- ").append(name).append(": ").append(value).append('\n');
    }
}
