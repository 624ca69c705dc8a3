package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.client.NativeClient;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Queued prompts as a client sees them over a real socket: their order, interrupts, and queues
/// that are held. The test plays the agent.
class HeldQueueSocketTest extends SessionSocketFixture {
    @Test
    void promptsAreQueuedAndRunOneAfterTheOther() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("first");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            UUID second = client.sendPrompt("second");
            UUID third = client.sendPrompt("third");
            client.await(
                    f ->
                            f.path("subtype").asText().equals("oriel_queue")
                                    && f.path("prompts").size() == 2,
                    "two waiting");
            client.sendRequest("cancel_async_message", Map.of("message_uuid", third));
            assertThat(
                            client.await("control_response")
                                    .at("/response/response/cancelled")
                                    .asBoolean())
                    .isTrue();
            client.sendPrompt(third, "third");
            // Once when it is cancelled, once for the repetition.
            client.await(
                    _ ->
                            client.frames().stream()
                                            .filter(f ->
                                                    f.path("state").asText().equals("cancelled"))
                                            .count()
                                    == 2,
                    "cancelled twice");
            agent.emitResult();
            provider.awaitAgent(0, 2);
            assertThat(agent.prompts().get(1).uuid()).isEqualTo(second.toString());
            agent.emitResult();
            client.awaitState("idle");
            assertThat(agent.prompts()).hasSize(2);
        }
    }

    @Test
    void theQueueSurvivesTheServer() throws Exception {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("first");
            provider.awaitAgent(0, 1);
            client.sendPrompt("second");
            awaitQueued(client);
        }
        restart();
        try (NativeClient client = server.subscribe(session, 0L)) {
            awaitQueued(client);
            client.sendRequest("oriel_run_queue", Map.of());
            ScriptedAgent agent = provider.awaitAgent(1, 1);
            agent.emitResult();
            client.awaitState("idle");
            assertThat(client.journaled())
                    .extracting(f -> f.path("type").asText())
                    .containsExactly("user", "system", "user", "result");
        }
    }

    /// Waits for the queue that contains the second prompt alone.
    private static void awaitQueued(NativeClient client) {
        client.await(
                f ->
                        f.path("subtype").asText().equals("oriel_queue")
                                && f.path("prompts").size() == 1
                                && f.at("/prompts/0/message/content").asText().equals("second"),
                "the second prompt waiting");
    }

    @Test
    void anInterruptIsConfirmedThenFinishedByTheResultAndTheQueueContinues() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("long story");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            client.sendPrompt("next");
            client.awaitState("running");
            client.sendRequest("interrupt", Map.of());
            client.awaitState("interrupting");
            JsonNode receipt = client.await("control_response");
            assertThat(receipt.at("/response/request_id").asText()).isEqualTo("interrupt");
            assertThat(receipt.at("/response/response/still_queued")).hasSize(1);
            assertThat(agent.interrupts()).isEqualTo(1);
            agent.emit(
                    "{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true,"
                            + "\"terminal_reason\":\"aborted_streaming\"}");
            provider.awaitAgent(0, 2);
            agent.emitResult();
            client.awaitState("idle");
        }
    }

    private static boolean queueIsHeld(JsonNode frame) {
        return frame.path("subtype").asText().equals("oriel_queue")
                && frame.path("held").asBoolean();
    }

    @Test
    void anInterruptThatHoldsTheQueueKeepsPromptsUntilTheyAreReleased() {
        try (NativeClient client = server.subscribe(session, 0L);
                NativeClient other = server.subscribe(session, 0L)) {
            client.sendPrompt("long story");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            client.sendPrompt("next");
            client.awaitState("running");
            client.sendRequest("interrupt", Map.of("hold_queue", true));
            other.await(HeldQueueSocketTest::queueIsHeld, "held queue");
            client.awaitState("interrupting");
            agent.emitResult();
            client.awaitState("idle");
            // Output without a prompt, as after a background task, starts nothing either.
            agent.emitInit();
            agent.emitResult();
            client.awaitState("idle");
            assertThat(agent.prompts()).hasSize(1);
            try (NativeClient late = server.subscribe(session, 0L)) {
                late.await(HeldQueueSocketTest::queueIsHeld, "held queue");
            }

            client.sendRequest("oriel_run_queue", Map.of());
            provider.awaitAgent(0, 2);
            agent.emitResult();
            client.awaitState("idle");
        }
    }

    @Test
    void aNewPromptReleasesAHeldQueue() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("long story");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            client.sendPrompt("second");
            client.awaitState("running");
            client.sendRequest("interrupt", Map.of("hold_queue", true));
            client.await(HeldQueueSocketTest::queueIsHeld, "held queue");
            agent.emitResult();
            client.awaitState("idle");
            client.sendPrompt("third");
            provider.awaitAgent(0, 2);
            agent.emitResult();
            provider.awaitAgent(0, 3);
            agent.emitResult();
            client.awaitState("idle");
            assertThat(agent.prompts().get(1).toString()).contains("second");
            assertThat(agent.prompts().get(2).toString()).contains("third");
        }
    }

    @Test
    void aHeldQueueStaysHeldAfterARestart() throws Exception {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("first");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            client.sendPrompt("second");
            client.awaitState("running");
            client.sendRequest("interrupt", Map.of("hold_queue", true));
            client.await(HeldQueueSocketTest::queueIsHeld, "held queue");
            agent.emitResult();
            client.awaitState("idle");
        }
        restart();
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.await(HeldQueueSocketTest::queueIsHeld, "held queue");
            // An agent that is started for `initialize` only does not start what waits.
            client.sendRequest("initialize", Map.of());
            client.await("control_response");
            client.sendRequest("oriel_run_queue", Map.of());
            ScriptedAgent agent = provider.awaitAgent(1, 1);
            assertThat(agent.prompts().getFirst().toString()).contains("second");
            agent.emitResult();
            client.awaitState("idle");
        }
    }
}
