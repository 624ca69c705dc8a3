package dev.oriel.session.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.message.Message;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.event.SessionEvent.AgentExited;
import dev.oriel.session.event.SessionEvent.AskClosed;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.UnsentPrompts;
import dev.oriel.testing.agent.ScriptedAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Agents of turns that exit, do not start, or are replaced, step by step, with a lane and a timer
/// that the test drives by hand.
class TurnAgentTest extends TurnFixture {
    @Test
    void aCrashFailsTheTurnAndTheNextPromptStartsAnotherAgent() throws Exception {
        UUID prompt = prompt("Hello");
        exit(agent(0), ExitCause.CRASHED);
        assertThat(state()).isInstanceOf(SessionState.Failed.class);
        assertThat(progress(prompt)).endsWith(Progress.COMPLETED);
        assertThat(client.last(AgentExited.class).cause()).isEqualTo(ExitCause.CRASHED);
        assertThat(journaledTypes()).containsExactly("user", "system/oriel_agent_exited");
        prompt("again");
        assertThat(agent(1).prompts()).hasSize(1);
    }

    @Test
    void anAgentCanReadTheConversationFromTheJournal() throws Exception {
        prompt("Hello");
        List<String> types = new ArrayList<>();
        agent(0).launch().log().read(m -> types.add(m.type()));
        assertThat(types).containsExactly("user");
    }

    @Test
    void anExitBetweenTurnsIsNotPublished() throws Exception {
        prompt("Hello");
        agent(0).emitResult();
        lane.runAll();
        exit(agent(0), ExitCause.ASKED);
        assertThat(client.all(AgentExited.class)).isEmpty();
        assertThat(state()).isEqualTo(new SessionState.Idle());
    }

    @Test
    void aLostConversationContinuesWithANewOne() throws Exception {
        UUID prompt = prompt("Hello");
        exit(agent(0), ExitCause.CONVERSATION_GONE);
        assertThat(agent(1).prompts()).extracting(Message::uuid).containsExactly(prompt.toString());
        assertThat(state()).isInstanceOf(SessionState.Running.class);
    }

    @Test
    void eventsOfAReplacedAgentAreIgnored() throws Exception {
        prompt("Hello");
        ScriptedAgent old = agent(0);
        exit(old, ExitCause.CRASHED);
        prompt("again");
        old.emitResult();
        lane.runAll();
        assertThat(state()).isInstanceOf(SessionState.Running.class);
    }

    @Test
    void anExitWithdrawsTheAsks() throws Exception {
        prompt("Hello");
        agent(0).emitAsk("ask-1", "Bash", "{}");
        lane.runAll();
        exit(agent(0), ExitCause.CRASHED);
        assertThat(client.last(AskClosed.class).requestId()).isEqualTo("ask-1");
        assertThat(model.asks().isEmpty()).isTrue();
    }

    @Test
    void aRestartWaitsForTheRunningTurn() throws Exception {
        prompt("Hello");
        turns.agent().replaceBeforeNextTurn();
        assertThat(agent(0).isCloseRequested()).isFalse();
        agent(0).emitResult();
        lane.runAll();
        assertThat(agent(0).isCloseRequested()).isTrue();
    }

    @Test
    void anAgentWithoutWorkExitsAfterTheIdleTimeout() throws Exception {
        prompt("Hello");
        agent(0).emitResult();
        lane.runAll();
        advance(Duration.ofMinutes(14));
        assertThat(agent(0).isCloseRequested()).isFalse();
        advance(Duration.ofMinutes(1));
        assertThat(agent(0).isCloseRequested()).isTrue();
    }

    @Test
    void anEndedSessionWaitsForItsAgentAndAPromptReopensIt() throws Exception {
        prompt("Hello");
        agent(0).emitResult();
        lane.runAll();
        var done = new CompletableFuture<Void>();
        turns.agent().endSession(done);
        assertThat(done).isNotDone();
        exit(agent(0), ExitCause.ASKED);
        assertThat(done).isDone();
        assertThat(state()).isEqualTo(new SessionState.Ended());
        prompt("again");
        assertThat(state()).isInstanceOf(SessionState.Running.class);
    }

    @Test
    void aStoppedSessionStartsNothing() throws Exception {
        var done = new CompletableFuture<Void>();
        turns.agent().stopSession(done);
        assertThat(done).isDone();
        prompt("Hello");
        assertThat(provider.agents()).isEmpty();
    }

    @Test
    void endingAndStoppingASessionCompletesBoth() throws Exception {
        prompt("Hello");
        var ended = new CompletableFuture<Void>();
        var stopped = new CompletableFuture<Void>();
        turns.agent().endSession(ended);
        turns.agent().stopSession(stopped);
        exit(agent(0), ExitCause.ASKED);
        assertThat(ended).isDone();
        assertThat(stopped).isDone();
        assertThat(state()).isEqualTo(new SessionState.Ended());
        prompt("again");
        assertThat(provider.agents()).hasSize(1);
    }

    @Test
    void aPromptToAnEndedSessionWhoseAgentCannotStartIsKeptWithTheReason() throws Exception {
        turns.agent().endSession(new CompletableFuture<>());
        assertThat(state()).isEqualTo(new SessionState.Ended());
        provider.setUnavailable("There is none.");
        UUID prompt = prompt("Hello");
        assertThat(state()).isEqualTo(new SessionState.Failed("There is none."));
        assertThat(client.last(UnsentPrompts.class).reason()).isEqualTo("There is none.");
        assertThat(progress(prompt)).containsExactly(Progress.FAILED);
        provider.setUnavailable(null);
        model.prompts().retryUnsent();
        turns.startNext();
        assertThat(turns.isAnswering(prompt)).isTrue();
    }

    @Test
    void aResumedSessionNamesTheConversationAndANewOneItself() throws Exception {
        prompt("Hello");
        assertThat(agent(0).launch().conversation()).isEqualTo(new Conversation.Fresh(id));
        agent(0).emitInit();
        agent(0).emitResult();
        lane.runAll();
        exit(agent(0), ExitCause.ASKED);
        prompt("again");
        assertThat(agent(1).launch().conversation()).isEqualTo(new Conversation.Resumed(id));
    }

    @Test
    void anAgentWithoutLoginIsReplacedAfterItsTurn() throws Exception {
        prompt("Hello");
        agent(0).emit(
                        "{\"type\":\"assistant\",\"error\":\"authentication_failed\","
                                + "\"message\":{\"content\":[]}}");
        lane.runAll();
        assertThat(agent(0).isCloseRequested()).isFalse();
        agent(0).emitResult();
        lane.runAll();
        assertThat(agent(0).isCloseRequested()).isTrue();
    }

    @Test
    void anAgentThatLosesItsConversationWithoutATurnIsNotReplacedAtOnce() throws Exception {
        turns.agent().start();
        exit(agent(0), ExitCause.CONVERSATION_GONE);
        assertThat(client.last(AgentExited.class).cause()).isEqualTo(ExitCause.CONVERSATION_GONE);
        assertThat(state()).isEqualTo(new SessionState.Idle());
        assertThat(provider.agents()).hasSize(1);
    }
}
