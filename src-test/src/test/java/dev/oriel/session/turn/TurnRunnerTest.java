package dev.oriel.session.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.event.SessionEvent.AgentStderr;
import dev.oriel.session.event.SessionEvent.AgentStdout;
import dev.oriel.session.event.SessionEvent.AskClosed;
import dev.oriel.session.event.SessionEvent.AskOpened;
import dev.oriel.session.event.SessionEvent.Notice;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.SessionChanged;
import dev.oriel.session.event.SessionEvent.UnsentPrompts;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Runs turns step by step, with a lane and a timer that the test drives by hand.
class TurnRunnerTest extends TurnFixture {
    @Test
    void aPromptRunsFromItsStartToItsResult() throws Exception {
        UUID prompt = prompt("Hello");
        assertThat(state()).isInstanceOf(SessionState.Running.class);
        assertThat(agent(0).prompts()).extracting(Message::uuid).containsExactly(prompt.toString());
        assertThat(turns.isAnswering(prompt)).isTrue();

        agent(0).emitInit();
        agent(0).emitText("Hi");
        agent(0).emitResult();
        lane.runAll();

        assertThat(state()).isEqualTo(new SessionState.Idle());
        assertThat(turns.isAnswering(prompt)).isFalse();
        assertThat(progress(prompt)).containsExactly(Progress.STARTED, Progress.COMPLETED);
        assertThat(journaledTypes())
                .containsExactly("user", "system/init", "assistant", "result/success");
        assertThat(client.last(SessionChanged.class).session().record().costUsd()).isEqualTo(0.25);
    }

    @Test
    void theStateIsPublishedAfterTheResult() throws Exception {
        prompt("Hello");
        agent(0).emitResult();
        lane.runAll();
        assertThat(client.events.getLast()).isInstanceOf(SessionChanged.class);
        assertThat(client.last(SessionChanged.class).session().state().wireName())
                .isEqualTo("idle");
    }

    @Test
    void theNextPromptStartsWhenTheTurnIsFinished() throws Exception {
        UUID first = prompt("one");
        UUID second = prompt("two");
        assertThat(agent(0).prompts()).hasSize(1);
        agent(0).emitResult();
        lane.runAll();
        assertThat(agent(0).prompts())
                .extracting(Message::uuid)
                .containsExactly(first.toString(), second.toString());
    }

    @Test
    void aHeldQueueStartsNothing() throws Exception {
        prompt("one");
        prompt("two");
        model.prompts().hold();
        agent(0).emitResult();
        lane.runAll();
        assertThat(agent(0).prompts()).hasSize(1);
        model.prompts().release();
        turns.startNext();
        assertThat(agent(0).prompts()).hasSize(2);
    }

    @Test
    void promptsForWhichNoAgentStartsAreSetApartWithTheReason() throws Exception {
        provider.setUnavailable("There is none.");
        UUID prompt = prompt("Hello");
        assertThat(state()).isEqualTo(new SessionState.Failed("There is none."));
        assertThat(progress(prompt)).containsExactly(Progress.FAILED);
        assertThat(client.last(UnsentPrompts.class).reason()).isEqualTo("There is none.");
        assertThat(model.prompts().isUnsent(prompt)).isTrue();
    }

    @Test
    void withoutAPlaceForItsAgentThePromptWaitsAndThenStarts() throws Exception {
        var other = new OtherSession();
        other.takePlace();
        UUID prompt = prompt("Hello");
        assertThat(provider.agents()).isEmpty();
        assertThat(client.last(Notice.class).code()).isEqualTo("queued");
        other.leave();
        lane.runAll();
        assertThat(turns.isAnswering(prompt)).isTrue();
    }

    @Test
    void aFreePlaceThatAHeldQueueDoesNotNeedGoesToTheNextSession() throws Exception {
        var busy = new OtherSession();
        var next = new OtherSession();
        busy.takePlace();
        prompt("Hello");
        next.takePlace();
        model.prompts().hold();
        busy.leave();
        assertThat(next.notified()).isZero();
        lane.runAll();
        assertThat(next.notified()).isEqualTo(1);
        assertThat(provider.agents()).isEmpty();
    }

    @Test
    void anInterruptedTurnFinishesWithItsResult() throws Exception {
        prompt("Hello");
        assertThat(turns.interrupt()).isPresent();
        assertThat(agent(0).interrupts()).isEqualTo(1);
        assertThat(state()).isInstanceOf(SessionState.Interrupting.class);
        agent(0).emitResult();
        lane.runAll();
        assertThat(state()).isEqualTo(new SessionState.Idle());
    }

