package dev.oriel.session.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.message.Message;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.command.AskCommands;
import dev.oriel.session.event.SessionEvent.AskClosed;
import dev.oriel.session.event.SessionEvent.AskOpened;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import dev.oriel.session.event.SessionEvent.SessionChanged;
import dev.oriel.testing.agent.ScriptedAgent;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Asks of background tasks, and the tasks themselves, outlive a turn.
class BackgroundWorkTest extends TurnFixture {
    private static final String TASK_STARTED =
            "{\"type\":\"system\",\"subtype\":\"task_started\",\"task_id\":\"t1\"}";
    private static final String TASK_ENDED =
            "{\"type\":\"system\",\"subtype\":\"task_notification\",\"task_id\":\"t1\"}";

    private static String state(String state) {
        return "{\"type\":\"system\",\"subtype\":\"session_state_changed\",\"state\":\"%s\"}"
                .formatted(state);
    }

    private static String tasks(String ids) {
        return "{\"type\":\"system\",\"subtype\":\"background_tasks_changed\",\"tasks\":[%s]}"
                .formatted(ids);
    }

    private static String withdrawal(String ask) {
        return "{\"type\":\"control_cancel_request\",\"request_id\":\"%s\"}".formatted(ask);
    }

    private void emit(String... lines) {
        agent(0).emit(lines);
        lane.runAll();
    }

    private void ask(String id) {
        agent(0).emitAsk(id, "Bash", "{}");
        lane.runAll();
    }

    private void finishTurn() {
        agent(0).emit("{\"type\":\"result\",\"subtype\":\"success\"}");
        lane.runAll();
    }

    private void allow(String id) throws Exception {
        new AskCommands(model, output, turns, false)
                .reply(
                        client,
                        Message.parse(
                                """
                                {"type":"control_response","response":{"subtype":"success",
                                 "request_id":"%s","response":{"behavior":"allow"}}}\
                                """
                                        .formatted(id)));
    }

    private String stateName() {
        return model.details().state().wireName();
    }

    /// Whether the agent is told to exit because another session wants its place.
    private boolean isStoppedForOthers(ScriptedAgent agent) {
        turns.agent().stopIfIdle();
        lane.runAll();
        return agent.isCloseRequested();
    }

    @Test
    void theTasksOfTheAgentAreKnownUntilTheyEndOrTheAgentExits() throws Exception {
        prompt("go");
        emit(TASK_STARTED);
        assertThat(model.tasks().ids()).containsExactly("t1");
        emit(tasks("{\"task_id\":\"t2\"},{\"task_id\":\"t1\"}"), TASK_ENDED);
        assertThat(model.tasks().ids()).containsExactly("t2");
        finishTurn();
        assertThat(model.tasks().ids()).containsExactly("t2");
        agent(0).exit(ExitCause.STOPPED);
        lane.runAll();
        assertThat(model.tasks().ids()).isEmpty();
    }

    @Test
    void clientsLearnThatTheTasksEndedWithAnIdleAgent() throws Exception {
        prompt("go");
        emit(TASK_STARTED);
        finishTurn();
        assertThat(client.last(SessionChanged.class).tasks()).containsExactly("t1");
        agent(0).exit(ExitCause.CRASHED);
        lane.runAll();
        assertThat(client.last(SessionChanged.class).tasks()).isEmpty();
    }

    @Test
    void aCommandThatOnlyItsResultNamesRunsUntilTheAgentExits() throws Exception {
        String result =
                """
                {"type":"user","session_id":"s","message":{"role":"user","content":[]},\
                "tool_use_result":{"backgroundTaskId":"b1"}}\
                """;
        prompt("go");
        emit(result);
        finishTurn();
        assertThat(model.tasks().ids()).containsExactly("b1");
        assertThat(isStoppedForOthers(agent(0))).as("nothing would report its end").isTrue();
        agent(0).exit(ExitCause.ASKED);
        lane.runAll();
        prompt("again");
        agent(1).emit(tasks(""), result);
        lane.runAll();
        assertThat(model.tasks().ids()).as("an agent that lists its tasks").isEmpty();
    }

    @Test
    void aTaskThatIsMovedToTheBackgroundRunsThere() throws Exception {
        prompt("go");
        emit(
                tasks("{\"task_id\":\"t2\"}"),
                "{\"type\":\"system\",\"subtype\":\"task_updated\",\"task_id\":\"t1\","
                        + "\"patch\":{\"is_backgrounded\":true}}");
        assertThat(model.tasks().ids()).containsExactlyInAnyOrder("t1", "t2");
    }

    @Test
    void anAskStaysOpenAfterTheTurnAndItsReplyReachesTheAgent() throws Exception {
        UUID prompt = prompt("go");
        ask("ask-1");
        finishTurn();
        assertThat(client.last(PromptChanged.class))
                .isEqualTo(new PromptChanged(prompt, Progress.COMPLETED));
        assertThat(stateName()).isEqualTo("idle");
        assertThat(client.last(SessionChanged.class).session().asks()).isEqualTo(1);
        assertThat(client.all(AskClosed.class)).isEmpty();

        var late = new Events();
        output.subscribe(late, null);
        assertThat(late.all(AskOpened.class)).hasSize(1);
        allow("ask-1");
        assertThat(agent(0).responses()).hasSize(1);
        assertThat(client.last(SessionChanged.class).session().asks()).isZero();
    }

