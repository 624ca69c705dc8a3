package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.claude.FakeClaude;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.client.SeqCheckingClient;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A subscriber that does not read delays only itself.
class SlowSubscriberSocketTest {
    private static final int LINES = 50_000;

    /// The prompt, `system/init` and the `result`, in addition to the flood.
    private static final long ALL = LINES + 3L;

    @TempDir Path folder;
    private ClaudeCli cli;
    private RunningServer server;

    @AfterEach
    void stop() {
        server.close();
        cli.close();
    }

    private void start(int lineBytes, Duration stuckAfter) {
        FakeClaude fake =
                FakeClaude.in(folder.resolve("fake"))
                        .turn(t -> t.flood(LINES, lineBytes, true))
                        .install();
        cli = new ClaudeCli(CliSettings.defaults().withExecutable(fake.executable()));
        server =
                RunningServer.in(
                        folder, ServerSetUp.limits(ServerSetUp.stuckAfter(stuckAfter)), cli);
    }

    @Test
    void aSubscriberThatStopsReadingLosesNothingAndDelaysNoOther() throws Exception {
        start(1_500, Duration.ofMinutes(5));
        UUID session = server.newSession();
        try (SeqCheckingClient stuck = SeqCheckingClient.connect(server, session, 0);
                SeqCheckingClient fast = SeqCheckingClient.connect(server, session, 0)) {
            stuck.pause();
            long before = usedHeap();
            prompt(session);
            fast.awaitSeq(ALL);
            assertThat(fast.gap()).isEmpty();
            assertThat(stuck.lastSeq()).isLessThan(ALL);
            assertThat(usedHeap() - before)
                    .as("bytes kept for it, of 75 MB that were said")
                    .isLessThan(30L * 1024 * 1024);
            stuck.resume();
            stuck.awaitSeq(ALL);
            assertThat(stuck.gap()).isEmpty();
        }
    }

    @Test
    void aSubscriberThatStaysStuckIsClosedAndCanReconnect() throws Exception {
        start(1_500, Duration.ofSeconds(1));
        UUID session = server.newSession();
        long reached;
        try (SeqCheckingClient stuck = SeqCheckingClient.connect(server, session, 0);
                SeqCheckingClient fast = SeqCheckingClient.connect(server, session, 0)) {
            stuck.pause();
            prompt(session);
            fast.awaitSeq(ALL);
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() ->
                            server.call("GET", "/metrics", null)
                                    .body()
                                    .matches("(?s).*oriel_connections_stuck_total [1-9].*"));
            stuck.resume();
            assertThat(stuck.awaitClosed()).isEqualTo(4008);
            assertThat(stuck.gap()).isEmpty();
            reached = stuck.lastSeq();
            assertThat(reached).isLessThan(ALL);
        }
        try (SeqCheckingClient back = SeqCheckingClient.connect(server, session, reached)) {
            back.awaitSeq(ALL);
            assertThat(back.gap()).isEmpty();
        }
    }

    private void prompt(UUID session) {
        try (NativeClient client = server.subscribe(session, null)) {
            client.sendPrompt("flood");
            client.await("command_lifecycle");
        }
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