    @Test
    void withoutATurnThereIsNothingToInterrupt() {
        assertThat(turns.interrupt()).isEmpty();
    }

    @Test
    void aPromptThatTheAgentNeverTakesUpEndsAfterAWhile() throws Exception {
        UUID prompt = prompt("Hello");
        UUID next = prompt("next");
        agent(0).emit(IDLE);
        lane.runAll();
        advance(Duration.ofMillis(4_999));
        assertThat(turns.isAnswering(prompt)).isTrue();
        advance(Duration.ofMillis(1));
        JsonNode result =
                client.messages().stream().filter(m -> m.is("result")).findFirst().get().tree();
        assertThat(result.path("oriel_not_taken").asBoolean()).isTrue();
        assertThat(result.path("is_error").asBoolean()).isTrue();
        assertThat(result.path("result").asText()).contains("did not accept");
        assertThat(progress(prompt)).endsWith(Progress.COMPLETED);
        assertThat(turns.isAnswering(next)).isTrue();
    }

    @Test
    void aPromptThatIsTakenUpMayTakeAnyTime() throws Exception {
        UUID prompt = prompt("Hello");
        agent(0).emitInit();
        lane.runAll();
        advance(Duration.ofHours(1));
        assertThat(turns.isAnswering(prompt)).isTrue();
    }

    @Test
    void aPartialAnswerIsJournaledBeforeTheResult() throws Exception {
        prompt("Hello");
        agent(0).emitTextStart();
        agent(0).emitDelta("It was");
        agent(0).emitResult();
        lane.runAll();
        assertThat(journaledTypes()).containsExactly("user", "assistant", "result/success");
    }

    @Test
    void aPartialAnswerIsJournaledBeforeTheAgentsExit() throws Exception {
        prompt("Hello");
        agent(0).emitTextStart();
        agent(0).emitDelta("It was");
        exit(agent(0), ExitCause.CRASHED);
        assertThat(journaledTypes())
                .containsExactly("user", "assistant", "system/oriel_agent_exited");
    }

    @Test
    void anInterruptBetweenTurnsStartsTheNextPrompt() throws Exception {
        UUID first = prompt("one");
        UUID second = prompt("two");
        turns.sendMidTurn(UserMessages.prompt(UUID.randomUUID(), "more"));
        agent(0).emit(result(first));
        lane.runAll();
        assertThat(turns.isAnswering(first)).isTrue();
        assertThat(turns.interrupt()).hasValueSatisfying(c -> assertThat(c).isCompleted());
        assertThat(agent(0).interrupts()).isZero();
        assertThat(turns.isAnswering(second)).isTrue();
    }

    @Test
    void anAskHoldsTheTurnUntilItIsWithdrawn() throws Exception {
        prompt("Hello");
        agent(0).emitAsk("ask-1", "Bash", "{}");
        lane.runAll();
        assertThat(state()).isInstanceOf(SessionState.Asking.class);
        assertThat(client.last(AskOpened.class).ask().requestId()).isEqualTo("ask-1");
        agent(0).emit("{\"type\":\"control_cancel_request\",\"request_id\":\"ask-1\"}");
        lane.runAll();
        assertThat(state()).isInstanceOf(SessionState.Running.class);
        assertThat(client.last(AskClosed.class).requestId()).isEqualTo("ask-1");
    }

    @Test
    void anAskThatNobodyCanAnswerIsDenied() throws Exception {
        client.answersAsks = false;
        prompt("Hello");
        agent(0).emitAsk("ask-1", "Bash", "{}");
        lane.runAll();
        assertThat(
                        agent(0).responses()
                                .getFirst()
                                .tree()
                                .at("/response/response/behavior")
                                .asText())
                .isEqualTo("deny");
        assertThat(state()).isInstanceOf(SessionState.Running.class);
    }

    @Test
    void aTurnFinishesWhenTheJournalCanBeWrittenAgain() throws Exception {
        prompt("one");
        UUID second = prompt("two");
        journal.failWrites(true);
        agent(0).emitText("Hi");
        agent(0).emitResult();
        lane.runAll();
        assertThat(lane.isInputHeld()).isTrue();
        assertThat(client.messages()).noneMatch(m -> m.is("result"));
        journal.failWrites(false);
        advance(Duration.ofSeconds(1));
        assertThat(client.messages()).anyMatch(m -> m.is("result"));
        assertThat(turns.isAnswering(second)).isTrue();
    }

