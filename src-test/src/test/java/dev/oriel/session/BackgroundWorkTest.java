package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.message.Message;
import dev.oriel.testing.agent.CollectingSubscriber;
import dev.oriel.testing.agent.ScriptedAgent;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Asks of background tasks, and the tasks themselves, outlive a turn.
class BackgroundWorkTest extends SessionFixture {
    private static final String TASK =
            "{\"type\":\"system\",\"subtype\":\"%s\",\"task_id\":\"t1\"}";

    private void allow(String id) throws Exception {
        session.reply(
                client,
                Message.parse(
                        ("{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\","
                             + "\"request_id\":\"%s\",\"response\":{\"behavior\":\"allow\","
                             + "\"updatedInput\":{}}}}")
                                .formatted(id)));
    }

    private JsonNode object() {
        return sessions.find(session.id()).orElseThrow().toJson();
    }

    private boolean isAskWithdrawn() {
        return client.messages().stream().anyMatch(m -> m.is("control_cancel_request"));
    }

    private static String state(String state) {
        return "{\"type\":\"system\",\"subtype\":\"session_state_changed\",\"state\":\"%s\"}"
                .formatted(state);
    }

    @Test
    void anAskStaysOpenAfterTheTurnAndItsReplyReachesTheAgent() throws Exception {
        UUID first = prompt("go");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitAsk("ask-1", "Bash", "{}");
        agent.emitResult();
        awaitProgress(first, "completed");
        Awaitility.await().until(() -> object().path("state").asText().equals("idle"));
        assertThat(object().path("asks").asInt()).isEqualTo(1);
        assertThat(isAskWithdrawn()).isFalse();

        CollectingSubscriber late = new CollectingSubscriber(true);
        session.subscribe(late, null);
        late.await(m -> m.is("control_request"));
        allow("ask-1");
        Awaitility.await().until(() -> agent.responses().size() == 1);
        Awaitility.await().until(() -> !object().has("asks"));
    }

    @Test
    void anAskAfterTheTurnDoesNotDelayPromptsAndStaysOpenInTheNextTurn() throws Exception {
        UUID first = prompt("go");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitResult();
        awaitProgress(first, "completed");
        agent.emitAsk("ask-1", "Bash", "{}");
        Awaitility.await().until(() -> object().path("asks").asInt() == 1);
        assertThat(object().path("state").asText()).isEqualTo("idle");

        UUID second = prompt("more");
        awaitProgress(second, "started");
        Awaitility.await().until(() -> object().path("state").asText().equals("asking"));
        allow("ask-1");
        Awaitility.await().until(() -> object().path("state").asText().equals("running"));
        agent.emitResult();
        awaitProgress(second, "completed");
        assertThat(agent.responses()).hasSize(1);
    }

    @Test
    void anAskIsClosedByAReplyAWithdrawalOrTheExitOfTheAgentOnly() {
        prompt("go");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitAsk("ask-1", "Bash", "{}");
        agent.emitAsk("ask-2", "Bash", "{}");
        agent.emitResult();
        agent.emit("{\"type\":\"control_cancel_request\",\"request_id\":\"ask-1\"}");
        Awaitility.await().until(() -> object().path("asks").asInt() == 1);
        agent.exit(AgentEvent.ExitCause.ASKED);
        Awaitility.await().until(() -> !object().has("asks"));
        client.await(m -> m.is("control_cancel_request") && "ask-2".equals(m.requestId()));
    }

    @Test
    void anInterruptLeavesTheAskOfABackgroundTaskOpen() {
        UUID first = prompt("go");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitAsk("ask-1", "Bash", "{}");
        Awaitility.await().until(() -> object().path("asks").asInt() == 1);
        session.interrupt(client, first);
        Awaitility.await().until(() -> agent.interrupts() == 1);
        agent.emitResult();
        awaitProgress(first, "completed");
        Awaitility.await().until(() -> object().path("state").asText().equals("idle"));
        assertThat(object().path("asks").asInt()).isEqualTo(1);
        assertThat(isAskWithdrawn()).isFalse();
    }

    @Test
    void anAgentThatWaitsForAReplyIsNotIdle() {
        prompt("go");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitResult();
        agent.emitAsk("ask-1", "Bash", "{}");
        Awaitility.await().until(() -> object().path("asks").asInt() == 1);
        assertKeepsRunning(agent);
        agent.emit("{\"type\":\"control_cancel_request\",\"request_id\":\"ask-1\"}");
        assertStops(agent);
    }

    @Test
    void anAgentThatReportsItsStateIsIdleOnlyWhenItSaysSo() {
        prompt("go");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emit(state("running"));
        agent.emitResult();
        assertKeepsRunning(agent);
        agent.emit(state("idle"));
        assertStops(agent);
    }

    @Test
    void anAgentWithABackgroundTaskIsNotIdleEvenIfItSaysSo() {
        prompt("go");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emit(TASK.formatted("task_started"));
        agent.emitResult();
        agent.emit(state("idle"));
        assertKeepsRunning(agent);
        agent.emit(TASK.formatted("task_notification"), state("idle"));
        assertStops(agent);
    }

    /// Waits until earlier commands have run: commands run in order.
    private void assertKeepsRunning(ScriptedAgent agent) {
        Awaitility.await().until(() -> object().path("state").asText().equals("idle"));
        session.stopAgentIfIdle();
        awaitProgress(prompt("another"), "started");
        assertThat(agent.isCloseRequested()).isFalse();
        agent.emit("{\"type\":\"result\",\"subtype\":\"success\"}");
        Awaitility.await().until(() -> object().path("state").asText().equals("idle"));
    }

    private void assertStops(ScriptedAgent agent) {
        Awaitility.await()
                .until(() -> {
                    session.stopAgentIfIdle();
                    return agent.isCloseRequested();
                });
    }
}
