package dev.oriel.agent.cli.process;

import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentLaunch.Conversation.Fresh;
import dev.oriel.agent.AgentLaunch.Conversation.Resumed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The process behind an agent, from its start until it is certain that nothing more comes. Nearly
/// always that is one process; only where a new conversation turns out to exist already, a second
/// one takes its place before it has spoken.
public final class CliProcessLoop implements ProcessEscalation.Target {
    /// Starts the process of a conversation.
    public interface Starter {
        CliProcess start(Conversation conversation) throws IOException;
    }

    /// Told once when it is over, on a thread that may block.
    public interface ExitListener {
        /// @param code the exit code
        /// @param words the last lines on standard error
        void onExited(int code, List<String> words);
    }

    private static final Logger LOG = LoggerFactory.getLogger(CliProcessLoop.class);
    private static final Duration ORPHAN_CHECK = Duration.ofSeconds(1);

    private final Starter starter;
    private final Conversation conversation;
    private final ScheduledExecutorService clock;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile CliProcess process;

    private CliProcessLoop(
            Starter starter, Conversation conversation, ScheduledExecutorService clock)
            throws IOException {
        this.starter = starter;
        this.conversation = conversation;
        this.clock = clock;
        this.process = starter.start(conversation);
    }

    public static CliProcessLoop start(
            Starter starter, Conversation conversation, ScheduledExecutorService clock)
            throws IOException {
        return new CliProcessLoop(starter, conversation, clock);
    }

    void send(byte[] line) {
        process.send(line);
    }

    @Override
    public void closeInput() {
        process.closeInput();
    }

    @Override
    public void terminate() {
        process.terminate();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    /// Kills what the process has left running, if it was started since then.
    public void killOrphans(Instant since) {
        process.killOrphans(since);
    }

    /// Begins to read, on a thread of its own.
    public void startReading(
            LineReader.LineListener lines,
            ExitReasonTracker fate,
            StdinQueue outbox,
            ExitListener end) {
        if (conversation instanceof Resumed) {
            fate.resumes();
        }
        Thread.ofPlatform()
                .daemon()
                .name("oriel-cli-" + process.pid())
                .start(() -> run(lines, fate, outbox, end));
    }

    private void run(
            LineReader.LineListener lines,
            ExitReasonTracker fate,
            StdinQueue outbox,
            ExitListener end) {
        try {
            read(process, lines, end);
            if (conversation instanceof Fresh(var id)
                    && fate.conversationExists(process.stderrTail())) {
                fate.resumes();
                process = starter.start(new Resumed(id));
                outbox.replay();
                read(process, lines, end);
            }
        } catch (IOException e) {
            LOG.warn("The agent could not be started a second time", e);
        } catch (RuntimeException e) {
            LOG.error("A listener of an agent failed; the agent is ended", e);
            process.kill();
        }
        if (!process.output().isAbandoned()) {
            finish(end);
        }
    }

    private void read(CliProcess now, LineReader.LineListener lines, ExitListener end) {
        now.onExit().thenRun(() -> checkForOrphan(now, -1, end));
        new LineReader(now.output(), LineReader.maxLineBytes(), lines).readAll();
    }

    /// A command that outlives the CLI may hold its pipe open; then nothing more is waited for.
    private void checkForOrphan(CliProcess gone, long readsBefore, ExitListener end) {
        if (ended.get() || gone != process) {
            return;
        }
        if (gone.output().abandonIfIdleSince(readsBefore)) {
            Thread.ofPlatform()
                    .daemon()
                    .name("oriel-cli-end-" + gone.pid())
                    .start(() -> finish(end));
            return;
        }
        long reads = gone.output().reads();
        clock.schedule(
                () -> checkForOrphan(gone, reads, end),
                ORPHAN_CHECK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void finish(ExitListener end) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        CliProcess last = process;
        last.closeInput();
        if (!last.waitFor(ORPHAN_CHECK)) {
            // It has closed its output and lives on: nothing can come of it any more.
            last.kill();
        }
        end.onExited(last.waitForExitCode(), last.stderrTail());
    }
}
