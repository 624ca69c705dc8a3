package dev.oriel.dialect.oneshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.dialect.files.WorkFolder;
import dev.oriel.gateway.DialectPort;
import dev.oriel.gateway.DialectSettings;
import dev.oriel.gateway.ServerConfig;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.client.NativeClient.Closed;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All frames, errors and close codes of the oneshot dialect (wire.md 3).
class OneshotSocketTest {
    private static final String PATH = "/ws/claude";
    private static final String INFO = "{\"info\":\"send {prompt,meta}\"}";

    private final ScriptedProvider claude = new ScriptedProvider();
    private @TempDir Path folder;
    private RunningServer server;

    @BeforeEach
    void start() {
        start(Duration.ofMinutes(5));
    }

    private void start(Duration timeout) {
        UnaryOperator<ServerConfig> here =
                c ->
                        c.withDialects(
                                DialectSettings.defaults()
                                        .withWorkFolder(new WorkFolder(folder, Map.of("K", "v")))
                                        .withOneshotTimeout(timeout));
        server =
                RunningServer.in(
                        folder, c -> here.apply(ServerSetUp.withoutToken().apply(c)), claude);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private NativeClient connected() {
        NativeClient client = NativeClient.connect(server.port(), PATH);
        await().until(() -> !client.texts().isEmpty());
        return client;
    }

    private NativeClient prompted() {
        NativeClient client = connected();
        client.send("{\"prompt\":\"Do it\"}");
        return client;
    }

    private JsonNode onlySession() throws Exception {
        JsonNode all = Json.mapper().readTree(server.call("GET", "/v1/sessions", null).body());
        assertThat(all.path("sessions")).hasSize(1);
        return all.path("sessions").get(0);
    }

    @Test
    void theFirstFrameSaysWhatToSend() {
        assertThat(connected().texts()).containsExactly(INFO);
    }

    @Test
    void everyLineOfTheAgentIsAFrameAsItWasAndTheEndIs1000() throws Exception {
        NativeClient client = connected();
        client.send("{\"prompt\":\"Do it\",\"meta\":\"TASK-1\"}");
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        assertThat(agent.prompts().getFirst().tree().at("/message/content").asText())
                .isEqualTo("Do it\n\n[meta:TASK-1]");
        assertThat(agent.launch().cwd()).isEqualTo(folder);
        assertThat(agent.launch().permissionMode()).isNull();
        assertThat(agent.launch().secrets().variables()).isEqualTo(Map.of("K", "v"));
        agent.emitInit();
        agent.emit("{\"type\":\"system\",\"subtype\":\"status\",\"status\":\"requesting\"}");
        agent.emitTextStart();
        agent.emitDelta("Do");
        String odd = "{ \"type\":\"assistant\", \"n\":1.50 }";
        agent.emit(odd);
        agent.emitResult();
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1000, ""));
        assertThat(client.texts()).hasSize(4);
        assertThat(client.texts().get(2)).isEqualTo(odd + "\n");
        assertThat(client.frames().stream().map(f -> f.path("type").asText()))
                .containsExactly("", "system", "assistant", "result");
        assertThat(agent.isCloseRequested()).isTrue();
        JsonNode session = onlySession();
        assertThat(session.path("state").asText()).isEqualTo("ended");
        assertThat(session.path("title").asText()).startsWith("Do it");
        try (NativeClient window =
                server.subscribe(UUID.fromString(session.path("id").asText()), 0L)) {
            await().until(() -> window.seqs().size() == 5);
        }
    }

    @Test
    void itIsClosedAfterTheProcessHasEnded() {
        NativeClient client = prompted();
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.ignoreClose();
        agent.emitInit();
        agent.emitResult();
        await().until(agent::isCloseRequested);
        agent.emitStderr("on my way out");
        client.await(f -> f.path("error").asText().equals("on my way out"), "last word");
        assertThat(client.isOpen()).isTrue();
        agent.exit(AgentEvent.ExitCause.ASKED);
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1000, ""));
    }

    @Test
    void aWrongFrameIsAnErrorThen1008() throws Exception {
        for (var each :
                Map.of(
                                "{", "Bad JSON",
                                "{}", "Required",
                                "{\"prompt\":\"x\",\"meta\":\"no\"}", "Invalid meta")
                        .entrySet()) {
            NativeClient client = connected();
            client.send(each.getKey());
            assertThat(client.awaitClosed()).isEqualTo(new Closed(1008, ""));
            assertThat(client.texts())
                    .containsExactly(INFO, "{\"error\":\"" + each.getValue() + "\"}");
        }
        NativeClient binary = connected();
        binary.send(new byte[] {1});
        assertThat(binary.awaitClosed()).isEqualTo(new Closed(1008, ""));
        assertThat(binary.texts()).containsExactly(INFO, "{\"error\":\"Required\"}");
        assertThat(claude.agents()).isEmpty();
    }

    @Test
    void furtherMessagesAreIgnored() {
        NativeClient client = prompted();
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        client.send("{\"prompt\":\"And this\"}");
        client.send("{");
        client.send(new byte[] {1});
        agent.emitResult();
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1000, ""));
        assertThat(agent.prompts()).hasSize(1);
        assertThat(claude.agents()).hasSize(1);
        assertThat(client.texts()).noneMatch(t -> t.contains("error\":\""));
    }

    @Test
    void whatTheAgentMuttersIsAnErrorFrameAtOnceAndEndsNothing() {
        NativeClient client = prompted();
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitStderr("Warning: \"old\"");
        JsonNode frame = client.await(f -> f.has("error"), "error");
        assertThat(frame).isEqualTo(Json.object().put("error", "Warning: \"old\""));
        agent.emitInit();
        agent.emitResult();
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1000, ""));
    }

    private static void assertFails(NativeClient client, String why) {
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1011, ""));
        assertThat(client.frames().getLast()).isEqualTo(Json.object().put("error", why));
    }

    /// A reason precedes each 1011.
    @Test
    void aFailedRunIs1011AfterTheReason() {
        NativeClient failed = prompted();
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        agent.emit(
                "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,"
                        + "\"result\":\"API Error: 529 overloaded\"}");
        assertFails(failed, "API Error: 529 overloaded");

        NativeClient crashed = prompted();
        ScriptedAgent second = claude.awaitAgent(1, 1);
        second.emitInit();
        second.emitStderr("boom");
        second.exit(AgentEvent.ExitCause.CRASHED, "boom");
        assertThat(crashed.awaitClosed()).isEqualTo(new Closed(1011, ""));
        assertThat(crashed.texts()).contains("{\"error\":\"boom\"}");
        assertThat(crashed.frames().getLast().path("error").asText())
                .isEqualTo("Claude Code process exited with code 1");

        NativeClient silent = prompted();
        claude.awaitAgent(2, 1).exit(AgentEvent.ExitCause.CRASHED);
        assertThat(silent.awaitClosed()).isEqualTo(new Closed(1011, ""));
        assertThat(silent.frames().getLast().path("error").asText()).isNotBlank();
    }

    @Test
    void aResultWithoutTextIsReportedByItsErrorsOrItsSubtype() {
        NativeClient listed = prompted();
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        agent.emit(
                "{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true,"
                        + "\"errors\":[\"one\",\"two\"]}");
        assertFails(listed, "one\ntwo");

        NativeClient bare = prompted();
        ScriptedAgent second = claude.awaitAgent(1, 1);
        second.emitInit();
        second.emit("{\"type\":\"result\",\"subtype\":\"error_max_turns\",\"is_error\":true}");
        assertFails(bare, "Claude failed: error_max_turns");
    }

    @Test
    void aDeletedSessionIs1011AfterTheReason() throws Exception {
        NativeClient client = prompted();
        claude.awaitAgent(0, 1).emitInit();
        String id = onlySession().path("id").asText();
        server.call("DELETE", "/v1/sessions/" + id, null);
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1011, ""));
        assertThat(client.frames().getLast().path("error").asText()).isNotBlank();
    }

    @Test
    void aLineThatIsNoJsonArrivesAsItIs() {
        NativeClient client = prompted();
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitMalformed("Update available: 9.9 \u2192 run `claude update`");
        agent.emitResult();
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1000, ""));
        assertThat(client.texts()).contains("Update available: 9.9 \u2192 run `claude update`\n");
    }

    @Test
    void aProcessThatCannotStartIsReportedThen1011() throws Exception {
        claude.setUnavailable("Claude is not installed.");
        NativeClient client = prompted();
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1011, ""));
        assertThat(client.texts())
                .containsExactly(
                        INFO, "{\"error\":\"Failed to spawn Claude: Claude is not installed.\"}");
        // The run does not start later, after its client has received the error.
        claude.setUnavailable(null);
        assertThat(onlySession().path("state").asText()).isEqualTo("ended");
        assertThat(claude.agents()).isEmpty();
    }

    @Test
    void aRunThatTakesTooLongIs1011AndItsProcessEnds() throws Exception {
        server.close();
        start(Duration.ofMillis(300));
        NativeClient client = prompted();
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1011, "Timeout"));
        await().until(agent::isCloseRequested);
        await().until(() -> onlySession().path("state").asText().equals("ended"));
        assertThat(client.texts().getLast()).isEqualTo("{\"error\":\"Timeout\"}");
    }

    @Test
    void aClientMayThinkAsLongAsItLikesBeforeItPrompts() {
        server.close();
        start(Duration.ofMillis(1));
        NativeClient client = connected();
        client.send("{\"prompt\":\"\"}");
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1008, ""));
    }

    @Test
    void whenTheClientGoesTheProcessGoes() throws Exception {
        NativeClient client = prompted();
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        client.close();
        await().until(agent::isCloseRequested);
        await().until(() -> onlySession().path("state").asText().equals("ended"));
        await().until(() -> server.server().clients().isEmpty());
    }

    @Test
    void anAskIsDeniedIfNoClientCanAnswerIt() {
        NativeClient client = prompted();
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitAsk("r", "Bash", "{\"command\":\"ls\"}");
        await().until(() -> agent.responses().size() == 1);
        assertThat(agent.responses().getFirst().tree().at("/response/response/behavior").asText())
                .isEqualTo("deny");
        agent.emitResult();
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1000, ""));
        assertThat(client.texts()).noneMatch(t -> t.contains("control_"));
    }

    @Test
    void aRunIs1011WhenItsSessionIsDeleted() throws Exception {
        NativeClient client = prompted();
        claude.awaitAgent(0, 1).emitInit();
        client.await("system", "init");
        server.call("DELETE", "/v1/sessions/" + onlySession().path("id").asText(), null);
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1011, ""));
    }

    @Test
    void everyConnectionHasAProcessOfItsOwn() {
        List<NativeClient> clients = List.of(prompted(), prompted(), prompted());
        for (int i = 0; i < clients.size(); i++) {
            ScriptedAgent agent = claude.awaitAgent(i, 1);
            agent.emitInit();
            agent.emitResult();
        }
        for (NativeClient client : clients) {
            assertThat(client.awaitClosed()).isEqualTo(new Closed(1000, ""));
            assertThat(client.frames()).hasSize(3);
        }
    }

    @Test
    void itIsAtTheSamePathsOnAPortOfItsOwn() {
        server.close();
        server =
                RunningServer.in(
                        folder,
                        c ->
                                ServerSetUp.withoutToken()
                                        .apply(c)
                                        .withDialectPorts(
                                                List.of(
                                                        new DialectPort(
                                                                "oneshot", "127.0.0.1", 0))),
                        claude);
        int port = URI.create(server.server().urls().get(1)).getPort();
        NativeClient client = NativeClient.connect(port, PATH);
        client.await(f -> f.has("info"), "info");
    }

    @Test
    void whereTokensAreOnOneIsNeeded() {
        server.close();
        server = RunningServer.in(folder, c -> c, claude);
        NativeClient wrong = NativeClient.connect(server.port(), PATH);
        wrong.send("{\"prompt\":\"Do it\"}");
        assertThat(wrong.awaitClosed()).isEqualTo(new Closed(1008, "Unauthorized"));
        assertThat(wrong.texts()).isEmpty();
        NativeClient right = NativeClient.connect(server.port(), PATH);
        right.send("{\"type\":\"auth\",\"token\":\"%s\"}".formatted(server.server().token()));
        right.send("{\"prompt\":\"Do it\"}");
        claude.awaitAgent(0, 1);
        assertThat(right.texts().getFirst()).isEqualTo(INFO);
    }
}
