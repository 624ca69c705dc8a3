package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentOptions;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.PromptSettings;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.testing.agent.CollectingSubscriber;
import dev.oriel.testing.agent.ScriptedAgent;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// The life cycle of single prompts, also of those sent in the middle of a turn.
class PromptLifecycleTest extends SessionFixture {
    private static final String IDLE =
            "{\"type\":\"system\",\"subtype\":\"session_state_changed\",\"state\":\"idle\"}";

    private UUID promptMidTurn(String text) {
        UUID uuid = UUID.randomUUID();
        session.promptMidTurn(client, UserMessages.prompt(uuid, text));
        return uuid;
    }

    private String state() {
        return sessions.find(session.id()).orElseThrow().state().wireName();
    }

    private static String result(UUID... answered) {
        StringBuilder uuids = new StringBuilder();
        for (UUID each : answered) {
            uuids.append(uuids.isEmpty() ? "" : ",").append('"').append(each).append('"');
        }
        return "{\"type\":\"result\",\"subtype\":\"success\",\"user_message_uuids\":[%s]}"
                .formatted(uuids);
    }

    @Test
    void aMidTurnPromptIsJournaledAfterThePrompt() throws Exception {
        UUID first = prompt("go");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        UUID second = promptMidTurn("more");
        Awaitility.await().until(() -> agent.midTurnPrompts().size() == 1);
        assertThat(journal.messagesAfter(session.id(), 0, 10))
                .extracting(e -> Message.parse(e.body()).uuid())
                .containsExactly(first.toString(), second.toString());
    }

    @Test
    void aPromptBeyondTheQueuesLimitIsRejected() throws Exception {
        String large = "x".repeat(6 * 1024 * 1024);
        UUID first = prompt(large);
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        UUID second = prompt(large);
        UUID third = prompt(large);
        awaitProgress(third, "queued");
        prompt(large);
        Message refusal = client.await(m -> m.is("error"));
        assertThat(refusal.tree().at("/error/code").asText()).isEqualTo("too_many");
        assertThat(journal.queuedPrompts(session.id())).hasSize(2);
        // The same prompt again is not another one.
        session.prompt(client, UserMessages.prompt(third, large));
        agent.emit(result(first));
        awaitProgress(second, "started");
        awaitProgress(prompt(large), "queued");
        assertThat(client.messages()).filteredOn(m -> m.is("error")).hasSize(1);
    }

    @Test
    void aMidTurnPromptWithoutATurnIsCancelled() throws Exception {
        awaitProgress(promptMidTurn("more"), "cancelled");
        assertThat(agents.agents()).isEmpty();
        assertThat(journal.messagesAfter(session.id(), 0, 10)).isEmpty();
    }

    @Test
    void aPromptIsCompletedWhenAllMidTurnPromptsAreAnswered() {
        UUID first = prompt("go");
        UUID next = prompt("next");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        UUID second = promptMidTurn("more");
        Awaitility.await().until(() -> agent.midTurnPrompts().size() == 1);
        agent.emit(result(first));
        agent.emitInit();
        client.await(m -> m.is("system", "init"));
        assertThat(agent.prompts()).hasSize(1);
        agent.emit(result(second));
        awaitProgress(first, "completed");
        awaitProgress(next, "started");
    }

    @Test
    void aMidTurnPromptThatTheAgentCancelsDelaysNothing() {
        UUID first = prompt("go");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        UUID second = promptMidTurn("more");
        Awaitility.await().until(() -> agent.midTurnPrompts().size() == 1);
        agent.emit(
                result(first),
                "{\"type\":\"command_lifecycle\",\"command_uuid\":\"%s\",\"state\":\"cancelled\"}"
                        .formatted(second));
        awaitProgress(first, "completed");
    }

    @Test
    void anIdleReportOfTheTurnBeforeDoesNotEndARunningPrompt() {
        UUID first = prompt("go");
        UUID second = prompt("next");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitResult();
        awaitProgress(second, "started");
        agent.emit(IDLE);
        agent.emitInit();
        client.await(
                m -> client.messages().stream().filter(i -> i.is("system", "init")).count() == 2);
        agent.emitResult();
        awaitProgress(second, "completed");
        awaitProgress(first, "completed");
        assertThat(client.messages()).noneMatch(m -> m.tree().has("oriel_not_taken"));
    }

