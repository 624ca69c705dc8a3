package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.gateway.ServerStartException;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.process.SmallDisk;
import dev.oriel.testing.server.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full or read-only, and a folder in use.
class DiskFaultsSocketTest {
    @TempDir Path folder;
    private final ScriptedProvider provider = new ScriptedProvider();

    @Test
    void aFullDiskMakesTheSessionWaitAndLosesNothing() throws Exception {
        try (SmallDisk disk = disk()) {
            UUID session;
            try (RunningServer server = RunningServer.in(folder, provider)) {
                session = server.newSession();
                try (NativeClient client = server.subscribe(session, 0L)) {
                    client.sendPrompt("hello");
                    ScriptedAgent agent = provider.awaitAgent(0, 1);
                    client.awaitState("running");
                    disk.fill();
                    // On a thread of its own, as a real agent: it blocks while the disk is full.
                    Thread speaker = Thread.ofVirtual().start(() -> tellMuch(agent));
                    JsonNode notice = client.await("system", "oriel_notice");
                    assertThat(notice.path("code").asText()).isEqualTo("journal");
                    assertThat(notice.path("text").asText()).contains("disk is full");
                    long shown = client.seqs().getLast();
                    assertThat(shown).isLessThan(21);
                    // A new subscriber is served with what is journaled.
                    try (NativeClient late = server.subscribe(session, 0L)) {
                        late.awaitState("running");
                        assertThat(late.seqs()).hasSize((int) shown);
                    }
                    disk.free();
                    client.awaitState("idle");
                    speaker.join();
                    assertThat(client.seqs()).isEqualTo(seqs(22));
                }
            }
            try (RunningServer server = RunningServer.in(folder, provider);
                    NativeClient client = server.subscribe(session, 0L)) {
                client.awaitState("idle");
                assertThat(client.seqs()).isEqualTo(seqs(22));
            }
        }
    }

    private static void tellMuch(ScriptedAgent agent) {
        for (int i = 0; i < 20; i++) {
            agent.emitText("%d %s".formatted(i, "x".repeat(100_000)));
        }
        agent.emitResult();
    }

    @Test
    void aPromptThatCannotBeStoredIsRejected() throws Exception {
        try (SmallDisk disk = disk();
                RunningServer server = RunningServer.in(folder, provider)) {
            UUID session = server.newSession();
            try (NativeClient client = server.subscribe(session, 0L)) {
                client.awaitState("idle");
                disk.fill();
                UUID uuid = UUID.randomUUID();
                String text = "x".repeat(300_000);
                client.sendPrompt(uuid, text);
                JsonNode error = client.await("error");
                assertThat(error.at("/error/code").asText()).isEqualTo("unavailable");
                assertThat(error.at("/error/message").asText()).contains("disk is full");
                disk.free();
                client.sendPrompt(uuid, text);
                provider.awaitAgent(0, 1).emitResult();
                client.await("result");
                assertThat(provider.agents().getFirst().prompts()).hasSize(1);
            }
        }
    }

    @Test
    void aReadOnlyFolderIsReportedAtTheStart() throws Exception {
        try (SmallDisk disk = disk()) {
            RunningServer.in(folder, provider).close();
            disk.makeReadOnly();
            assertThatThrownBy(() -> RunningServer.in(folder, provider))
                    .cause()
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("cannot be written")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(folder.toString()));
        }
    }

    @Test
    void aFolderThatAnotherServerUsesIsNotTouched() {
        try (RunningServer first = RunningServer.in(folder, provider)) {
            assertThatThrownBy(() -> RunningServer.in(folder, provider))
                    .cause()
                    .hasMessageContaining("Another Oriel is using this data folder");
            assertThat(first.port()).isPositive();
        }
        RunningServer.in(folder, provider).close();
    }

    private SmallDisk disk() throws IOException {
        SmallDisk disk = SmallDisk.mount(folder.resolve("data"), 8);
        assumeTrue(disk.isMounted(), "skipped: this machine lets nobody mount a small disk");
        return disk;
    }

    private static List<Long> seqs(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
