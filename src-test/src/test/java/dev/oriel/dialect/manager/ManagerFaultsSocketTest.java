package dev.oriel.dialect.manager;

import static dev.oriel.dialect.manager.ManagerServer.is;
import static dev.oriel.dialect.manager.ManagerServer.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.dialect.RateLimit.Rate;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.client.NativeClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Errors that a client receives, and the state after a failure.
class ManagerFaultsSocketTest {
    @TempDir Path folder;
    private final ScriptedProvider agents = new ScriptedProvider();
    private ManagerServer manager;
    private NativeClient client;

    @AfterEach
    void stop() {
        client.close();
        manager.close();
    }

    private void start(UnaryOperator<ManagerSettings> settings) {
        manager = ManagerServer.in(folder, settings, c -> c, agents);
        client = manager.client();
    }

    private List<JsonNode> errors() {
        return client.frames().stream().filter(f -> is(f, "error")).toList();
    }

    private JsonNode listed() {
        int before = client.frames().size();
        client.send("{\"type\":\"list_sessions\"}");
        return client.await(
                        f -> is(f, "sessions_list") && client.frames().lastIndexOf(f) >= before,
                        "a new sessions_list")
                .path("sessions");
    }

    @Test
    void aPromptThatNoAgentAcceptsIsReportedAndRemoved() {
        start(s -> s);
        UUID id = manager.session(client);
        agents.setUnavailable("The claude CLI was not found.");
        for (int n = 1; n <= 2; n++) {
            int count = n;
            prompt(client, id, "Prompt " + n);
            await().until(() -> errors().size() == count);
            assertThat(errors().getLast().path("message").asText())
                    .startsWith("Error processing prompt: The claude CLI was not found.");
            assertThat(errors().getLast().path("session_id").asText()).isEqualTo(id.toString());
        }
        assertThat(listed().get(0).path("status").asText()).isEqualTo("error");
        assertThat(listed().get(0).path("error_message").asText())
                .startsWith("The claude CLI was not found.");

        agents.setUnavailable(null);
        prompt(client, id, "And now?");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitText("Yes.");
        agent.emitResult();
        client.await(f -> f.path("complete").asBoolean(), "the end");
        assertThat(agent.prompts()).hasSize(1);
        assertThat(listed().get(0).path("status").asText()).isEqualTo("idle");
        assertThat(listed().get(0).path("error_message").isNull()).isTrue();
    }

    @Test
    void aCrashIsReportedOnceAndTheNextPromptRuns() {
        start(s -> s);
        UUID id = manager.session(client);
        prompt(client, id, "One");
        prompt(client, id, "Two");
        ScriptedAgent first = agents.awaitAgent(0, 1);
        first.emitInit();
        first.exit(ExitCause.CRASHED, "segfault");
        ScriptedAgent second = agents.awaitAgent(1, 1);
        second.emitInit();
        second.emitText("Back again");
        second.emitResult();
        client.await(f -> f.path("complete").asBoolean(), "the end");
        assertThat(errors()).hasSize(1);
        assertThat(errors().getFirst().path("message").asText())
                .isEqualTo(
                        "Error processing prompt: Claude's process ended unexpectedly (exit code"
                                + " 1). Your next message continues from here.");
    }

    @Test
    void aFailedTurnIsReportedAndOver() {
        start(s -> s);
        UUID id = manager.session(client);
        prompt(client, id, "One");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emit(
                "{\"type\":\"result\",\"subtype\":\"error_max_turns\",\"is_error\":true,\"errors\":[\"Reached"
                    + " maximum number of turns (1)\"]}");
        client.await(f -> f.path("complete").asBoolean(), "the end");
        assertThat(errors())
                .extracting(e -> e.path("message").asText())
                .containsExactly("Error processing prompt: Reached maximum number of turns (1)");
    }

    @Test
    void aTurnThatAnotherClientInterruptsIsReportedAndOver() {
        start(s -> s);
        UUID id = manager.session(client);
        prompt(client, id, "One");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emit(
                "{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true,"
                        + "\"terminal_reason\":\"aborted_streaming\",\"errors\":[\"[ede_diagnostic]"
                        + " x\"]}");
        client.await(f -> f.path("complete").asBoolean(), "the end");
        assertThat(errors())
                .extracting(e -> e.path("message").asText())
                .containsExactly("Error processing prompt: it was stopped");
    }

    @Test
    void aQueuedPromptThatTheUserRemovesIsReported() {
        start(s -> s);
        UUID id = manager.session(client);
        prompt(client, id, "One");
        prompt(client, id, "Two");
        agents.awaitAgent(0, 1).emitInit();
        try (NativeClient window = manager.server().subscribe(id, 0L)) {
            JsonNode queue =
                    window.await(
                            f ->
                                    f.path("subtype").asText().equals("oriel_queue")
                                            && !f.path("prompts").isEmpty(),
                            "a prompt waiting");
            window.sendRequest(
                    "cancel_async_message",
                    java.util.Map.of(
                            "message_uuid", queue.path("prompts").get(0).path("uuid").asText()));
            assertThat(client.await("error").path("message").asText())
                    .isEqualTo("Error processing prompt: it was cancelled before it began");
        }
    }

