package dev.oriel.session.turn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.Agent;
import dev.oriel.message.Message;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionState.Trigger;
import dev.oriel.session.api.SessionState.Turn;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import dev.oriel.session.fanout.SessionOutput;
import dev.oriel.session.lane.Lane;
import dev.oriel.session.state.SessionDetails;
import dev.oriel.session.state.SessionModel;
import dev.oriel.session.state.WaitingPrompt;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/// The turn that runs, if one does: its prompt, the messages that were sent into it, and how it
/// finishes. Confined to the lane.
final class CurrentTurn {
    private final SessionDetails details;
    private final SessionOutput output;
    private final SessionAgent agent;
    private final AgentAsks asks;
    private final InstantSource clock;
    private final MidTurnPrompts midTurn;
    private final PromptUptake uptake;
    private final Runnable startNext;

    /// The prompt that the turn answers; null if no turn runs, or the agent started it by itself.
    private @Nullable Message prompt;

    /// Prompts of the queue that the turn has taken up.
    private final List<UUID> takenUp = new ArrayList<>();

    /// True while the prompt waits for another agent, because the one before has lost the
    /// conversation.
    private boolean awaitsAgent;

    /// @param startNext starts the next prompt; run on the lane after a turn that has finished
    ///   without an event of the agent
    CurrentTurn(
            SessionModel model,
            SessionOutput output,
            SessionAgent agent,
            AgentAsks asks,
            Lane lane,
            ScheduledExecutorService timer,
            InstantSource clock,
            Runnable startNext) {
        this.details = model.details();
        this.output = output;
        this.agent = agent;
        this.asks = asks;
        this.clock = clock;
        this.startNext = startNext;
        this.uptake = new PromptUptake(lane, timer, this::onPromptDropped);
        this.midTurn = new MidTurnPrompts(lane, timer, this::onMidTurnPromptsOver);
    }

    boolean isRunning() {
        return details.state().currentTurn().isPresent();
    }

    boolean isAnswering(UUID other) {
        return prompt != null && other.toString().equals(prompt.uuid());
    }

    /// True if the turn has a prompt that nobody has interrupted, so that another agent can answer
    /// it.
    boolean canResend() {
        return prompt != null && !isInterrupting();
    }

    private boolean isInterrupting() {
        return details.state() instanceof SessionState.Interrupting;
    }

    /// True if the prompt is to be sent again when an agent can be started.
    boolean awaitsAgent() {
        return awaitsAgent;
    }

    /// Starts a turn for a prompt that was moved into the conversation, and sends the prompt to the
    /// agent.
    void start(Agent running, WaitingPrompt next) {
        prompt = next.user();
        details.setTitleFrom(next.user());
        output.publish(new PromptChanged(next.uuid(), Progress.STARTED));
        output.publishQueue();
        onStarted(next.uuid());
        output.flush();
        uptake.start();
        running.sendPrompt(next.user());
    }

    /// The agent has lost the conversation: the prompt must be sent to another one.
    void awaitAgent() {
        awaitsAgent = true;
    }

    /// Sends the prompt, and the messages that were sent into its turn, to another agent.
    void resend(Agent running) {
        awaitsAgent = false;
        markAgentBusy();
        uptake.start();
        running.sendPrompt(Objects.requireNonNull(prompt));
        midTurn.resend(running);
    }

    /// The agent reports that a turn starts, which may be one for no prompt of ours.
    void onAgentStarted() {
        midTurn.onTurnStarted();
        if (!isRunning()) {
            onStarted(null);
        }
    }

    private void onStarted(@Nullable UUID uuid) {
        markAgentBusy();
        output.apply(new Trigger.TurnStarted(new Turn(uuid, clock.instant())));
        asks.onTurnStarted();
    }

    private void markAgentBusy() {
        agent.cancelIdleTimer();
        agent.activity().onTurnStarted();
    }

    /// Watches for the first sign of the turn.
    void onMessage(Message m) {
        uptake.onMessage(m);
    }

    /// See [MidTurnPrompts#onAgentIdle()].
    void onAgentIdle() {
        midTurn.onAgentIdle();
    }

    /// See [MidTurnPrompts#onLifecycle(Message)].
    void onLifecycle(Message lifecycle) {
        midTurn.onLifecycle(lifecycle);
    }

