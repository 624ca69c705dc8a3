package dev.oriel.agent.cli.process;

import dev.oriel.agent.cli.install.HostMachine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the CLI processes of this program if the program is killed (SIGKILL, out of memory) and
/// cannot do that itself. Without it an agent would continue its turn unattended.
///
/// A small shell process reads from a pipe which processes exist. The pipe ends when this program
/// ends, however it ends. The shell then sends SIGTERM to the processes, on which the CLI ends its
/// running commands too, and SIGKILL to those that are left a little later. A parent-death signal
/// of the kernel would not be enough: it depends on the thread that started the process, exists on
/// Linux only, and has no second step.
///
/// Without `sh` (Windows), only the end of their input ends the processes. Any thread.
public final class CliWatchdog implements AutoCloseable {
    /// From SIGTERM to SIGKILL, in tenths of a second.
    private static final int TENTHS = 20;

    /// Ignores the signals of a terminal, which are for the program that it watches. The
    /// descendants of a process are known only where the kernel lists children; elsewhere only the
    /// process itself is killed.
    private static final String SCRIPT =
            """
            trap '' INT HUP TERM
            pids=
            while read -r verb pid; do
              case $verb in
                +) pids="$pids $pid" ;;
                -) left=; for p in $pids; do [ "$p" = "$pid" ] || left="$left $p"; done; pids=$left ;;
                .) exit 0 ;;
              esac
            done
            family() { for c in $(cat /proc/$1/task/*/children 2>/dev/null); do echo $c; family $c; done; }
            [ -z "$pids" ] && exit 0
            kill -TERM $pids
            n=0
            while [ $n -lt %s ]; do
              left=; for p in $pids; do kill -0 $p && left="$left $p"; done
              pids=$left
              [ -z "$pids" ] && exit 0
              sleep 0.1; n=$((n+1))
            done
            for p in $pids; do all=$(family $p); kill -KILL $p $all; done
            """
                    .formatted(TENTHS);

    private static final Logger LOG = LoggerFactory.getLogger(CliWatchdog.class);

    private final boolean available;
    private final Set<Long> watched = new HashSet<>(); // guarded by this
    private @Nullable OutputStream pipe; // guarded by this
    private boolean closed; // guarded by this

    public CliWatchdog(HostMachine machine) {
        this.available = !machine.isWindows();
    }

    /// Adds a process that has been started.
    public synchronized void watch(long pid) {
        if (available && !closed && watched.add(pid)) {
            send("+ " + pid);
        }
    }

    /// Removes a process that has ended.
    public synchronized void unwatch(long pid) {
        if (watched.remove(pid)) {
            if (watched.isEmpty()) {
                quit();
            } else {
                send("- " + pid);
            }
        }
    }

    /// Stops watching.
    @Override
    public synchronized void close() {
        closed = true;
        quit();
    }

    /// Under the lock.
    private void quit() {
        OutputStream open = pipe;
        pipe = null;
        if (open != null) {
            try (open) {
                open.write(".\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                LOG.debug("The watchdog had ended before", e);
            }
        }
    }

    private void send(String line) {
        if (pipe == null || !write(line)) {
            restart();
        }
    }

    private boolean write(String line) {
        OutputStream open = pipe;
        if (open == null) {
            return false;
        }
        try {
            open.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            open.flush();
            return true;
        } catch (IOException e) {
            // The shell was ended: another one is started.
            return false;
        }
    }

    private void restart() {
        if (closed || watched.isEmpty()) {
            return;
        }
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(List.of("sh", "-c", SCRIPT))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD);
            pipe = builder.start().getOutputStream();
            watched.forEach(pid -> write("+ " + pid));
        } catch (IOException e) {
            pipe = null;
            LOG.warn(
                    "Agents are not watched: if Oriel is killed, they may continue for a while", e);
        }
    }
}