    @Test
    void anAgentThatExitsBetweenTwoTurnsDelaysNothing() {
        UUID first = prompt("go");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        promptMidTurn("more");
        Awaitility.await().until(() -> agent.midTurnPrompts().size() == 1);
        agent.emit(result(first));
        agent.exit(AgentEvent.ExitCause.CRASHED);
        awaitProgress(first, "completed");
        UUID next = prompt("next");
        agents.awaitAgent(1, 1).emitResult();
        awaitProgress(next, "completed");
    }

    @Test
    void anInterruptOfOnePromptDoesNotAffectTheOthers() {
        UUID first = prompt("go");
        UUID second = prompt("next");
        UUID third = prompt("last");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        session.interrupt(client, second);
        awaitProgress(second, "cancelled");
        assertThat(agent.interrupts()).isZero();
        session.interrupt(client, first);
        Awaitility.await().until(() -> agent.interrupts() == 1);
        agent.emitResult();
        awaitProgress(third, "started");
        session.interrupt(client, first);
        awaitProgress(first, "completed");
        assertThat(agent.interrupts()).isEqualTo(1);
    }

    @Test
    void anAbandonedPromptEndsItsAgentAndTheNextPromptGetsAnother() {
        UUID first = prompt("go");
        UUID second = prompt("next");
        UUID third = prompt("last");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        session.abandon(second);
        awaitProgress(second, "cancelled");
        assertThat(agent.isCloseRequested()).isFalse();
        session.abandon(first);
        Awaitility.await().until(agent::isCloseRequested);
        assertThat(agents.awaitAgent(1, 1).prompts().getFirst().uuid()).isEqualTo(third.toString());
    }

    @Test
    void otherSettingsRestartTheAgentAfterItsTurn() {
        prompt("go");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        guestPrompt("next", new PromptSettings("other", "plan", AgentOptions.NONE));
        client.await(m -> m.is("system", "oriel_queue") && prompts(m).size() == 1);
        assertThat(agent.isCloseRequested()).isFalse();
        agent.emitResult();
        AgentLaunch launch = agents.awaitAgent(1, 1).launch();
        assertThat(launch.model()).isEqualTo("other");
        assertThat(launch.permissionMode()).isEqualTo("plan");
        assertThat(launch.conversation()).isInstanceOf(AgentLaunch.Conversation.Resumed.class);
    }

    @Test
    void equalSettingsKeepTheAgent() {
        guestPrompt("go", new PromptSettings("other", "plan", AgentOptions.NONE));
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitResult();
        guestPrompt("next", new PromptSettings("other", "plan", AgentOptions.NONE));
        agents.awaitAgent(0, 2);
        assertThat(agent.isCloseRequested()).isFalse();
    }

    private void guestPrompt(String text, PromptSettings setting) {
        session.prompt(client, UserMessages.prompt(UUID.randomUUID(), text), setting);
    }

    @Test
    void anIdleAgentStopsOnRequestAndABusyOneDoesNot() {
        prompt("go");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        session.stopAgentIfIdle();
        client.await(m -> m.is("command_lifecycle"));
        agent.emitInit();
        client.await(m -> m.is("system", "init"));
        assertThat(agent.isCloseRequested()).isFalse();
        agent.emitResult();
        Awaitility.await().until(() -> state().equals("idle"));
        session.stopAgentIfIdle();
        Awaitility.await().until(agent::isCloseRequested);
    }

    @Test
    void everyFailedStartIsPublished() {
        agents.setUnavailable("There is none.");
        UUID first = prompt("go");
        client.await(PromptLifecycleTest::failed);
        session.abandon(first);
        awaitProgress(first, "cancelled");
        long before = client.messages().stream().filter(PromptLifecycleTest::failed).count();
        prompt("again");
        Awaitility.await()
                .until(() ->
                        client.messages().stream().filter(PromptLifecycleTest::failed).count()
                                > before);
    }