    /// Finishes the turn with its result, unless messages that were sent into it need another one.
    void onResult(JsonNode result) {
        if (!isRunning()) {
            return;
        }
        if (!isOfTurn(result)) {
            if (!midTurn.onOtherResult()) {
                uptake.start(); // what was taken for a sign of our turn was one of the other
            }
        } else if (midTurn.onResult(result)) {
            finish();
        } else {
            output.markChanged(); // the cost
        }
    }

    /// False for the result of a background task's own turn, which can finish while our prompt
    /// waits after it in the agent.
    private boolean isOfTurn(JsonNode result) {
        return prompt == null
                || !"task-notification".equals(result.path("origin").path("kind").asText());
    }

    /// Hands a user message to the running turn.
    ///
    /// @return false if no turn runs, or it is being interrupted
    boolean send(Message user) {
        Agent running = agent.running();
        if (running == null || !isRunning() || isInterrupting()) {
            return false;
        }
        output.record(user);
        output.flush();
        midTurn.send(running, user);
        return true;
    }

    /// Whether a further prompt can be handed to the turn ([#takeUp]).
    boolean canTakeUp() {
        return agent.running() != null && isRunning() && !awaitsAgent && !isInterrupting();
    }

    /// Hands a prompt to the running turn that was moved from the queue into the conversation.
    void takeUp(WaitingPrompt next) {
        output.publish(new PromptChanged(next.uuid(), Progress.STARTED));
        output.publishQueue();
        output.flush();
        takenUp.add(next.uuid());
        midTurn.send(Objects.requireNonNull(agent.running()), next.user());
    }

    /// Interrupts the turn, with all user messages that were sent into it.
    ///
    /// @return completes when the agent has confirmed it; empty if no turn runs
    Optional<CompletableFuture<Void>> interrupt() {
        if (awaitsAgent) {
            output.apply(new Trigger.InterruptRequested());
            finish();
            startNext.run();
            return Optional.of(CompletableFuture.completedFuture(null));
        }
        Agent running = agent.running();
        if (running == null || !isRunning()) {
            return Optional.empty();
        }
        midTurn.cancel(running);
        output.apply(new Trigger.InterruptRequested());
        if (!midTurn.isBetweenTurns()) {
            return Optional.of(running.interrupt());
        }
        if (midTurn.isSentAfterResult()) {
            output.record(AgentMessages.promptInterrupted());
        }
        finish(); // the agent rests already, and would not confirm it
        startNext.run();
        return Optional.of(CompletableFuture.completedFuture(null));
    }

    /// Ends the turn together with its agent.
    void abandon() {
        if (awaitsAgent) {
            interrupt();
        } else {
            output.apply(new Trigger.InterruptRequested());
            agent.close();
        }
    }

    /// The agent has exited: nothing of it is awaited any more.
    void onAgentExited() {
        midTurn.onAgentExited();
        uptake.cancel();
    }

    /// Finishes the turn. Asks of the agent stay open: a background task may wait for them.
    void finish() {
        finishPrompt();
        output.finishAnswer();
        output.apply(new Trigger.TurnFinished());
        agent.activity().onTurnFinished();
        agent.offerPlaceIfIdle();
        agent.closeIfOutdated();
    }

    /// Ends the turn as failed.
    ///
    /// @param reason one sentence for the user
    void fail(String reason) {
        finishPrompt();
        output.apply(new Trigger.TurnFailed(reason));
    }

    private void finishPrompt() {
        midTurn.clear();
        uptake.cancel();
        Message finished = prompt;
        prompt = null;
        awaitsAgent = false;
        takenUp.forEach(each -> output.publish(new PromptChanged(each, Progress.COMPLETED)));
        takenUp.clear();
        if (finished != null && finished.uuid() != null) {
            output.publish(new PromptChanged(UUID.fromString(finished.uuid()), Progress.COMPLETED));
        }
    }

    /// The agent has not taken up the prompt and will not: clients that wait for its result get
    /// one.
    private void onPromptDropped() {
        output.record(AgentMessages.promptNotTaken());
        finish();
        startNext.run();
    }

    private void onMidTurnPromptsOver() {
        if (midTurn.isSentAfterResult()) {
            output.record(AgentMessages.promptNotTaken());
        }
        finish();
        startNext.run();
    }
}