    @Test
    void anAskAfterTheTurnDoesNotDelayPromptsAndStaysOpenInTheNextTurn() throws Exception {
        prompt("go");
        finishTurn();
        ask("ask-1");
        assertThat(stateName()).isEqualTo("idle");

        UUID second = prompt("more");
        assertThat(turns.isAnswering(second)).isTrue();
        assertThat(stateName()).isEqualTo("asking");
        allow("ask-1");
        assertThat(stateName()).isEqualTo("running");
        finishTurn();
        assertThat(stateName()).isEqualTo("idle");
    }

    @Test
    void anAskIsClosedByAWithdrawalOrTheExitOfTheAgent() throws Exception {
        prompt("go");
        ask("ask-1");
        ask("ask-2");
        finishTurn();
        emit(withdrawal("ask-1"));
        assertThat(model.asks().all()).extracting(Message::requestId).containsExactly("ask-2");
        emit(withdrawal("ask-1"));
        assertThat(client.all(AskClosed.class)).as("once").hasSize(1);
        agent(0).exit(ExitCause.ASKED);
        lane.runAll();
        assertThat(client.last(AskClosed.class).requestId()).isEqualTo("ask-2");
        assertThat(client.last(SessionChanged.class).session().asks()).isZero();
    }

    @Test
    void anInterruptLeavesTheAskOfABackgroundTaskOpen() throws Exception {
        prompt("go");
        ask("ask-1");
        turns.interrupt();
        finishTurn();
        assertThat(stateName()).isEqualTo("idle");
        assertThat(model.asks().size()).isEqualTo(1);
        assertThat(client.all(AskClosed.class)).isEmpty();
    }

    @Test
    void anAskDuringAnInterruptDoesNotHideIt() throws Exception {
        prompt("go");
        turns.interrupt();
        ask("ask-1");
        assertThat(model.details().state()).isInstanceOf(SessionState.Interrupting.class);
        emit(withdrawal("ask-1"));
        assertThat(model.details().state()).isInstanceOf(SessionState.Interrupting.class);
    }

    @Test
    void anAgentThatWaitsForAReplyIsNotIdle() throws Exception {
        prompt("go");
        finishTurn();
        ask("ask-1");
        assertThat(isStoppedForOthers(agent(0))).isFalse();
        emit(withdrawal("ask-1"));
        assertThat(isStoppedForOthers(agent(0))).isTrue();
    }

    @Test
    void anAgentThatReportsItsStateIsIdleOnlyWhenItSaysSo() throws Exception {
        prompt("go");
        emit(state("running"));
        finishTurn();
        assertThat(isStoppedForOthers(agent(0))).isFalse();
        emit(state("idle"));
        assertThat(isStoppedForOthers(agent(0))).isTrue();
    }

    @Test
    void anAgentWithABackgroundTaskIsNotIdleEvenIfItSaysSo() throws Exception {
        prompt("go");
        emit(TASK_STARTED);
        finishTurn();
        emit(state("idle"));
        assertThat(isStoppedForOthers(agent(0))).isFalse();
        emit(TASK_ENDED);
        assertThat(isStoppedForOthers(agent(0))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|true",
                "`{\"task_id\":\"t1\"}`|false",
                "`{\"task_id\":\"t2\"}`|false",
            })
    void aListOfTasksReplacesWhatWasKnown(String ids, boolean idle) throws Exception {
        prompt("go");
        emit(TASK_STARTED, tasks(ids));
        finishTurn();
        assertThat(isStoppedForOthers(agent(0))).isEqualTo(idle);
    }

    @Test
    void aNewAgentHasNoneOfTheTasksOfTheOneBefore() throws Exception {
        prompt("go");
        emit(TASK_STARTED, state("running"));
        agent(0).exit(ExitCause.CRASHED);
        lane.runAll();
        prompt("again");
        agent(1).emitResult();
        lane.runAll();
        assertThat(isStoppedForOthers(agent(1))).isTrue();
    }

    @Test
    void anAgentInATurnIsNotStopped() throws Exception {
        prompt("go");
        assertThat(isStoppedForOthers(agent(0))).isFalse();
    }

    @Test
    void anAgentGivesUpItsPlaceWhenItsLastTaskEnds() throws Exception {
        prompt("go");
        emit(TASK_STARTED);
        finishTurn();
        var other = new OtherSession();
        assertThat(other.takePlace()).isFalse();
        lane.runAll();
        assertThat(agent(0).isCloseRequested()).isFalse();
        emit(TASK_ENDED);
        assertThat(agent(0).isCloseRequested()).isTrue();
        agent(0).exit(ExitCause.ASKED);
        lane.runAll();
        assertThat(other.notified()).isEqualTo(1);
    }

    @Test
    void aTurnThatTheAgentStartsByItselfHasNoPrompt() throws Exception {
        prompt("go");
        finishTurn();
        agent(0).emitInit();
        lane.runAll();
        assertThat(stateName()).isEqualTo("running");
        assertThat(model.details().state().currentTurn().orElseThrow().prompt()).isNull();
        UUID waiting = prompt("more");
        assertThat(turns.isAnswering(waiting)).isFalse();
        finishTurn();
        assertThat(turns.isAnswering(waiting)).isTrue();
    }
}
