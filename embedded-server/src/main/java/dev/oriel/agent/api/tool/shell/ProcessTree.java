package dev.oriel.agent.api.tool.shell;

import dev.oriel.platform.OperatingSystem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process and everything that it has started, also what has left its parent. The members are
/// found by their process group and session, by a mark in their environment, and by their parents.
/// A program that leaves all of these on purpose is not found. Thread-safe.
public final class ProcessTree {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessTree.class);
    private static final String VARIABLE = "ORIEL_COMMAND";

    /// How long programs have to tidy up, for example to remove their lock files.
    private static final Duration GRACE = Duration.ofMillis(400);

    private static final Duration MOST = Duration.ofSeconds(5);
    private static final Duration MOST_IN_BACKGROUND = Duration.ofMinutes(1);
    private static final List<String> NEW_SESSION = newSession();

    private final Process root;
    private final String mark;
    private final boolean hasOwnGroup;

    private ProcessTree(Process root, String mark, boolean hasOwnGroup) {
        this.root = root;
        this.mark = mark;
        this.hasOwnGroup = hasOwnGroup;
    }

    /// Starts a process in a session of its own where the system can do that.
    ///
    /// @param builder its command and environment are changed
    /// @param mark identifies the tree in the environment of its members
    /// @throws IOException if it cannot be started
    public static ProcessTree start(ProcessBuilder builder, String mark) throws IOException {
        List<String> command = new ArrayList<>(NEW_SESSION);
        command.addAll(builder.command());
        Map<String, String> environment = builder.environment();
        environment.put(VARIABLE, mark);
        Process root = builder.command(command).start();
        return new ProcessTree(root, VARIABLE + "=" + mark, !NEW_SESSION.isEmpty());
    }

    /// The process that was started.
    public Process root() {
        return root;
    }

    /// Whether the root, or anything that it has started, still runs.
    public boolean isAlive() {
        // Only a process that was started later can be a member, unless numbers have wrapped.
        return root.isAlive() || !members(root.pid(), new HashSet<>()).isEmpty();
    }

    /// Asks all members to end, and kills those that have not after a moment. Blocks until none is
    /// left, at most five seconds, also if the thread is interrupted. On a machine that has too
    /// much to do, the rest are killed by a thread of their own.
    public void end() {
        if (endWithin(MOST, GRACE)) {
            return;
        }
        LOG.warn("A command has processes that are still being ended");
        Thread.ofPlatform()
                .daemon()
                .name("oriel-command-end")
                .start(() -> {
                    if (!endWithin(MOST_IN_BACKGROUND, Duration.ZERO)) {
                        LOG.warn("Cannot end the processes of a command");
                    }
                });
    }

    /// @return whether no member is left
    private boolean endWithin(Duration most, Duration grace) {
        boolean interrupted = Thread.interrupted();
        long start = System.nanoTime();
        Set<Long> strangers = new HashSet<>();
        boolean killing = grace.isZero();
        // Before the list, which takes a while if it is long.
        boolean hasSignalled = root.isAlive() && signalGroup(killing);
        List<ProcessTable.Row> members = members(-1, strangers);
        signal(members, killing, hasSignalled);
        while (!members.isEmpty() || root.isAlive()) {
            Duration passed = Duration.ofNanos(System.nanoTime() - start);
            if (passed.compareTo(most) > 0) {
                break;
            }
            if (killing || passed.compareTo(grace) > 0) {
                killing = true;
                boolean hasGroup = members.stream().anyMatch(m -> m.group() == root.pid());
                signal(members, true, hasGroup && signalGroup(true));
            }
            try {
                root.waitFor(killing ? 5 : 20, TimeUnit.MILLISECONDS);
                if (!root.isAlive()) {
                    Thread.sleep(killing ? 5 : 20);
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
            members = members(-1, strangers);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return members.isEmpty() && !root.isAlive();
    }

    /// @param strangers processes that are known not to be marked; is added to
    private List<ProcessTable.Row> members(long after, Set<Long> strangers) {
        long id = root.pid();
        List<ProcessTable.Row> rows = new ArrayList<>(ProcessTable.list(after));
        Set<Long> found = new HashSet<>();
        found.add(id);
        List<ProcessTable.Row> members = new ArrayList<>();
        boolean grows = true;
        while (grows) {
            grows = false;
            for (var each = rows.iterator(); each.hasNext(); ) {
                ProcessTable.Row row = each.next();
                boolean isMember =
                        row.pid() == id
                                ? root.isAlive()
                                : (hasOwnGroup && (row.group() == id || row.session() == id))
                                        || found.contains(row.parent())
                                        || isMarked(row.pid(), strangers);
                if (isMember) {
                    each.remove();
                    members.add(row);
                    grows |= found.add(row.pid());
                }
            }
        }
        return members;
    }

    private boolean isMarked(long pid, Set<Long> strangers) {
        if (strangers.contains(pid)) {
            return false;
        }
        boolean isMarked = ProcessTable.isMarked(pid, mark);
        if (!isMarked) {
            strangers.add(pid);
        }
        return isMarked;
    }

    /// One signal to the whole group: a member that forks all the time cannot get away.
    ///
    /// @return whether it was sent
    boolean signalGroup(boolean kill) {
        String signal = kill ? "KILL" : "TERM";
        return hasOwnGroup && run("/bin/sh", "-c", "kill -s " + signal + " -- -" + root.pid());
    }

    /// @param hasSignalledGroup whether the members of the root's group have got the signal already
    private void signal(List<ProcessTable.Row> members, boolean kill, boolean hasSignalledGroup) {
        if (OperatingSystem.current() == OperatingSystem.WINDOWS) {
            run("taskkill", "/T", "/F", "/PID", Long.toString(root.pid()));
        }
        for (ProcessTable.Row member : members) {
            if (hasSignalledGroup && member.group() == root.pid()) {
                continue;
            }
            ProcessHandle.of(member.pid()).ifPresent(p -> signal(p, kill));
        }
        if (kill) {
            root.destroyForcibly();
        }
    }

    private static void signal(ProcessHandle process, boolean kill) {
        if (kill || !process.supportsNormalTermination()) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
    }

    /// @return whether it has succeeded
    private static boolean run(String... command) {
        try {
            Process process =
                    ShellEnvironment.limit(new ProcessBuilder(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            return process.waitFor(1, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            LOG.debug("Cannot signal a process group; its members are signalled one by one", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static List<String> newSession() {
        if (OperatingSystem.current() == OperatingSystem.WINDOWS) {
            return List.of();
        }
        Path setsid = onPath("setsid", "/usr/bin:/bin:/usr/local/bin");
        if (setsid != null) {
            return List.of(setsid.toString());
        }
        // macOS has no such program.
        Path perl = Path.of("/usr/bin/perl");
        return Files.isExecutable(perl)
                ? List.of(perl.toString(), "-e", "use POSIX; POSIX::setsid(); exec @ARGV; exit 127")
                : List.of();
    }

    /// Finds a program in the folders of a `PATH`; null if there is none.
    static @Nullable Path onPath(String program, String path) {
        for (String folder : path.split(File.pathSeparator)) {
            if (!folder.isEmpty() && Path.of(folder).isAbsolute()) {
                Path file = Path.of(folder, program);
                if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                    return file;
                }
            }
        }
        return null;
    }
}
