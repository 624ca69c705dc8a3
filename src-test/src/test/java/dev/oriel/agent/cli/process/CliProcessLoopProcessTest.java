package dev.oriel.agent.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentLaunch.Conversation.Fresh;
import dev.oriel.testing.await.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The second process of an agent that is being ended.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The CLIs of this test are shell commands.")
class CliProcessLoopProcessTest {
    private static final String TAKEN = "echo 'Error: Session ID x is already in use.' >&2";

    @TempDir Path folder;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Conversation conversation = new Fresh(UUID.randomUUID());
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final CountDownLatch starting = new CountDownLatch(1);
    private final CountDownLatch mayStart = new CountDownLatch(1);

    @AfterEach
    void close() {
        clock.shutdownNow();
    }

    private CliProcess shell(String script) throws IOException {
        return CliProcess.start(
                List.of("/bin/sh", "-c", script), folder, Map.of("PATH", "/usr/bin:/bin"));
    }

    private CliProcessLoop start(String script, CliProcessLoop.ProcessStarter starter)
            throws IOException {
        CliProcess first = shell(script);
        return CliProcessLoop.start(
                first,
                conversation,
                starter,
                new StdinWriter(first),
                new ExitReasonTracker(conversation),
                new CliProcessLoop.OutputListener() {
                    @Override
                    public void onLine(byte[] line) {}

                    @Override
                    public void onLineTooLong() {}

                    @Override
                    public void onStderr(List<String> lines) {}

                    @Override
                    public void onExited(CliProcess process, int code, List<String> stderr) {
                        exit.complete(code);
                    }
                },
                clock);
    }

    private int exitCode() throws Exception {
        return exit.get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void aProcessThatIsBeingStartedIsKilledToo() throws Exception {
        CliProcessLoop loop =
                start(
                        TAKEN + "; exit 1",
                        _ -> {
                            starting.countDown();
                            awaitPermission();
                            return shell("exec sleep 600");
                        });
        assertThat(starting.await(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
        Thread killer = Thread.ofVirtual().start(loop::kill);
        mayStart.countDown();
        killer.join();
        assertThat(exitCode()).as("killed by SIGKILL").isEqualTo(137);
    }

    private void awaitPermission() throws IOException {
        try {
            mayStart.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void noProcessIsStartedOnceTheAgentIsToEnd() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        CliProcessLoop loop =
                start(
                        "read line; " + TAKEN + "; exit 1",
                        _ -> {
                            second.countDown();
                            return shell("exec sleep 600");
                        });
        loop.closeInput();
        assertThat(exitCode()).isEqualTo(1);
        assertThat(second.getCount()).as("a second process").isEqualTo(1);
    }
}