    @Test
    void linesOnStandardErrorArePublishedAndNotJournaled() throws Exception {
        prompt("Hello");
        agent(0).emitStderr("warning: old");
        lane.runAll();
        assertThat(client.last(AgentStderr.class).line()).isEqualTo("warning: old");
        assertThat(journaledTypes()).containsExactly("user");
    }

    @Test
    void aWaitForAPlaceIsReportedOnce() throws Exception {
        var other = new OtherSession();
        other.takePlace();
        prompt("one");
        prompt("two");
        turns.startNext();
        assertThat(client.all(Notice.class)).hasSize(1);
        other.leave();
        lane.runAll();
        agent(0).emitResult();
        lane.runAll();
        agent(0).emitResult();
        lane.runAll();
        exit(agent(0), ExitCause.ASKED);
        other.takePlace();
        prompt("three");
        assertThat(client.all(Notice.class)).as("a second wait").hasSize(2);
    }

    /// The sign that the prompt was taken up may be in the input that is not processed meanwhile.
    @Test
    void aPromptIsNotGivenUpWhileTheJournalCannotBeWritten() throws Exception {
        UUID prompt = prompt("Hello");
        agent(0).emit(IDLE);
        lane.runAll();
        journal.failWrites(true);
        output.record(UserMessages.prompt(UUID.randomUUID(), "anything"));
        output.flush();
        agent(0).emitInit();
        advance(Duration.ofSeconds(7));
        assertThat(turns.isAnswering(prompt)).isTrue();
        journal.failWrites(false);
        advance(Duration.ofSeconds(1));
        advance(Duration.ofSeconds(60));
        assertThat(turns.isAnswering(prompt)).isTrue();
        assertThat(client.messages()).noneMatch(m -> m.tree().has("oriel_not_taken"));
    }

    @Test
    void aPromptThatCannotBeWrittenStartsWhenTheJournalCanBeWritten() throws Exception {
        journal.failWrites(true);
        UUID prompt = prompt("Hello");
        assertThat(agent(0).prompts()).isEmpty();
        assertThat(model.prompts().has(prompt)).isTrue();
        journal.failWrites(false);
        advance(Duration.ofSeconds(1));
        assertThat(agent(0).prompts()).hasSize(1);
    }

    @Test
    void theAgentsOwnModeAndLinesThatAreNoMessagesArePublished() throws Exception {
        prompt("Hello");
        agent(0).emit("{\"type\":\"system\",\"subtype\":\"status\",\"permissionMode\":\"plan\"}");
        agent(0).emitMalformed("no JSON");
        lane.runAll();
        assertThat(client.last(AgentStdout.class).line()).isEqualTo("no JSON");
        assertThat(client.last(SessionChanged.class).session().record().permissionMode())
                .isEqualTo("plan");
        assertThat(journaledTypes()).doesNotContain("no JSON");
    }

    @Test
    void anElicitationThatNobodyCanAnswerIsCancelledAndNotDeclined() throws Exception {
        prompt("Hello");
        agent(0).emit(
                        "{\"type\":\"control_request\",\"request_id\":\"form-1\","
                                + "\"request\":{\"subtype\":\"elicitation\"}}");
        lane.runAll();
        assertThat(agent(0).responses().getFirst().tree().at("/response/response/action").asText())
                .as("a guest has no frames for it")
                .isEqualTo("cancel");
        assertThat(client.last(AskClosed.class).requestId()).isEqualTo("form-1");
    }

    @Test
    void aTurnOfABackgroundTaskIsNoSignThatThePromptWasTakenUp() throws Exception {
        UUID prompt = prompt("Hello");
        agent(0).emitInit();
        agent(0).emitText("The task has ended.");
        agent(0).emit(TASK_RESULT, IDLE);
        lane.runAll();
        assertThat(turns.isAnswering(prompt)).isTrue();
        advance(Duration.ofSeconds(5));
        assertThat(state()).isEqualTo(new SessionState.Idle());
        assertThat(client.messages().getLast().tree().path("oriel_not_taken").asBoolean()).isTrue();
    }

    @Test
    void aPlaceIsFreeAgainWhenAnAgentFailsToStartUnexpectedly() throws Exception {
        provider.failNextStart(new IllegalStateException("a bug"));
        assertThatThrownBy(() -> prompt("Hello")).hasMessage("a bug");
        assertThat(pool.taken()).isZero();
        turns.startNext();
        assertThat(agent(0).prompts()).hasSize(1);
    }
}