    private static List<String> prompts(Message of) {
        List<String> uuids = new java.util.ArrayList<>();
        of.tree().path("prompts").forEach(p -> uuids.add(p.path("uuid").asText()));
        return uuids;
    }

    private Message unsent(UUID... prompts) {
        List<String> wanted = java.util.Arrays.stream(prompts).map(UUID::toString).toList();
        return client.await(m -> m.is("system", "oriel_unsent") && prompts(m).equals(wanted));
    }

    @Test
    void anUnsentPromptIsReportedWithTheReasonAndNotSentWithTheNextOne() {
        agents.setUnavailable("There is none.");
        UUID first = prompt("go");
        awaitProgress(first, "failed");
        client.await(PromptLifecycleTest::failed);
        assertThat(sessions.find(session.id()).orElseThrow().record().title()).isEqualTo("go");
        assertThat(unsent(first).tree().path("error").asText()).isEqualTo("There is none.");
        agents.setUnavailable(null);

        UUID second = prompt("again");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitResult();
        awaitProgress(second, "completed");
        assertThat(agent.prompts()).extracting(Message::uuid).containsExactly(second.toString());

        CollectingSubscriber late = new CollectingSubscriber(true);
        session.subscribe(late, null);
        late.await(m -> m.is("system", "oriel_unsent") && prompts(m).size() == 1);
    }

    @Test
    void anUnsentPromptIsSentOnceOnRequest() throws Exception {
        agents.setUnavailable("There is none.");
        UUID first = prompt("go");
        awaitProgress(first, "failed");
        agents.setUnavailable(null);
        for (int i = 0; i < 2; i++) {
            session.request(
                    client,
                    Message.parse(
                            "{\"type\":\"control_request\",\"request_id\":\"r\","
                                    + "\"request\":{\"subtype\":\"oriel_run_queue\"}}"));
        }
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        unsent();
        agent.emitResult();
        awaitProgress(first, "completed");
        assertThat(agent.prompts()).hasSize(1);
    }

    @Test
    void anUnsentPromptStaysUnsentAfterARestart() throws Exception {
        agents.setUnavailable("There is none.");
        UUID first = prompt("go");
        awaitProgress(first, "failed");
        client.await(PromptLifecycleTest::failed);
        agents.setUnavailable(null);
        try (Sessions later =
                new Sessions(
                        journal,
                        List.of(agents),
                        SessionPolicy.defaults(),
                        InstantSource.system())) {
            Session again = later.open(session.id()).orElseThrow();
            CollectingSubscriber late = new CollectingSubscriber(true);
            again.subscribe(late, null);
            Message told = late.await(m -> m.is("system", "oriel_unsent"));
            assertThat(prompts(told)).containsExactly(first.toString());
            assertThat(told.tree().path("error").asText()).isEqualTo("There is none.");
        }
    }

    @Test
    void anAgentWithoutLoginIsReplacedAfterItsTurn() {
        UUID first = prompt("go");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emit(
                "{\"type\":\"assistant\",\"error\":\"authentication_failed\","
                        + "\"message\":{\"model\":\"<synthetic>\",\"content\":[{\"type\":\"text\","
                        + "\"text\":\"Not"
                        + " logged in\"}]}}");
        agent.emitResult();
        awaitProgress(first, "completed");
        Awaitility.await().until(agent::isCloseRequested);
        UUID second = prompt("go");
        agents.awaitAgent(1, 1).emitResult();
        awaitProgress(second, "completed");
    }

    @Test
    void aPromptToADeletedSessionIsReported() throws Exception {
        sessions.delete(session.id());
        CollectingSubscriber late = new CollectingSubscriber(true);
        session.prompt(late, UserMessages.prompt(UUID.randomUUID(), "go"));
        Awaitility.await().until(late::isGone);
    }

    private static boolean failed(Message m) {
        JsonNode session = m.tree().path("session");
        return m.is("system", "oriel_session") && session.path("state").asText().equals("failed");
    }
}
