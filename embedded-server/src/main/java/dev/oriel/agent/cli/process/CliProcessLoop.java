package dev.oriel.agent.cli.process;

import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentLaunch.Conversation.Resumed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the output of an agent's CLI, on a thread of its own, until it is certain that nothing
/// more comes. Nearly always that is one process. If a new conversation turns out to exist already,
/// a second process, which resumes it, takes the place of the first before that has written a
/// message.
public final class CliProcessLoop implements ProcessEscalation.Target {
    /// Starts the process of a conversation.
    public interface ProcessStarter {
        CliProcess start(Conversation conversation) throws IOException;

        /// The CLI is too old to report hooks. It is started once more, without the flag for that.
        default void omitHookEvents() {}
    }

    /// Receives the output of the CLI, and its end. On threads of the loop, which may block.
    public interface OutputListener extends LineReader.LineListener {
        /// Lines of standard error, on a thread of their own.
        void onStderr(List<String> lines);

        /// The CLI has ended. Called once. Standard error may still follow, from a process that has
        /// inherited it.
        ///
        /// @param process the last process
        /// @param code its exit code
        /// @param stderr its last lines on standard error
        void onExited(CliProcess process, int code, List<String> stderr);
    }

    private static final Logger LOG = LoggerFactory.getLogger(CliProcessLoop.class);
    private static final Duration ORPHAN_CHECK = Duration.ofSeconds(1);

    /// What a process wrote before it ended is read at once, except on a machine under load.
    private static final Duration STDERR_PATIENCE = Duration.ofSeconds(1);

    private final ProcessStarter starter;
    private final Conversation conversation;
    private final StdinWriter stdin;
    private final ExitReasonTracker exitReason;
    private final OutputListener listener;
    private final ScheduledExecutorService clock;
    private final AtomicBoolean ended = new AtomicBoolean();
    private boolean ending; // guarded by this
    private volatile CliProcess process; // written by the reading thread, guarded by this
    private volatile StderrTail stderr; // of the process; written by the reading thread

    private CliProcessLoop(
            CliProcess process,
            Conversation conversation,
            ProcessStarter starter,
            StdinWriter stdin,
            ExitReasonTracker exitReason,
            OutputListener listener,
            ScheduledExecutorService clock) {
        this.process = process;
        this.conversation = conversation;
        this.starter = starter;
        this.stdin = stdin;
        this.exitReason = exitReason;
        this.listener = listener;
        this.clock = clock;
        this.stderr = readStderr(process);
    }

    private StderrTail readStderr(CliProcess of) {
        return new StderrTail(of.stderr(), "oriel-cli-" + of.pid() + "-err", listener::onStderr);
    }

    /// Starts to read.
    ///
    /// @param process of the conversation
    /// @param starter starts the second process, if one is needed
    /// @param stdin writes to the process, and is switched to the second one
    public static CliProcessLoop start(
            CliProcess process,
            Conversation conversation,
            ProcessStarter starter,
            StdinWriter stdin,
            ExitReasonTracker exitReason,
            OutputListener listener,
            ScheduledExecutorService clock) {
        var loop =
                new CliProcessLoop(
                        process, conversation, starter, stdin, exitReason, listener, clock);
        Thread.ofPlatform().daemon().name("oriel-cli-" + process.pid()).start(loop::run);
        return loop;
    }

    @Override
    public synchronized void closeInput() {
        ending = true;
        stdin.close();
    }

    @Override
    public synchronized void terminate() {
        ending = true;
        process.terminate();
    }

    @Override
    public synchronized void kill() {
        ending = true;
        process.kill();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    /// Reads another process in the place of one that ended without output, unless the agent is to
    /// end: nothing would end that process.
    private void replace(Conversation by) throws IOException {
        synchronized (this) {
            if (ending) {
                return;
            }
            process = starter.start(by);
            stderr = readStderr(process);
            stdin.switchTo(process);
        }
        read(process);
    }

    private void run() {
        try {
            read(process);
            if (exitReason.hasNoHookEvents(stderrTail())) {
                starter.omitHookEvents();
                replace(conversation);
            }
            if (!(conversation instanceof Resumed) && exitReason.resumeIfTaken(stderrTail())) {
                replace(new Resumed(conversation.id()));
            }
        } catch (IOException e) {
            LOG.warn("The second process of an agent could not be started", e);
        } catch (RuntimeException e) {
            LOG.error("The listener of an agent failed; the agent is ended", e);
            kill();
        }
        if (!process.stdout().isAbandoned()) {
            finish();
        }
    }

    private void read(CliProcess now) {
        now.onExit().thenRun(() -> checkForOrphan(now, -1));
        new LineReader(now.stdout(), LineReader.maxLineBytes(), listener).readAll();
    }

    /// A command that outlives the CLI may hold its pipe open. The pipe is then not read any more.
    private void checkForOrphan(CliProcess exited, long readsBefore) {
        if (ended.get() || exited != process) {
            return;
        }
        if (exited.stdout().abandonIfIdleSince(readsBefore)) {
            Thread.ofPlatform().daemon().name("oriel-cli-end-" + exited.pid()).start(this::finish);
            return;
        }
        long reads = exited.stdout().reads();
        clock.schedule(
                () -> checkForOrphan(exited, reads),
                ORPHAN_CHECK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void finish() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        CliProcess last = process;
        stdin.close();
        if (!last.waitFor(ORPHAN_CHECK)) {
            // It has closed its output but lives on, so that nothing more can come of it.
            last.kill();
        }
        listener.onExited(last, last.waitForExitCode(), stderrTail());
    }

    private List<String> stderrTail() {
        return stderr.awaitLines(STDERR_PATIENCE);
    }
}
