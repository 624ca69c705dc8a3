package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.client.RawClient;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A session as a client sees it over a real socket; the test plays the agent.
class SessionSocketTest extends SessionSocketFixture {
    @Test
    void aPromptIsHandledEvenIfItsClientDisconnectsAtOnce() throws Exception {
        int clients = 20;
        int prompts = 10;
        for (int i = 0; i < clients; i++) {
            try (RawClient rude = RawClient.connect(server.port())) {
                rude.upgrade(
                        "/v1/sessions/ws/" + session + "/subscribe",
                        "127.0.0.1",
                        "Authorization: Bearer " + server.server().token() + "\r\n");
                for (int j = 0; j < prompts; j++) {
                    rude.sendFrame(
                            "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"%d.%d\"}}"
                                    .formatted(i, j));
                }
            }
        }

        // The first prompt has started; the others wait.
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .untilAsserted(() -> {
                    try (NativeClient later = server.subscribe(session, null)) {
                        JsonNode queue = later.await(f -> f.has("prompts"), "the queue");
                        assertThat(queue.path("prompts")).hasSize(clients * prompts - 1);
                    }
                });
    }

    @Test
    void aPromptIsJournaledAnsweredAndFinished() throws Exception {
        try (NativeClient client = server.subscribe(session, 0L)) {
            UUID prompt = client.sendPrompt("What is an oriel?");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            agent.emitInit();
            agent.emitTextStart();
            agent.emitDelta("A bay ");
            agent.emitDelta("window.");
            agent.emitText("A bay window.");
            agent.emitResult();
            JsonNode ended = client.awaitState("idle");

            client.await(
                    f ->
                            "completed".equals(f.path("state").asText())
                                    && prompt.toString().equals(f.path("command_uuid").asText()),
                    "completed");
            assertThat(client.journaled())
                    .extracting(f -> f.path("type").asText())
                    .containsExactly("user", "system", "assistant", "result");
            assertThat(client.seqs()).containsExactly(1L, 2L, 3L, 4L);
            assertThat(client.frames())
                    .filteredOn(f -> f.path("type").asText().equals("stream_event"))
                    .hasSize(4)
                    .noneMatch(f -> f.has("seq"));
            assertThat(ended.path("title").asText()).isEqualTo("What is an oriel?");
            assertThat(server.session(session).path("cost_usd").asDouble()).isEqualTo(0.25);
            JsonNode spent =
                    Json.mapper()
                            .readTree(
                                    server.call("GET", "/v1/usage?since=2026-01-01T00:00:00Z", null)
                                            .body());
            assertThat(spent.path("cost_usd").asDouble()).isEqualTo(0.25);
            assertThat(server.session(session).path("last_seq").asLong()).isEqualTo(4);
            assertThat(server.session(session).path("model").asText()).isEqualTo("test-model");
        }
    }

