package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.demo.DemoPace;
import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.client.ServerKind;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.peer.FakeCompatServer;
import dev.oriel.testing.peer.PeerConnection;
import dev.oriel.testing.peer.TestPeer;
import dev.oriel.testing.server.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// `oriel-server send` in this process, with our own server and with scripted ones.
class SendCommandSocketTest {
    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int send(String... arguments) {
        List<String> line = new ArrayList<>(List.of("send"));
        line.addAll(List.of(arguments));
        CommandLine command = OrielServer.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(line.toArray(String[]::new));
    }

    private String token(RunningServer server) throws Exception {
        return Files.writeString(folder.resolve("the-token"), server.server().token()).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "'', sessions",
        "/enhanced/ws, enhanced",
        "/relay/ws, relay",
        "/ws/claude, oneshot"
    })
    void ourServerAnswersInEveryDialect(String path, String kind) throws Exception {
        try (RunningServer server =
                RunningServer.in(folder, new DemoProvider(DemoPace.instant()))) {
            String url = "ws://127.0.0.1:" + server.port() + path;
            int code =
                    send("--url", url, "--token-file", token(server), "--timeout", "60s", "hello");
            assertThat(err.toString()).isEmpty();
            assertThat(code).isZero();
            assertThat(out.toString()).hasSizeGreaterThan(40).endsWith("\n");
            int found = send("--url", url, "--kind", kind, "--token-file", token(server), "hello");
            assertThat(found).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(value = ServerKind.class, names = "NATIVE", mode = EnumSource.Mode.EXCLUDE)
    void serversOfOtherKindsAnswer(ServerKind kind) throws Exception {
        try (FakeCompatServer server = new FakeCompatServer(kind)) {
            assertThat(send("--url", server.url(), "--timeout", "60s", "good morning")).isZero();
            assertThat(out.toString())
                    .isEqualToNormalizingNewlines(kind.label() + " heard: good morning\n");
        }
    }

    /// A prompt may begin with the name of a file.
    @ParameterizedTest
    @ValueSource(strings = {"@options", "@@options", "@", "@README.md what is this?"})
    void aPromptMayBeginWithAnAtSign(String prompt) throws Exception {
        Path options = Files.writeString(folder.resolve("options"), "--nonsense");
        try (FakeCompatServer server = new FakeCompatServer(ServerKind.ENHANCED)) {
            String said = prompt.replace("options", options.toString());
            assertThat(send("--url", server.url(), "--timeout", "60s", said)).isZero();
            assertThat(out.toString().strip()).endsWith(" heard: " + said);
        }
    }

    @Test
    void framesAreWrittenOnePerLine() throws Exception {
        try (RunningServer server =
                RunningServer.in(folder, new DemoProvider(DemoPace.instant()))) {
            String url = "http://127.0.0.1:" + server.port();
            assertThat(send("--json", "--url", url, "--token-file", token(server), "hello"))
                    .isZero();
            List<String> types = new ArrayList<>();
            for (String line : out.toString().lines().toList()) {
                types.add(Json.mapper().readTree(line).path("type").asText());
            }
            assertThat(types).contains("user", "assistant", "result").doesNotContain("sessions");
        }
    }

    @Test
    void aSessionThatCannotStartFailsWithTheReason() throws Exception {
        ScriptedProvider agents = new ScriptedProvider();
        agents.setUnavailable("There is none. Install it.");
        try (RunningServer server = RunningServer.in(folder, agents)) {
            String url = "http://127.0.0.1:" + server.port();
            assertThat(send("--url", url, "--token-file", token(server), "hello")).isEqualTo(1);
            assertThat(err.toString()).contains("There is none. Install it.");
        }
    }

    @Test
    void theTimeLimitHoldsWhateverTheServerDoes() throws Exception {
        try (RunningServer server = RunningServer.in(folder, new ScriptedProvider());
                TestPeer silent = new TestPeer();
                TestPeer answering = new TestPeer()) {
            // An agent that responds neither to the prompt nor to the interrupt.
            endsInTime(
                    "--url",
                    "http://127.0.0.1:" + server.port(),
                    "--token-file",
                    token(server),
                    "hello");
            // A server that accepts the connection and sends nothing.
            endsInTime("--url", silent.url(), "hello");
            // One that accepts the client and sends nothing more.
            var sent =
                    CompletableFuture.runAsync(
                            () -> endsInTime("--url", answering.url() + "/relay/ws", "hello"));
            PeerConnection caller =
                    answering.accept().upgrade().sendText("{\"type\":\"connected\"}");
            sent.get(Patience.SECONDS, TimeUnit.SECONDS);
            caller.drop();
        }
    }

    private void endsInTime(String... arguments) {
        List<String> line = new ArrayList<>(List.of("--timeout", "3s"));
        line.addAll(List.of(arguments));
        long began = System.nanoTime();
        assertThat(send(line.toArray(String[]::new))).isEqualTo(4);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
        assertThat(err.toString()).contains("the time is over");
        err.getBuffer().setLength(0);
    }

    @Test
    void aSilentServerIsGivenUpAfterTheTimeWithoutProgress() throws Exception {
        try (RunningServer server = RunningServer.in(folder, new ScriptedProvider())) {
            String url = "http://127.0.0.1:" + server.port();
            String file = token(server);
            assertThat(send("--url", url, "--token-file", file, "--no-progress", "1s", "hello"))
                    .isEqualTo(4);
            assertThat(err.toString()).contains("nothing has come from the server for 1 s");
        }
    }

    @Test
    void anAskIsDeniedAndReported() throws Exception {
        try (RunningServer server =
                RunningServer.in(folder, new DemoProvider(DemoPace.instant()))) {
            String url = "http://127.0.0.1:" + server.port();
            send("--url", url, "--token-file", token(server), "--timeout", "60s", "run a command");
            assertThat(err.toString()).contains("denied: ").contains("--permission-mode");
        }
    }

    @Test
    void promptAndTokenAreReadFromStandardInput() throws Exception {
        InputStream before = System.in;
        try (RunningServer server =
                RunningServer.in(folder, new DemoProvider(DemoPace.instant()))) {
            System.setIn(
                    new ByteArrayInputStream(
                            (server.server().token() + "\nhello\nthere\n")
                                    .getBytes(StandardCharsets.UTF_8)));
            String url = "http://127.0.0.1:" + server.port();
            assertThat(send("--url", url, "--token-file", "-", "-")).isZero();
            JsonNode sessions =
                    Json.mapper().readTree(server.call("GET", "/v1/sessions", null).body());
            assertThat(sessions.path("sessions").path(0).path("title").asText()).contains("hello");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void theExitCodeTellsTheOutcome() throws Exception {
        Path none = Files.createFile(folder.resolve("no-token"));
        try (RunningServer server =
                RunningServer.in(folder, new DemoProvider(DemoPace.instant()))) {
            String url = "http://127.0.0.1:" + server.port();
            assertThat(send("--url", url, "--token-file", none.toString(), "hello")).isEqualTo(3);
            assertThat(err.toString()).contains("refused the token");
        }
        assertThat(send("--url", "ws://127.0.0.1:1/ws/claude", "hello")).isEqualTo(3);
        assertThat(err.toString()).contains("No server answers");
        assertThat(send("--url", "nonsense://x", "hello")).isEqualTo(2);
        assertThat(send("--kind", "mainframe", "hello")).isEqualTo(2);
        assertThat(send("--url", "ws://127.0.0.1:1/relay/ws", "--cwd", "/", "hello")).isEqualTo(2);
        assertThat(send("--proxy", "nowhere", "hello")).isEqualTo(2);
        assertThat(send("")).isEqualTo(2);
        assertThat(send()).isEqualTo(2);
        assertThat(err.toString()).contains("--kind must be one of", "takes no folder");
    }

    @Test
    void aFailedAnswerIsAnErrorAndALongOneIsInterrupted() throws Exception {
        try (TestPeer peer = new TestPeer()) {
            String url = peer.url() + "/relay/ws";
            var failing = CompletableFuture.supplyAsync(() -> send("--url", url, "hello"));
            PeerConnection first = peer.accept().upgrade().sendText("{\"type\":\"connected\"}");
            first.receive();
            first.sendText("{\"type\":\"error\",\"error\":\"the agent broke\"}");
            assertThat(failing.get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(err.toString()).contains("the agent broke");

            var lasting =
                    CompletableFuture.supplyAsync(
                            () -> send("--url", url, "--timeout", "1s", "hello"));
            PeerConnection second = peer.accept().upgrade().sendText("{\"type\":\"connected\"}");
            second.receive();
            assertThat(second.receive().path("type").asText()).isEqualTo("interrupt");
            second.sendText(
                    "{\"type\":\"sdk_message\",\"data\":{\"type\":\"result\","
                            + "\"subtype\":\"error_during_execution\",\"is_error\":true}}");
            assertThat(lasting.get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo(4);

            var lost = CompletableFuture.supplyAsync(() -> send("--url", url, "hello"));
            PeerConnection third = peer.accept().upgrade().sendText("{\"type\":\"connected\"}");
            third.receive();
            third.drop();
            assertThat(lost.get(Patience.SECONDS, TimeUnit.SECONDS)).isIn(1, 3);
            await().until(() -> peer.pending() == 0);
        }
    }

    @Test
    void aFailedAnswerReportsTheErrorsOfItsResult() throws Exception {
        try (TestPeer peer = new TestPeer()) {
            String url = peer.url() + "/relay/ws";
            var failing = CompletableFuture.supplyAsync(() -> send("--url", url, "hello"));
            PeerConnection caller = peer.accept().upgrade().sendText("{\"type\":\"connected\"}");
            caller.receive();
            caller.sendText(
                    "{\"type\":\"sdk_message\",\"data\":{\"type\":\"result\","
                            + "\"subtype\":\"error_during_execution\",\"is_error\":true,"
                            + "\"errors\":[\"[ede_diagnostic]"
                            + " x\",\"The hook failed.\"]}}");

            assertThat(failing.get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(err.toString()).contains("The hook failed.").doesNotContain("diagnostic");
        }
    }

    @Test
    void helpListsTheExitCodes() {
        assertThat(send("--help")).isZero();
        assertThat(out.toString()).contains("Exit codes:", "130", "ORIEL_TOKEN", "--proxy");
    }
}
