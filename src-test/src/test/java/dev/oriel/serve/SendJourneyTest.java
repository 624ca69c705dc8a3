package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.dialect.manager.ManagerServer;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.OrielProcess;
import dev.oriel.testing.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `oriel-server send` from the jar, in a process of its own, with our own server and a scripted
/// agent.
@Timeout(120)
class SendJourneyTest {
    @TempDir Path folder;

    private final ScriptedProvider agents = new ScriptedProvider();

    @BeforeEach
    void needsTheJar() {
        assumeTrue(
                OrielProcess.isBuilt(),
                "skipped: oriel-server.jar is not built; run mvn package first");
    }

    private OrielProcess toNative(RunningServer server, String... more) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), server.server().token());
        return send("http://127.0.0.1:" + server.port(), token, more);
    }

    private OrielProcess toManager(ManagerServer manager, String... more) {
        List<String> all = new ArrayList<>(List.of("--kind", "manager"));
        all.addAll(List.of(more));
        return send(
                "ws://127.0.0.1:" + manager.port() + "/ws",
                manager.keyFile(),
                all.toArray(String[]::new));
    }

    private OrielProcess send(String url, Path token, String... more) {
        List<String> args = new ArrayList<>(List.of("send", "--url", url));
        args.addAll(List.of("--token-file", token.toString(), "--cwd", folder.toString()));
        args.addAll(List.of(more));
        return OrielProcess.start(Map.of(), args.toArray(String[]::new));
    }

    private ScriptedAgent answering(String text) {
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitText(text);
        agent.emitResult();
        return agent;
    }

    private static List<String> types(OrielProcess sent) throws Exception {
        List<String> types = new ArrayList<>();
        for (String line : sent.out()) {
            JsonNode frame = Json.mapper().readTree(line);
            types.add(frame.path("type").asText());
        }
        return types;
    }

    private static void assertIsAnswered(OrielProcess sent, String text) throws Exception {
        assertThat(sent.exitCode()).isZero();
        assertThat(sent.out()).containsExactly(text);
        assertThat(sent.err()).isEmpty();
    }

    @Test
    void theAnswerOfOurServerIsOnStandardOutput() throws Exception {
        try (RunningServer server = RunningServer.in(folder, agents);
                OrielProcess sent = toNative(server, "What is an oriel?")) {
            ScriptedAgent agent = answering("A window.");
            assertIsAnswered(sent, "A window.");
            assertThat(agent.prompts().getFirst().tree().toString()).contains("What is an oriel?");
        }
    }

    @Test
    void theFramesOfOurServerAreWrittenOnePerLine() throws Exception {
        try (RunningServer server = RunningServer.in(folder, agents);
                OrielProcess sent = toNative(server, "--json", "What is an oriel?")) {
            answering("A window.");
            assertThat(sent.exitCode()).isZero();
            assertThat(types(sent)).contains("user", "assistant", "result");
        }
    }

    @Test
    void theAnswerOfAManagerIsOnStandardOutputAndItsSessionIsEnded() throws Exception {
        try (ManagerServer manager = ManagerServer.in(folder, agents);
                OrielProcess sent = toManager(manager, "What is an oriel?")) {
            answering("A window.");
            assertIsAnswered(sent, "A window.");
            try (NativeClient client = manager.client()) {
                client.send("{\"type\":\"list_sessions\"}");
                assertThat(client.await("sessions_list").path("sessions"))
                        .noneMatch(s -> !s.path("status").asText().equals("ended"));
            }
        }
    }

    @Test
    void theFramesOfAManagerAreWrittenOnePerLine() throws Exception {
        try (ManagerServer manager = ManagerServer.in(folder, agents);
                OrielProcess sent = toManager(manager, "--json", "What is an oriel?")) {
            answering("A window.");
            assertThat(sent.exitCode()).isZero();
            assertThat(types(sent))
                    .startsWith("auth_success", "sessions_list", "session_created")
                    .contains("agent_message");
        }
    }

    @Test
    void anAskOfAManagersAgentIsDeniedAndReported() throws Exception {
        try (ManagerServer manager = ManagerServer.in(folder, agents);
                OrielProcess sent = toManager(manager, "Clean up")) {
            ScriptedAgent agent = agents.awaitAgent(0, 1);
            agent.emitInit();
            agent.emitAsk("ask-1", "Bash", "{\"command\":\"rm -r build\"}");
            await().until(() -> !agent.responses().isEmpty());
            assertThat(
                            agent.responses()
                                    .getFirst()
                                    .tree()
                                    .at("/response/response/behavior")
                                    .asText())
                    .isEqualTo("deny");
            agent.emitText("I leave it.");
            agent.emitResult();
            assertThat(sent.exitCode()).isZero();
            assertThat(sent.out()).containsExactly("I leave it.");
            assertThat(sent.err()).singleElement().asString().contains("denied: Bash");
        }
    }

    @Test
    void aRefusedKeyIsReported() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong"), "not the key");
        try (ManagerServer manager = ManagerServer.in(folder, agents);
                OrielProcess sent =
                        send(
                                "ws://127.0.0.1:" + manager.port() + "/ws",
                                wrong,
                                "--kind",
                                "manager",
                                "Hello")) {
            assertThat(sent.exitCode()).isEqualTo(3);
            assertThat(sent.err()).singleElement().asString().contains("refused the key");
        }
    }

    @Test
    void onlySendReadsTheProxiesOfTheSystem() throws Exception {
        try (RunningServer server = RunningServer.in(folder, agents);
                OrielProcess sent = toNative(server, "What is an oriel?");
                OrielProcess served =
                        OrielProcess.start(
                                Map.of(),
                                "serve",
                                "--port=0",
                                "--data=" + folder.resolve("other"))) {
            agents.awaitAgent(0, 1);
            assertThat(sent.property("java.net.useSystemProxies")).isEqualTo("true");
            answering("A window.");
            assertThat(sent.exitCode()).isZero();
            assertThat(served.firstLine()).contains("listening");
            assertThat(served.property("java.net.useSystemProxies")).isNull();
        }
    }

    @Test
    void ctrlCInterruptsTheTurn() throws Exception {
        try (RunningServer server = RunningServer.in(folder, agents);
                OrielProcess sent = toNative(server, "Think about everything")) {
            ScriptedAgent agent = agents.awaitAgent(0, 1);
            agent.emitInit();
            sent.interrupt();
            await().until(() -> agent.interrupts() == 1);
            agent.emitResult();
            assertThat(sent.exitCode()).isEqualTo(130);
        }
    }

    @Test
    void ctrlCEndsTheTurnOfAManagerToo() throws Exception {
        try (ManagerServer manager = ManagerServer.in(folder, agents);
                OrielProcess sent = toManager(manager, "Think about everything")) {
            ScriptedAgent agent = agents.awaitAgent(0, 1);
            agent.emitInit();
            sent.interrupt();
            assertThat(sent.exitCode()).isEqualTo(130);
            await().until(agent::isCloseRequested);
        }
    }
}