    @Test
    void theAgentsOutputReachesTheClientUnchangedExceptTheSeq() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            String odd = "{ \"zz\" : [1,2.50, \"\\u00e9é\"],\"type\":\"novelty\" }";
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            agent.emit(odd);
            agent.emitResult();
            client.awaitState("idle");
            assertThat(client.texts()).contains("{\"seq\":2," + odd.substring(1) + "\n");
        }
    }

    @Test
    void aPromptThatIsSentAgainRunsOnce() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            UUID prompt = client.sendPrompt("once");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            awaitProgress(client, prompt, "started", 1);
            client.sendPrompt(prompt, "once");
            awaitProgress(client, prompt, "started", 2);
            agent.emitResult();
            awaitProgress(client, prompt, "completed", 1);
            client.sendPrompt(prompt, "once");
            awaitProgress(client, prompt, "completed", 2);
            assertThat(agent.prompts()).hasSize(1);
            assertThat(client.journaled()).hasSize(2);
        }
    }

    /// Waits for that many reports: the first is published, each repetition of the prompt gets
    /// another.
    private static void awaitProgress(NativeClient client, UUID prompt, String state, int times) {
        client.await(
                _ ->
                        client.frames().stream()
                                        .filter(f ->
                                                f.path("command_uuid")
                                                        .asText()
                                                        .equals(prompt.toString()))
                                        .filter(f -> f.path("state").asText().equals(state))
                                        .count()
                                >= times,
                state + " " + times + " times");
    }

    @Test
    void aSubscriberGetsEverythingAfterItsSeqWithoutGapOrRepetition() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("count");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            for (int i = 0; i < 1_200; i++) {
                agent.emitText("line " + i);
            }
            try (NativeClient late = server.subscribe(session, 700L)) {
                for (int i = 0; i < 300; i++) {
                    agent.emitText("more " + i);
                }
                agent.emitResult();
                late.awaitState("idle");
                assertThat(late.seqs())
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(701, 1_502).boxed().toList());
            }
            client.awaitState("idle");
            assertThat(client.seqs())
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, 1_502).boxed().toList());
        }
    }

    @Test
    void aSubscriberWithoutASeqGetsLiveMessagesOnly() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            agent.emitText("before");
            client.await("assistant");
            try (NativeClient late = server.subscribe(session, null)) {
                late.awaitState("running");
                agent.emitText("after");
                agent.emitResult();
                late.awaitState("idle");
                assertThat(late.seqs()).containsExactly(3L, 4L);
            }
        }
    }

    @Test
    void aNewSubscriberGetsThePartialAnswerAndTheOpenAsks() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            agent.emitTextStart();
            agent.emitDelta("Once upon ");
            agent.emitDelta("a time");
            agent.emitAsk("ask-1", "Bash", "{\"command\":\"ls\"}");
            client.awaitState("asking");
            try (NativeClient late = server.subscribe(session, null)) {
                late.await("control_request");
                assertThat(late.frames())
                        .filteredOn(f -> f.path("type").asText().equals("stream_event"))
                        .extracting(f -> f.at("/event/type").asText())
                        .containsExactly(
                                "message_start", "content_block_start", "content_block_delta");
                assertThat(late.frames())
                        .anyMatch(
                                f -> f.at("/event/delta/text").asText().equals("Once upon a time"));
            }
        }
    }

    @Test
    void theFirstReplyToAnAskWinsAndOthersSeeItWithdrawn() {
        try (NativeClient one = server.subscribe(session, 0L);
                NativeClient two = server.subscribe(session, 0L)) {
            one.sendPrompt("hello");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            agent.emitAsk("ask-1", "Bash", "{\"command\":\"ls\"}");
            one.awaitState("asking");
            two.awaitState("asking");
            two.sendDecision("ask-1", "{\"behavior\":\"deny\",\"message\":\"no\"}");
            one.await("control_cancel_request");
            one.sendDecision("ask-1", "{\"behavior\":\"allow\",\"updatedInput\":{}}");
            one.awaitState("running");
            agent.emitResult();
            one.awaitState("idle");
            assertThat(agent.responses()).hasSize(1);
            assertThat(agent.responses().getFirst().toString()).contains("deny");
            assertThat(two.frames())
                    .noneMatch(f -> f.path("type").asText().equals("control_cancel_request"));
        }
    }

    @Test
    void anInvalidReplyIsRejectedAndTheAskStaysOpen() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            agent.emitAsk("ask-1", "Bash", "{}");
            client.awaitState("asking");
            client.sendDecision("ask-1", "{\"behavior\":\"maybe\"}");
            client.await("error");
            client.sendDecision(
                    "ask-1",
                    "{\"behavior\":\"allow\",\"updatedInput\":{},"
                        + "\"updatedPermissions\":[{\"type\":\"setMode\",\"mode\":\"bypassPermissions\","
                        + "\"destination\":\"session\"}]}");
            client.await(
                    f -> f.at("/error/message").asText().contains("bypassPermissions"), "refusal");
            assertThat(agent.responses()).isEmpty();
            client.sendDecision("ask-1", "{\"behavior\":\"allow\",\"updatedInput\":{}}");
            client.awaitState("running");
            assertThat(agent.responses()).hasSize(1);
        }
    }

    @Test
    void everyPermissionModeIsChecked() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            client.awaitState("running");
            client.send(
                    "{\"type\":\"control_request\",\"request_id\":\"r\","
                            + "\"request\":{\"subtype\":\"set_permission_mode\","
                            + "\"mode\":\"bypassPermissions\"},\"subtype\":\"mcp_status\"}");
            assertThat(client.await("control_response").at("/response/error_code").asText())
                    .isEqualTo("invalid_mode");
            assertThat(agent.requests()).isEmpty();
        }
    }

    @Test
    void aPromptWithAnUnpairedSurrogateIsAccepted() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.send(
                    "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"half"
                            + " \\ud83d\"}}");
            provider.awaitAgent(0, 1).emitResult();
            client.await("result");
            assertThat(client.awaitState("idle").path("title").asText()).startsWith("half ");
        }
    }

    @Test
    void aTurnThatTheAgentStartsItselfIsATurn() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            agent.emitResult();
            client.awaitState("idle");
            agent.emitInit();
            client.awaitState("running");
            agent.emitText("The build has finished.");
            agent.emit(
                    "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,"
                            + "\"origin\":{\"kind\":\"task-notification\"}}");
            client.awaitState("idle");
        }
    }

    @Test
    void invalidFramesGetAnErrorAndTheConnectionStaysOpen() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.awaitState("idle");
            List<String> wrong =
                    List.of(
                            "not json",
                            "[]",
                            "null",
                            "{}",
                            "{\"type\":7}",
                            "{\"type\":\"assistant\"}",
                            "{\"type\":\"user\"}",
                            "{\"type\":\"user\",\"message\":{\"role\":\"assistant\",\"content\":\"x\"}}",
                            "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":7}}",
                            "{\"type\":\"user\",\"uuid\":\"x\",\"message\":{\"role\":\"user\",\"content\":\"x\"}}");
            wrong.forEach(client::send);
            client.send(new byte[] {1, 2, 3});
            client.await(
                    f ->
                            client.frames().stream()
                                            .filter(g -> g.path("type").asText().equals("error"))
                                            .count()
                                    == wrong.size() + 1,
                    "an error for each");
            client.send("{\"type\":\"keep_alive\"}\n");
            client.sendPrompt("still here");
            provider.awaitAgent(0, 1);
        }
    }

    @Test
    void aDeletedSessionIsClosedForAllClients() throws Exception {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            provider.awaitAgent(0, 1);
            assertThat(server.call("DELETE", "/v1/sessions/" + session, null).statusCode())
                    .isEqualTo(204);
            assertThat(client.awaitClosed().code()).isEqualTo(4001);
        }
        assertThat(server.call("GET", "/v1/sessions/" + session, null).statusCode()).isEqualTo(404);
        try (NativeClient late = server.subscribe(session, 0L)) {
            assertThat(late.awaitClosed().code()).isEqualTo(4001);
        }
    }
}
