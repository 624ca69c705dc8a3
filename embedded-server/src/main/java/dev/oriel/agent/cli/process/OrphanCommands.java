package dev.oriel.agent.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the commands that a CLI leaves running when it dies unexpectedly (out of memory, SIGKILL).
/// They have lost their parent, but inherited a mark in their environment.
///
/// Only commands that were started during the turn in which the CLI died are killed: a server that
/// an earlier turn has left running on purpose continues. Works where there is `/proc`; elsewhere
/// the commands continue.
final class OrphanCommands {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanCommands.class);
    private static final String VARIABLE = "ORIEL_AGENT";
    private static final Path PROC = Path.of("/proc");

    private final String mark = UUID.randomUUID().toString();

    /// Adds the mark to the environment of a process that is about to be started.
    void mark(Map<String, String> environment) {
        environment.put(VARIABLE, mark);
    }

    /// Kills every marked process that was started since the given time.
    void killStartedSince(Instant then) {
        if (!Files.isDirectory(PROC)) {
            return;
        }
        try (Stream<Path> processes = Files.list(PROC)) {
            processes
                    .filter(this::isMarked)
                    .flatMap(p -> handle(p).stream())
                    .filter(p -> startedSince(p, then))
                    .forEach(orphan -> {
                        LOG.info("Killing a command that the agent left running");
                        orphan.destroyForcibly();
                    });
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Cannot search for commands that the agent left running", e);
        }
    }

    private boolean isMarked(Path process) {
        if (!Character.isDigit(process.getFileName().toString().charAt(0))) {
            return false;
        }
        try {
            byte[] environment = Files.readAllBytes(process.resolve("environ"));
            return new String(environment, StandardCharsets.ISO_8859_1)
                    .contains(VARIABLE + "=" + mark + "\0");
        } catch (IOException e) {
            // The process of another user, or one that has ended meanwhile.
            return false;
        }
    }

    private static Optional<ProcessHandle> handle(Path process) {
        return ProcessHandle.of(Long.parseLong(process.getFileName().toString()));
    }

    private static boolean startedSince(ProcessHandle process, Instant then) {
        // The start is computed from the time of boot, which has a resolution of one second.
        return process.info()
                .startInstant()
                .map(started -> !started.isBefore(then.minusSeconds(2)))
                .orElse(false);
    }
}