    @Test
    void aSessionDeletedInTheWindowIsRemovedHereToo() throws Exception {
        start(s -> s);
        UUID id = manager.session(client);
        prompt(client, id, "One");
        agents.awaitAgent(0, 1).emitInit();
        assertThat(manager.server().call("DELETE", "/v1/sessions/" + id, null).statusCode())
                .isEqualTo(204);
        assertThat(client.await("session_ended").path("session_id").asText())
                .isEqualTo(id.toString());
        await().until(() -> listed().isEmpty());
        prompt(client, id, "Two");
        client.await(
                f -> f.path("message").asText().equals("Session " + id + " not found"), "an error");
    }

    @Test
    void atTheLimitNoSessionIsCreatedUntilOneEnds() {
        start(s -> s.withMaxSessions(2));
        UUID one = manager.session(client);
        manager.session(client);
        client.send(manager.create(UUID.randomUUID(), "{}").toString());
        assertThat(client.await("error").path("message").asText())
                .isEqualTo("Maximum concurrent sessions (2) reached");
        client.send("{\"type\":\"end_session\",\"session_id\":\"" + one + "\"}");
        client.await("session_ended");
        manager.session(client);
        assertThat(listed()).hasSize(2);
    }

    @Test
    void anIdleSessionIsEndedWithoutAFrameAndARunningOneIsNot() {
        start(s -> s.withSessionTimeout(Duration.ofMillis(700)));
        UUID busy = manager.session(client);
        prompt(client, busy, "Take your time");
        agents.awaitAgent(0, 1).emitInit();
        UUID idle = manager.session(client);
        assertThat(listed()).hasSize(2);
        await().atMost(Patience.LIMIT).until(() -> listed().size() == 1);
        assertThat(listed().get(0).path("id").asText()).isEqualTo(busy.toString());
        assertThat(client.frames()).noneMatch(f -> is(f, "session_ended"));
        prompt(client, idle, "Hello?");
        assertThat(client.await("error").path("message").asText())
                .isEqualTo("Session " + idle + " not found");
    }

    @Test
    void twoPlacementsDoNotShareSessions() {
        start(s -> s);
        UUID id = manager.session(client);
        try (NativeClient main =
                NativeClient.connect(
                        manager.server().port(), "/manager/ws?token=" + ManagerServer.KEY)) {
            main.send("{\"type\":\"list_sessions\"}");
            assertThat(main.await("sessions_list").path("sessions")).isEmpty();
            prompt(main, id, "Not yours");
            assertThat(main.await("error").path("message").asText())
                    .isEqualTo("Session " + id + " not found");
            main.send(manager.create(id, "{}").toString());
            main.await(
                    f -> f.path("message").asText().equals("Session " + id + " already exists"),
                    "an error");
        }
    }

    @Test
    void sessionsOfOtherDialectsAreInaccessibleButTheWindowHasThese() throws Exception {
        start(s -> s);
        UUID foreign = manager.server().newSession();
        assertThat(listed()).isEmpty();
        prompt(client, foreign, "Hello");
        assertThat(client.await("error").path("message").asText())
                .isEqualTo("Session " + foreign + " not found");

        UUID own = manager.session(client);
        assertThat(manager.server().session(own).path("origin").asText()).isEqualTo("manager");
        try (NativeClient window = manager.server().subscribe(own, 0L)) {
            prompt(client, own, "Hello");
            ScriptedAgent agent = agents.awaitAgent(0, 1);
            agent.emitInit();
            agent.emitText("Good day");
            agent.emitResult();
            assertThat(window.await("assistant").has("seq")).isTrue();

            window.sendPrompt("From the window");
            // The client's options do not apply to the window's prompt, so another agent continues.
            ScriptedAgent next = agents.awaitAgent(1, 1);
            next.emitInit();
            next.emitText("To the window");
            next.emitResult();
            window.await(f -> f.toString().contains("To the window"), "the window's answer");
        }
        assertThat(client.texts().toString()).doesNotContain("To the window");
    }

    @Test
    void afterARestartTheListIsEmptyAndTheConversationIsKept() throws Exception {
        start(s -> s);
        UUID id = manager.session(client);
        manager.close();
        start(s -> s);
        assertThat(listed()).isEmpty();
        client.send(manager.create(id, "{}").toString());
        assertThat(client.await("error").path("message").asText())
                .isEqualTo("Session " + id + " already exists");
        assertThat(manager.server().session(id).path("origin").asText()).isEqualTo("manager");
    }

    @Test
    void theRateLimitAppliesToSessionsAndPromptsOnly() {
        start(s -> s.withRate(new Rate(2, Duration.ofMinutes(10))));
        UUID id = manager.session(client);
        prompt(client, id, "One");
        prompt(client, id, "Two");
        assertThat(client.await("error").path("message").asText())
                .matches("Rate limit exceeded\\. Try again in \\d+ s\\.");
        assertThat(listed()).hasSize(1);
        try (NativeClient other = manager.client()) {
            manager.session(other);
        }
    }
}
