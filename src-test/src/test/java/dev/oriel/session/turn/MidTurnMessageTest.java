package dev.oriel.session.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.UserMessages;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.event.SessionEvent.Progress;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Messages into a running turn, step by step, with a lane and a timer that the test drives by
/// hand.
class MidTurnMessageTest extends TurnFixture {
    @Test
    void aMidTurnMessageKeepsTheTurnOpenUntilItsOwnResult() throws Exception {
        UUID prompt = prompt("Hello");
        UUID more = UUID.randomUUID();
        assertThat(turns.sendMidTurn(UserMessages.prompt(more, "more"))).isTrue();
        agent(0).emit(result(prompt));
        lane.runAll();
        assertThat(turns.isAnswering(prompt)).isTrue();
        agent(0).emit(result(more));
        lane.runAll();
        assertThat(progress(prompt)).endsWith(Progress.COMPLETED);
    }

    @Test
    void aMidTurnMessageThatNoTurnAnswersEndsAfterHalfAMinute() throws Exception {
        UUID prompt = prompt("Hello");
        turns.sendMidTurn(UserMessages.prompt(UUID.randomUUID(), "more"));
        agent(0).emit(result(prompt));
        lane.runAll();
        advance(Duration.ofMillis(29_999));
        assertThat(turns.isAnswering(prompt)).isTrue();
        advance(Duration.ofMillis(1));
        assertThat(state()).isEqualTo(new SessionState.Idle());
    }

    @Test
    void aMidTurnMessageThatTheAgentIgnoresEndsAMomentAfterTheAgentIsIdle() throws Exception {
        UUID prompt = prompt("Hello");
        turns.sendMidTurn(UserMessages.prompt(UUID.randomUUID(), "more"));
        agent(0).emit(result(prompt), IDLE);
        lane.runAll();
        advance(Duration.ofMillis(499));
        assertThat(turns.isAnswering(prompt)).isTrue();
        advance(Duration.ofMillis(1));
        assertThat(progress(prompt)).endsWith(Progress.COMPLETED);
    }

    @Test
    void withoutATurnAMidTurnMessageIsRefused() {
        assertThat(turns.sendMidTurn(UserMessages.prompt(UUID.randomUUID(), "more"))).isFalse();
    }

    /// The journal then ends with the message, which must not look like a turn that was cut off.
    @Test
    void aMessageThatIsDroppedAfterTheLastResultGetsAResult() throws Exception {
        UUID prompt = prompt("Hello");
        turns.sendMidTurn(UserMessages.prompt(UUID.randomUUID(), "more"));
        agent(0).emit(result(prompt));
        lane.runAll();
        turns.sendMidTurn(UserMessages.prompt(UUID.randomUUID(), "even more"));
        advance(Duration.ofSeconds(30));
        assertThat(client.messages().getLast().tree().path("oriel_not_taken").asBoolean()).isTrue();
        assertThat(UnfinishedTurn.find(journal, journal.findSession(id).orElseThrow())).isEmpty();
    }

    @Test
    void aMessageThatIsInterruptedAfterTheLastResultGetsAResult() throws Exception {
        UUID prompt = prompt("Hello");
        turns.sendMidTurn(UserMessages.prompt(UUID.randomUUID(), "more"));
        agent(0).emit(result(prompt));
        lane.runAll();
        turns.sendMidTurn(UserMessages.prompt(UUID.randomUUID(), "even more"));
        turns.interrupt();
        output.flush();
        assertThat(client.messages().getLast().tree().path("terminal_reason").asText())
                .startsWith("aborted");
        assertThat(UnfinishedTurn.find(journal, journal.findSession(id).orElseThrow())).isEmpty();
    }

    @Test
    void aMessageThatWasSentBeforeTheLastResultGetsNoFurtherOne() throws Exception {
        prompt("Hello");
        turns.sendMidTurn(UserMessages.prompt(UUID.randomUUID(), "more"));
        agent(0).emit("{\"type\":\"result\",\"subtype\":\"success\"}");
        lane.runAll();
        advance(Duration.ofSeconds(1));
        assertThat(state()).isEqualTo(new SessionState.Idle());
        assertThat(journaledTypes()).containsExactly("user", "user", "result/success");
    }

    @Test
    void aTurnOfABackgroundTaskDoesNotEndTheWaitForAMidTurnMessage() throws Exception {
        UUID prompt = prompt("Hello");
        turns.sendMidTurn(UserMessages.prompt(UUID.randomUUID(), "more"));
        agent(0).emit(result(prompt));
        agent(0).emitInit();
        agent(0).emit(TASK_RESULT);
        lane.runAll();
        assertThat(turns.isAnswering(prompt)).isTrue();
        advance(Duration.ofSeconds(30));
        assertThat(state()).isEqualTo(new SessionState.Idle());
    }
}
