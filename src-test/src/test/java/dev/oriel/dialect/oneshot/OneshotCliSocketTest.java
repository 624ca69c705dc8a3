package dev.oriel.dialect.oneshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.testing.claude.FakeClaude;
import dev.oriel.testing.claude.FakeTurn;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.client.NativeClient.Closed;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The oneshot dialect with a real process: its output, and its end.
class OneshotCliSocketTest {
    private @TempDir Path folder;
    private FakeClaude fake;
    private ClaudeCli cli;
    private RunningServer server;

    private NativeClient prompted(UnaryOperator<FakeTurn> turn) {
        return prompted(FakeClaude.in(folder.resolve("claude")).turn(turn));
    }

    private NativeClient prompted(FakeClaude program) {
        fake = program.install();
        cli = new ClaudeCli(CliSettings.defaults().withExecutable(fake.executable()));
        server = RunningServer.in(folder, ServerSetUp.withoutToken(), cli);
        NativeClient client = NativeClient.connect(server.port(), "/ws/claude");
        client.send("{\"prompt\":\"Do it\"}");
        return client;
    }

    @AfterEach
    void stop() {
        server.close();
        cli.close();
    }

    private List<Long> processes() {
        return fake.pids().stream()
                .filter(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .toList();
    }

    @Test
    void standardErrorIsSentLineByLineDuringTheRun() {
        NativeClient client = prompted(t -> t.stderr("first\nsecond").hang());
        client.await(f -> f.path("error").asText().equals("first"), "first line");
        client.await(f -> f.path("error").asText().equals("second"), "second line");
        assertThat(client.isOpen()).isTrue();
        assertThat(processes()).isNotEmpty();
        client.close();
        await().atMost(Duration.ofSeconds(6)).until(() -> processes().isEmpty());
    }

    @Test
    void anAnswerIs1000AfterTheProcessHasEnded() {
        NativeClient client = prompted(t -> t.text("Hello there"));
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1000, ""));
        assertThat(client.frames().getLast().path("type").asText()).isEqualTo("result");
        assertThat(client.texts()).noneMatch(t -> t.contains("stream_event"));
        await().until(() -> processes().isEmpty());
    }

    @Test
    void anExitDuringTheTurnIs1011AfterStandardError() {
        NativeClient client = prompted(t -> t.stderr("out of luck").exit(3));
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1011, ""));
        // Two pipes have no common order, but all output precedes the end.
        assertThat(client.frames())
                .anyMatch(f -> f.path("error").asText().equals("out of luck"))
                .anyMatch(f -> f.path("subtype").asText().equals("init"));
    }

    @Test
    void anExitAtTheStartIs1011AfterStandardError() {
        NativeClient client =
                prompted(
                        FakeClaude.in(folder.resolve("claude"))
                                .exitingAtStart(1, "unknown option"));
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1011, ""));
        assertThat(client.frames())
                .extracting(f -> f.path("error").asText())
                .contains("unknown option");
        assertThat(client.frames().getLast().path("error").asText()).isNotBlank();
    }

    @Test
    void aMissingProgramIsReportedThen1011() {
        cli = new ClaudeCli(CliSettings.defaults().withExecutable(folder.resolve("none")));
        server = RunningServer.in(folder, ServerSetUp.withoutToken(), cli);
        NativeClient client = NativeClient.connect(server.port(), "/ws/claude");
        client.send("{\"prompt\":\"Do it\"}");
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1011, ""));
        assertThat(client.frames().getLast().path("error").asText())
                .startsWith("Failed to spawn Claude: ");
    }
}
