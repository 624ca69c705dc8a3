package dev.oriel.session.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.FolderCommands;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.command.PromptCommands;
import dev.oriel.session.event.SessionEvent.Notice;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The agent has lost its conversation: the prompt goes to another one. As with the CLI, a folder
/// is inspected before each start.
class LostConversationTest extends TurnFixture {
    LostConversationTest() {
        provider.setFolderInspector(_ -> FolderCommands.NONE);
    }

    private UUID promptWithAgent() throws Exception {
        UUID prompt = prompt("Hello");
        await().until(lane::runOne);
        assertThat(provider.agents()).hasSize(1);
        return prompt;
    }

    /// Runs until the folder is being inspected again.
    private void loseConversation() {
        agent(0).exit(ExitCause.CONVERSATION_GONE);
        assertThat(lane.runOne()).isTrue();
    }

    @Test
    void thePromptIsSentAgainAfterTheFolderWasInspected() throws Exception {
        UUID prompt = promptWithAgent();
        loseConversation();
        assertThat(turns.isAnswering(prompt)).isTrue();
        await().until(lane::runOne);
        assertThat(agent(1).prompts()).extracting(Message::uuid).containsExactly(prompt.toString());
        assertThat(model.details().state()).isInstanceOf(SessionState.Running.class);
    }

    @Test
    void thePromptWaitsForAPlace() throws Exception {
        UUID prompt = promptWithAgent();
        var other = new OtherSession();
        assertThat(other.takePlace()).isFalse();
        lane.runAll(); // the agent is not idle
        loseConversation();
        assertThat(other.takePlace()).isTrue();
        await().until(lane::runOne);
        lane.runAll();
        assertThat(client.last(Notice.class).code()).isEqualTo("queued");
        assertThat(turns.isAnswering(prompt)).isTrue();
        other.leave();
        await().until(() -> lane.runOne() && provider.agents().size() == 2);
        assertThat(agent(1).prompts()).extracting(Message::uuid).containsExactly(prompt.toString());
    }

    @Test
    void aTurnThatWaitsForAnAgentCanBeInterrupted() throws Exception {
        UUID prompt = promptWithAgent();
        loseConversation();
        assertThat(turns.interrupt()).hasValueSatisfying(c -> assertThat(c).isCompleted());
        assertThat(model.details().state()).isEqualTo(new SessionState.Idle());
        assertThat(turns.isAnswering(prompt)).isFalse();
        await().until(lane::runOne);
        assertThat(provider.agents()).hasSize(1);
    }

    @Test
    void aTurnThatWaitsForAnAgentCanBeAbandoned() throws Exception {
        UUID prompt = promptWithAgent();
        loseConversation();
        new PromptCommands(model, output, turns).abandon(prompt);
        assertThat(model.details().state()).isEqualTo(new SessionState.Idle());
        await().until(lane::runOne);
        assertThat(provider.agents()).hasSize(1);
    }

    @Test
    void aSessionThatEndsFinishesTheTurn() throws Exception {
        promptWithAgent();
        loseConversation();
        var done = new CompletableFuture<Void>();
        turns.agent().endSession(done);
        assertThat(done).isDone();
        assertThat(model.details().state()).isEqualTo(new SessionState.Ended());
        await().until(lane::runOne);
        assertThat(provider.agents()).hasSize(1);
    }

    @Test
    void withoutAnAgentTheTurnFails() throws Exception {
        promptWithAgent();
        provider.setUnavailable("There is none.");
        loseConversation();
        await().until(lane::runOne);
        assertThat(model.details().state()).isEqualTo(new SessionState.Failed("There is none."));
    }

    @Test
    void aPromptThatTheOtherAgentDropsEndsTheTurn() throws Exception {
        promptWithAgent();
        loseConversation();
        await().until(lane::runOne);
        agent(1).emit(
                        """
                        {"type":"system","subtype":"session_state_changed","state":"idle"}\
                        """);
        lane.runAll();
        advance(Duration.ofSeconds(5));
        assertThat(model.details().state()).isEqualTo(new SessionState.Idle());
    }

    @Test
    void aMidTurnMessageIsSentAgainToo() throws Exception {
        promptWithAgent();
        UUID more = UUID.randomUUID();
        assertThat(turns.sendMidTurn(UserMessages.prompt(more, "more"))).isTrue();
        loseConversation();
        await().until(lane::runOne);
        assertThat(agent(1).midTurnPrompts())
                .extracting(Message::uuid)
                .containsExactly(more.toString());
    }

    @Test
    void anInterruptedPromptIsNotSentAgain() throws Exception {
        UUID prompt = promptWithAgent();
        turns.interrupt();
        loseConversation();
        assertThat(turns.isAnswering(prompt)).isFalse();
        assertThat(model.details().state()).isEqualTo(new SessionState.Idle());
    }

    @Test
    void anAbandonedPromptIsNotSentAgain() throws Exception {
        UUID prompt = promptWithAgent();
        agent(0); // does not exit by itself
        new PromptCommands(model, output, turns).abandon(prompt);
        assertThat(agent(0).isCloseRequested()).isTrue();
        loseConversation();
        assertThat(turns.isAnswering(prompt)).isFalse();
        assertThat(model.details().state()).isEqualTo(new SessionState.Idle());
    }
}
