package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.agent.cli.install.CliTimeouts;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.claude.FakeClaude;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Faults of the CLI as a client sees them, with a real process, server and socket.
class CliFaultsSocketTest {
    private static final CliTimeouts SHORT =
            new CliTimeouts(
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(10));

    @TempDir Path folder;
    private FakeClaude fake;
    private ClaudeCli cli;
    private RunningServer server;
    private UUID session;

    @AfterEach
    void stop() {
        server.close();
        cli.close();
    }

    private void start(UnaryOperator<FakeClaude> script) throws Exception {
        start(script, SessionPolicy.defaults());
    }

    private void start(UnaryOperator<FakeClaude> script, SessionPolicy policy) throws Exception {
        fake = script.apply(FakeClaude.in(folder.resolve("fake"))).install();
        startServer(fake.executable(), policy);
    }

    private void startServer(Path executable, SessionPolicy policy) throws Exception {
        cli = new ClaudeCli(CliSettings.defaults().withExecutable(executable).withTimeouts(SHORT));
        server = RunningServer.in(folder, ServerSetUp.policy(policy), cli);
        session = server.newSession();
    }

    @Test
    void reportsAMissingCliAndKeepsThePrompt() throws Exception {
        fake = FakeClaude.in(folder.resolve("fake"));
        startServer(fake.executable(), SessionPolicy.defaults());
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            String error = client.awaitState("failed").path("error").asText();
            assertThat(error).isNotBlank().doesNotContain(folder.toString(), "Exception");
            fake.install();
            client.sendRequest("oriel_run_queue", Map.of());
            client.await("result");
            assertThat(client.awaitState("idle").has("error")).isFalse();
        }
    }

    @Test
    void reportsAMissingLoginInTheTurn() throws Exception {
        start(f ->
                f.loggedOut()
                        .turn(t ->
                                t.line(
                                                "{\"type\":\"result\",\"subtype\":\"success\","
                                                        + "\"is_error\":true,\"result\":\"Not"
                                                        + " logged in · Please run /login\"}")
                                        .noResult()));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            assertThat(client.await("result").path("result").asText()).startsWith("Not logged in");
            client.awaitState("idle");
        }
        JsonNode agents =
                com.fasterxml.jackson.databind.json.JsonMapper.builder()
                        .build()
                        .readTree(server.call("GET", "/v1/agents", null).body());
        assertThat(agents.at("/agents/0/status").asText()).isEqualTo("not_logged_in");
        assertThat(agents.at("/agents/0/remedy").asText()).isNotBlank();
    }

    @Test
    void reportsTheLastLinesOfACliThatExitsAtOnce() throws Exception {
        start(f -> f.exitingAtStart(7, "cannot find my own feet"));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            assertThat(client.awaitState("failed").path("error").asText()).contains("7");
            assertThat(client.await("system", "oriel_agent_exited").at("/last_words/0").asText())
                    .isEqualTo("cannot find my own feet");
        }
        assertNoProcessRuns();
    }

    @Test
    void skipsMalformedLinesAndReportsThem() throws Exception {
        start(f ->
                f.turn(t ->
                        t.line("Segmentation fault? no, just kidding")
                                .bytes(new byte[] {(byte) 0xFF, (byte) 0xFE, '\n'})
                                .line("{\"half\":")
                                .text("Still here")));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            client.await("result");
            JsonNode notice = client.await("system", "oriel_notice");
            assertThat(notice.path("code").asText()).isEqualTo("garbled");
            assertThat(notice.path("text").asText()).doesNotContain("Segmentation");
            assertThat(client.journaled()).noneMatch(f -> f.toString().contains("half"));
            assertThat(client.await("assistant").toString()).contains("Still here");
        }
    }

    @Test
    void aLineOf20MegabytesArrivesComplete() throws Exception {
        int size = 20 * 1024 * 1024;
        start(f -> f.turn(t -> t.longLine(size)));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            JsonNode whole = client.await("assistant");
            assertThat(whole.at("/message/content/0/text").asText())
                    .hasSizeGreaterThan(size - 1_000);
            client.awaitState("idle");
        }
        try (NativeClient again = server.subscribe(session, 0L)) {
            assertThat(again.await("assistant").toString()).hasSizeGreaterThan(size - 1_000);
        }
    }

    @Test
    void joinsACharacterThatArrivesInPieces() throws Exception {
        byte[] line =
                "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"Größe 🙂 日本\"}]}}\n"
                        .getBytes(StandardCharsets.UTF_8);
        start(f ->
                f.turn(t -> {
                    for (int i = 0; i < line.length; i += 7) {
                        t.bytes(Arrays.copyOfRange(line, i, Math.min(line.length, i + 7)));
                    }
                    return t;
                }));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            assertThat(client.await("assistant").at("/message/content/0/text").asText())
                    .isEqualTo("Größe 🙂 日本");
        }
    }

    @Test
    void anInterruptEndsACliThatHangsAndTheNextPromptResumes() throws Exception {
        start(f ->
                f.ignoringEverything()
                        .turn(t -> t.text("One moment").hang())
                        .turn(t -> t.text("Back again")));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            client.await("assistant");
            client.sendRequest("interrupt", Map.of());
            client.awaitState("interrupting");
            JsonNode exited = client.await("system", "oriel_agent_exited");
            assertThat(exited.path("cause").asText()).isEqualTo("stopped");
            client.awaitState("idle");
            assertNoProcessRuns();
            client.sendPrompt("again");
            Awaitility.await().atMost(Patience.LIMIT).until(() -> fake.launches().size() == 2);
            assertThat(fake.launches().get(1)).contains("--resume=" + session);
        }
    }

    @Test
    void aCrashKeepsThePartialAnswerAndTheNextPromptResumes() throws Exception {
        start(f -> f.turn(t -> t.text("Half of it").stderr("out of memory").exit(137)));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            JsonNode failed = client.awaitState("failed");
            assertThat(failed.path("error").asText()).contains("137");
            assertThat(client.await("system", "oriel_agent_exited").at("/last_words/0").asText())
                    .isEqualTo("out of memory");
            assertThat(client.await("assistant").toString()).contains("Half of it");
            fake = FakeClaude.in(folder.resolve("fake")).turn(t -> t.text("Whole")).install();
            client.sendPrompt("again");
            client.await("result");
            assertThat(fake.launches().getLast()).contains("--resume=" + session);
            client.awaitState("idle");
        }
    }

    @Test
    void twoClientsOfOneSessionReceiveTheSameMessages() throws Exception {
        start(f -> f.turn(t -> t.text("Hello to you both")));
        try (NativeClient one = server.subscribe(session, 0L);
                NativeClient two = server.subscribe(session, 0L)) {
            one.awaitState("idle");
            two.awaitState("idle");
            one.sendPrompt("from one");
            one.await("result");
            two.sendPrompt("from two");
            for (NativeClient each : new NativeClient[] {one, two}) {
                each.await(
                        f ->
                                each.journaled().stream()
                                                .filter(j ->
                                                        j.path("type").asText().equals("result"))
                                                .count()
                                        == 2,
                        "second result");
            }
            assertThat(one.journaled()).isEqualTo(two.journaled());
        }
    }

    @Test
    void theOnlyPlaceForAnAgentGoesToTheNextSession() throws Exception {
        start(
                f -> f.turn(t -> t.ask("Bash", "{\"command\":\"ls\"}").text("Done")),
                new SessionPolicy(Duration.ofMinutes(5), 1, false, null));
        UUID other = server.newSession();
        try (NativeClient one = server.subscribe(session, 0L);
                NativeClient two = server.subscribe(other, 0L)) {
            one.sendPrompt("first");
            JsonNode ask = one.await("control_request");
            two.sendPrompt("second");
            assertThat(two.await("system", "oriel_notice").path("code").asText())
                    .isEqualTo("queued");
            assertThat(fake.launches()).hasSize(1);
            one.sendDecision(
                    ask.path("request_id").asText(),
                    "{\"behavior\":\"allow\",\"updatedInput\":{\"command\":\"ls\"}}");
            one.await("result");
            two.await("control_request");
            assertThat(fake.launches()).hasSize(2);
            Awaitility.await().until(() -> runningProcesses() == 1);
        }
    }

    @Test
    void aDeletedSessionDoesNotKeepThePlaceItWaitedFor() throws Exception {
        start(
                f -> f.turn(t -> t.hang()).turn(t -> t.text("Done")),
                new SessionPolicy(Duration.ofMinutes(5), 1, false, null));
        UUID second = server.newSession();
        UUID third = server.newSession();
        try (NativeClient one = server.subscribe(session, 0L);
                NativeClient two = server.subscribe(second, 0L);
                NativeClient three = server.subscribe(third, 0L)) {
            one.sendPrompt("first");
            one.awaitState("running");
            two.sendPrompt("second");
            two.await("system", "oriel_notice");
            three.sendPrompt("third");
            three.await("system", "oriel_notice");
            server.call("DELETE", "/v1/sessions/" + second, null);
            server.call("DELETE", "/v1/sessions/" + session, null);
            three.awaitState("running");
        }
    }

    @Test
    void anIdleAgentExitsAndTheNextPromptResumes() throws Exception {
        start(f -> f, new SessionPolicy(Duration.ofMillis(200), 10, false, null));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            client.await("result");
            Awaitility.await().until(() -> runningProcesses() == 0);
            assertThat(client.awaitState("idle").has("error")).isFalse();
            client.sendPrompt("again");
            client.await(
                    f ->
                            client.journaled().stream()
                                            .filter(j -> j.path("type").asText().equals("result"))
                                            .count()
                                    == 2,
                    "second result");
            assertThat(fake.launches().get(1)).contains("--resume=" + session);
            assertThat(client.frames())
                    .noneMatch(f -> f.path("subtype").asText().equals("oriel_agent_exited"));
        }
    }

    @Test
    void anAgentThatOnlyRepliedToInitializeExitsWhenIdle() throws Exception {
        start(f -> f, new SessionPolicy(Duration.ofMillis(200), 10, false, null));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendRequest("initialize", Map.of());
            client.await("control_response");
            Awaitility.await().until(() -> runningProcesses() == 0);
        }
    }

    @Test
    void deletingASessionDuringATurnLeavesNoProcess() throws Exception {
        start(f -> f.ignoringEverything().turn(t -> t.childProcess().hang()));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            Awaitility.await().until(() -> fake.pids().size() == 2);
            assertThat(server.call("DELETE", "/v1/sessions/" + session, null).statusCode())
                    .isEqualTo(204);
            assertThat(client.awaitClosed().code()).isEqualTo(4001);
            assertNoProcessRuns();
        }
    }

    private long runningProcesses() {
        return fake.pids().stream()
                .filter(p -> ProcessHandle.of(p).map(ProcessHandle::isAlive).orElse(false))
                .count();
    }

    private void assertNoProcessRuns() {
        Awaitility.await().atMost(Patience.LIMIT).until(() -> runningProcesses() == 0);
    }
}
