package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the routes of forks and rewinds refuse.
class BranchSocketTest {
    @TempDir Path folder;
    private final ScriptedProvider provider = new ScriptedProvider();
    private RunningServer server;
    private UUID session;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.in(folder, provider);
        session = UUID.fromString(post("/v1/sessions", Json.object(), 201).path("id").asText());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode post(String path, ObjectNode body, int status) throws Exception {
        var reply = server.call("POST", path, body);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        return Json.mapper().readTree(reply.body());
    }

    private String of(UUID id, String part) {
        return "/v1/sessions/" + id + "/" + part;
    }

    @Test
    void aSessionIsNotRewoundWhileATurnRuns() throws Exception {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("Take your time");
            client.awaitState("running");

            JsonNode reply = post(of(session, "rewind"), Json.object().put("before", 1), 409);

            assertThat(reply.at("/error/code").asText()).isEqualTo("busy");
            assertThat(reply.at("/error/message").asText()).contains("Stop it first");
        }
    }

    @Test
    void anUnknownSessionIsNotFound() throws Exception {
        UUID unknown = UUID.randomUUID();
        post(of(unknown, "rewind"), Json.object().put("before", 1), 404);
        post(of(unknown, "fork"), Json.object(), 404);
        assertThat(server.call("POST", "/v1/sessions/none/fork", Json.object()).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"before\":0}",
                "{\"before\":-1}",
                "{\"before\":1.5}",
                "{\"before\":\"1\"}",
                "{\"before\":99999999999999999999}",
                "{\"before\":1}"
            })
    void onlyThePositionOfAPromptIsAccepted(String body) throws Exception {
        ObjectNode json = (ObjectNode) Json.mapper().readTree(body);

        JsonNode reply = post(of(session, "rewind"), json, 400);

        assertThat(reply.at("/error/message").asText()).startsWith("before ");
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        assertThat(server.call("GET", of(session, "fork"), null).statusCode()).isEqualTo(405);
        assertThat(server.call("GET", of(session, "rewind"), null).statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, fork",
        "POST, rewind",
        "POST, mcp",
        "GET, files?query=a",
        "GET, prompts",
        "GET, find?query=a",
    })
    void withoutTheTokenNothingIsReadOrChanged(String method, String part) throws Exception {
        ObjectNode body = method.equals("POST") ? Json.object().put("before", 1) : null;
        HttpRequest request = server.request(method, of(session, part), body).build();
        assertThat(server.send(request).statusCode()).isEqualTo(401);
    }

    /// Runs a turn to its end.
    ///
    /// @return the seq of its prompt
    private long turn(NativeClient client, int number) {
        UUID prompt = client.sendPrompt("Prompt " + number);
        ScriptedAgent agent = provider.awaitAgent(0, number);
        if (number == 1) {
            agent.emitInit();
        }
        agent.emit(
                ("{\"type\":\"assistant\",\"uuid\":\"%s\",\"message\":"
                                + "{\"id\":\"m%d\",\"role\":\"assistant\",\"content\":[]}}")
                        .formatted(UUID.randomUUID(), number));
        agent.emitResult();
        return seqOf(client, prompt);
    }

    private void awaitIdle() {
        Awaitility.await()
                .until(() -> server.session(session).path("state").asText().equals("idle"));
    }

    private static long seqOf(NativeClient client, UUID prompt) {
        return client.await(
                        f ->
                                f.path("type").asText().equals("user")
                                        && f.path("uuid").asText().equals(prompt.toString()),
                        "the prompt")
                .path("seq")
                .asLong();
    }

    @Test
    void ofTwoRewindsAtOnceOneTakesEffectOrTheSecondBuildsOnIt() throws Exception {
        long second;
        try (NativeClient client = server.subscribe(session, 0L)) {
            turn(client, 1);
            second = turn(client, 2);
            client.awaitState("idle");
        }
        ObjectNode body = Json.object().put("before", second);
        List<Integer> statuses;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> rewind =
                    () -> server.call("POST", of(session, "rewind"), body).statusCode();
            statuses =
                    threads.invokeAll(List.of(rewind, rewind, rewind)).stream()
                            .map(Future::resultNow)
                            .toList();
        }
        assertThat(statuses).containsOnlyOnce(200).allMatch(s -> s == 200 || s == 400 || s == 409);
        JsonNode rewound =
                Json.mapper()
                        .readTree(server.call("GET", "/v1/sessions/" + session, null).body())
                        .path("rewound");
        assertThat(rewound).hasSize(1);
        assertThat(rewound.path(0).path(0).asLong()).isEqualTo(second);
    }

    @Test
    void whatWasRewoundIsNeitherListedNorFound() throws Exception {
        long second;
        try (NativeClient client = server.subscribe(session, 0L)) {
            turn(client, 1);
            second = turn(client, 2);
            awaitIdle();
            Awaitility.await().until(() -> get("/v1/search?q=prompt").path("hits").size() == 2);
            post(of(session, "rewind"), Json.object().put("before", second), 200);

            assertThat(get("/v1/search?q=prompt").path("hits")).hasSize(1);
            JsonNode prompts = get(of(session, "prompts")).path("prompts");
            assertThat(prompts).hasSize(1);
            assertThat(prompts.path(0).path("text").asText()).isEqualTo("Prompt 1");
            JsonNode hits = get(of(session, "find?q=prompt")).path("hits");
            assertThat(hits).hasSize(1);
            assertThat(hits.path(0).path("seq").asLong()).isLessThan(second);
        }
    }

    private JsonNode get(String path) throws Exception {
        return Json.mapper().readTree(server.call("GET", path, null).body());
    }

    @Test
    void whatTheReplacedAgentStillEmitsIsNotPartOfTheRewoundConversation() throws Exception {
        try (NativeClient client = server.subscribe(session, 0L)) {
            turn(client, 1);
            long second = turn(client, 2);
            client.awaitState("idle");
            ScriptedAgent agent = provider.awaitAgent(0, 2);
            agent.ignoreClose();
            post(of(session, "rewind"), Json.object().put("before", second), 200);
            JsonNode marker = client.await("system", "oriel_rewound");
            assertThat(agent.isCloseRequested()).isTrue();

            // A background task has ended, and the agent answers for it before it exits.
            agent.emitInit();
            agent.emitText("The task is done.");
            agent.emitAsk("late", "Bash", "{}");
            UUID next = client.sendPrompt("Prompt 3");
            client.await("command_lifecycle");
            agent.exit(ExitCause.ASKED);

            ScriptedAgent branch = provider.awaitAgent(1, 1);
            assertThat(branch.launch().conversation()).isInstanceOf(Conversation.Fresh.class);
            assertThat(branch.launch().conversation().id())
                    .isNotEqualTo(agent.launch().conversation().id());
            assertThat(seqOf(client, next)).isEqualTo(marker.path("seq").asLong() + 1);
            assertThat(client.frames().toString())
                    .doesNotContain("The task is done.", "can_use_tool");
        }
    }

    @Test
    void aRewindOutlastsAnAgentThatCannotStartAndTheServer() throws Exception {
        long second;
        try (NativeClient client = server.subscribe(session, 0L)) {
            turn(client, 1);
            second = turn(client, 2);
            client.awaitState("idle");
            post(of(session, "rewind"), Json.object().put("before", second), 200);
            provider.setUnavailable("The program is gone.");
            client.sendPrompt("Prompt 3");
            client.awaitState("failed");
        }
        server.close();
        provider.setUnavailable(null);
        server = RunningServer.in(folder, provider);
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendRequest("oriel_run_queue", Map.of());

            ScriptedAgent branch = provider.awaitAgent(1, 1);

            Conversation first = provider.awaitAgent(0, 2).launch().conversation();
            assertThat(branch.launch().conversation().id()).isNotEqualTo(first.id());
            assertThat(server.session(session).path("rewound").toString())
                    .startsWith("[[" + second + ",");
        }
    }

    @Test
    void aRewindLeavesPromptsThatWaitInAHeldQueue() throws Exception {
        try (NativeClient client = server.subscribe(session, 0L)) {
            turn(client, 1);
            long second = turn(client, 2);
            client.awaitState("idle");
            client.sendPrompt("Prompt 3");
            ScriptedAgent agent = provider.awaitAgent(0, 3);
            UUID waiting = client.sendPrompt("Prompt 4");
            client.sendRequest("interrupt", Map.of("hold_queue", true));
            client.awaitState("interrupting");
            agent.emitResult();
            client.await(
                    f ->
                            f.path("subtype").asText().equals("oriel_queue")
                                    && f.path("held").asBoolean(),
                    "the held queue");
            awaitIdle();

            post(of(session, "rewind"), Json.object().put("before", second), 200);
            client.await("system", "oriel_rewound");
            client.sendRequest("oriel_run_queue", Map.of());

            ScriptedAgent branch = provider.awaitAgent(1, 1);
            assertThat(branch.prompts().getFirst().tree().path("uuid").asText())
                    .isEqualTo(waiting.toString());
        }
    }

    @Test
    void aForkDuringATurnLeavesTheTurnAlone() throws Exception {
        try (NativeClient client = server.subscribe(session, 0L)) {
            long first = turn(client, 1);
            client.awaitState("idle");
            client.sendPrompt("Prompt 2");
            ScriptedAgent agent = provider.awaitAgent(0, 2);
            client.awaitState("running");

            JsonNode fork = post(of(session, "fork"), Json.object().put("before", first), 201);

            UUID forked = UUID.fromString(fork.path("id").asText());
            assertThat(fork.path("state").asText()).isEqualTo("idle");
            assertThat(fork.path("cost_usd").asDouble()).isZero();
            try (NativeClient other = server.subscribe(forked, 0L)) {
                other.await("system", "oriel_forked");
                assertThat(other.journaled()).hasSize(1);
            }
            agent.emitResult();
            client.awaitState("idle");
        }
    }
}
