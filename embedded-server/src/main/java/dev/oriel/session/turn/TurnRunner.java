package dev.oriel.session.turn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.message.Message;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionState.Trigger;
import dev.oriel.session.api.SessionState.Turn;
import dev.oriel.session.control.ClientDeclarations;
import dev.oriel.session.event.SessionEvent.AgentExited;
import dev.oriel.session.event.SessionEvent.AgentStderr;
import dev.oriel.session.event.SessionEvent.AgentStdout;
import dev.oriel.session.event.SessionEvent.Level;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.Notice;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import dev.oriel.session.fanout.SessionOutput;
import dev.oriel.session.lane.AgentInput;
import dev.oriel.session.lane.Lane;
import dev.oriel.session.state.SessionDetails;
import dev.oriel.session.state.SessionModel;
import dev.oriel.session.state.WaitingPrompt;
import dev.oriel.session.tools.ClientTools;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs turns: gives the agent one prompt at a time, and brings what it emits to the session's
/// output. Confined to the lane.
public final class TurnRunner {
    private static final Logger LOG = LoggerFactory.getLogger(TurnRunner.class);

    private final SessionModel model;
    private final SessionDetails details;
    private final SessionOutput output;
    private final InstantSource clock;
    private final SessionAgent agent;
    private final AgentSlot slot;
    private final TurnAsks asks;
    private final MidTurnPrompts midTurn;
    private final PromptUptake uptake;
    private final Runnable startNext = this::startNext;

    /// The prompt that the running turn answers; null if none runs, or the agent started it by
    /// itself.
    private @Nullable Message current;

    public TurnRunner(
            SessionModel model,
            SessionOutput output,
            Lane lane,
            AgentProvider provider,
            SessionContext context,
            ClientTools tools,
            ClientDeclarations declarations) {
        this.model = model;
        this.details = model.details();
        this.output = output;
        this.clock = context.clock();
        this.slot = new AgentSlot(provider, lane, this::process);
        this.agent =
                new SessionAgent(
                        model, output, lane, slot, context, tools, declarations, startNext);
        this.asks = new TurnAsks(model, output, agent, context.directory());
        this.uptake = new PromptUptake(lane, context.timer(), this::onPromptDropped);
        this.midTurn = new MidTurnPrompts(lane, context.timer(), this::onMidTurnPromptsOver);
    }

    public TurnAsks asks() {
        return asks;
    }

    /// The agent and its life cycle.
    public SessionAgent agent() {
        return agent;
    }

    /// Starts the next queued prompt, if the session is free.
    public void startNext() {
        if (isTurnRunning() || !model.prompts().isReady() || agent.isShuttingDown()) {
            return;
        }
        WaitingPrompt next = model.prompts().first().orElseThrow();
        if (details.useSettings(next.settings())) {
            agent.restart(); // the prompt starts when the old agent has exited
        }
        try {
            Agent running = agent.start();
            if (running == null) {
                reportWaiting();
            } else if (output.startPrompt(next.uuid(), next.user())) {
                start(running, next);
            } else {
                output.whenWritable(startNext);
            }
        } catch (AgentUnavailableException e) {
            onAgentUnavailable(next, String.valueOf(e.getMessage()));
        }
    }

    private void reportWaiting() {
        if (!agent.isStarting()) {
            output.publish(
                    new Notice(Level.INFO, "queued", "Waiting for another session to finish."));
            output.flush();
        }
    }

    private void start(Agent running, WaitingPrompt next) {
        current = next.user();
        details.setTitleFrom(next.user());
        output.publish(new PromptChanged(next.uuid(), Progress.STARTED));
        output.publishQueue();
        onTurnStarted(next.uuid());
        output.flush();
        uptake.start();
        running.sendPrompt(next.user());
    }

    private void onAgentUnavailable(WaitingPrompt next, String reason) {
        details.setTitleFrom(next.user());
        for (UUID each : model.prompts().markUnsent(reason)) {
            output.publish(new PromptChanged(each, Progress.FAILED));
        }
        output.publishQueue();
        output.publish(model.prompts().unsentPrompts());
        output.apply(new Trigger.TurnFailed(reason));
        output.markChanged(); // also if the same failed before: the client waits for it
        output.flush();
    }

    /// Hands a user message to the running turn.
    ///
    /// @return false if no turn runs, or it is being interrupted
    public boolean sendMidTurn(Message user) {
        Agent running = agent.running();
        if (running == null
                || !isTurnRunning()
                || details.state() instanceof SessionState.Interrupting) {
            return false;
        }
        output.record(user);
        output.flush();
        midTurn.send(running, user);
        return true;
    }

    /// Interrupts the running turn, with all user messages that were handed to it.
    ///
    /// @return completes when the agent has confirmed it; empty if no turn runs
    public Optional<CompletableFuture<Void>> interrupt() {
        Agent running = agent.running();
        if (running == null || !isTurnRunning()) {
            return Optional.empty();
        }
        midTurn.cancel(running);
        output.apply(new Trigger.InterruptRequested());
        if (!midTurn.isBetweenTurns()) {
            return Optional.of(running.interrupt());
        }
        finishTurn(); // the agent rests already, and would not confirm it
        return Optional.of(CompletableFuture.completedFuture(null));
    }

    /// True if the prompt is the one that is being answered.
    public boolean isAnswering(UUID prompt) {
        return current != null && prompt.toString().equals(current.uuid());
    }

    /// Processes what the agent emitted since the last call.
    void process(List<AgentInput> ready) {
        boolean exited = false;
        for (AgentInput input : ready) {
            if (slot.accept(input)) {
                exited |= input.event() instanceof AgentEvent.Exited;
                process(input.event());
            }
        }
        flushAndStartNext();
        if (exited) {
            agent.afterExit();
        }
    }

    private void flushAndStartNext() {
        if (output.flush()) {
            startNext();
        } else {
            output.whenWritable(startNext);
        }
    }

    private void process(AgentEvent event) {
        try {
            switch (event) {
                case AgentEvent.Output(Message message) -> onMessage(message.withoutSeq());
                case AgentEvent.MalformedLine(String what) -> onMalformed(what);
                case AgentEvent.StdoutLine(String line) -> output.publish(new AgentStdout(line));
                case AgentEvent.StderrLine(String line) -> output.publish(new AgentStderr(line));
                case AgentEvent.Exited exited -> onExited(exited);
            }
        } catch (RuntimeException e) {
            // A bug in handling one message must not lose those that arrived with it.
            LOG.error("Session {} could not process its agent's output", details.id(), e);
        }
    }

    private void onMessage(Message m) {
        uptake.onMessage(m);
        switch (m.type()) {
            case "stream_event" -> output.publishDelta(m);
            case "assistant" -> {
                output.recordAssistant(m);
                if ("authentication_failed".equals(m.tree().path("error").asText())) {
                    // The next agent reads the login again, which may have changed by then.
                    agent.restart();
                }
            }
            case "system" -> onSystemMessage(m);
            case "result" -> onResult(m);
            case "control_request" -> {
                agent.markBusy();
                asks.open(m);
            }
            case "control_cancel_request" -> asks.withdraw(m);
            // Oriel reports the progress of prompts itself, in the same way for all agents.
            case "command_lifecycle" -> midTurn.onLifecycle(m);
            default -> recordOrPublish(m);
        }
    }

    private void recordOrPublish(Message m) {
        if (m.isLiveOnly()) {
            output.publish(new MessageEvent(m));
        } else {
            output.record(m);
        }
    }

    private void onSystemMessage(Message m) {
        if (m.is("system", "init")) {
            // A turn starts; not always one for a prompt of ours.
            if (details.updateFromInit(m)) {
                output.saveOrLog();
            }
            midTurn.onTurnStarted();
            if (!isTurnRunning()) {
                onTurnStarted(null);
            }
        }
        agent.activity().onMessage(m);
        if (AgentActivity.isIdle(m)) {
            midTurn.onAgentIdle();
        }
        if (details.updatePermissionMode(m)) {
            output.markChanged();
        }
        recordOrPublish(m);
        agent.releaseIfIdle();
    }

    /// @param prompt null if the agent started the turn by itself
    private void onTurnStarted(@Nullable UUID prompt) {
        agent.markBusy();
        agent.activity().onTurnStarted();
        output.apply(new Trigger.TurnStarted(new Turn(prompt, clock.instant())));
        asks.onTurnStarted();
    }

    private void onResult(Message m) {
        output.finishAnswer();
        output.record(m);
        JsonNode tree = m.tree();
        if (tree.path("total_cost_usd").isNumber()) {
            details.addCost(tree.path("total_cost_usd").doubleValue());
        }
        // A background task's own turn can finish while our prompt waits after it in the agent.
        boolean ours = !"task-notification".equals(tree.path("origin").path("kind").asText());
        if (isTurnRunning() && (ours || current == null)) {
            if (midTurn.isLastResult(tree)) {
                finishTurn();
            } else {
                output.markChanged(); // the cost
            }
        }
    }

    /// The turn is finished, however it went. Asks of the agent stay open: a background task may
    /// wait for them.
    private void finishTurn() {
        midTurn.clear();
        uptake.cancel();
        finishPrompt();
        output.finishAnswer();
        output.apply(new Trigger.TurnFinished());
        agent.activity().onTurnFinished();
        agent.releaseIfIdle();
        agent.closeIfOutdated();
    }

    private void finishPrompt() {
        Message prompt = current;
        current = null;
        if (prompt != null && prompt.uuid() != null) {
            output.publish(new PromptChanged(UUID.fromString(prompt.uuid()), Progress.COMPLETED));
        }
    }

    /// The agent has not taken up the prompt and will not: clients that wait for its result get
    /// one.
    private void onPromptDropped() {
        output.record(AgentMessages.promptNotTaken());
        finishTurn();
        flushAndStartNext();
    }

    private void onMidTurnPromptsOver() {
        finishTurn();
        output.flush();
        startNext();
    }

    private void onMalformed(String what) {
        LOG.warn("Session {}: {}", details.id(), what);
        output.publish(new Notice(Level.WARNING, "garbled", what));
    }

    private void onExited(AgentEvent.Exited e) {
        agent.onExited();
        midTurn.clear();
        uptake.cancel();
        output.finishAllAnswers();
        asks.withdrawAll();
        if (e.cause() == ExitCause.CONVERSATION_GONE) {
            continueWithoutMemory();
            return;
        }
        details.clearGuestSettings(); // they may be large, and the next prompt brings its own
        if (!isTurnRunning()) {
            return;
        }
        String text = ExitMessages.describe(e);
        output.record(new AgentExited(e.cause(), e.code(), text, e.stderrTail()));
        if (e.cause() == ExitCause.CRASHED) {
            finishPrompt();
            output.apply(new Trigger.TurnFailed(text));
        } else {
            finishTurn();
        }
    }

    /// Continues with a new conversation after the agent has lost the old one; the user is informed
    /// that the agent no longer remembers it.
    private void continueWithoutMemory() {
        details.forgetConversation();
        output.record(
                new AgentExited(
                        ExitCause.CONVERSATION_GONE,
                        null,
                        ExitMessages.CONVERSATION_GONE,
                        List.of()));
        Message prompt = current;
        if (prompt == null || agent.isShuttingDown()) {
            if (isTurnRunning()) {
                finishTurn();
            }
            return;
        }
        try {
            Agent running = agent.start();
            if (running != null) {
                agent.markBusy();
                agent.activity().onTurnStarted();
                running.sendPrompt(prompt);
                return;
            }
            output.apply(new Trigger.TurnFailed("No place for the agent. Send the prompt again."));
        } catch (AgentUnavailableException e) {
            output.apply(new Trigger.TurnFailed(String.valueOf(e.getMessage())));
        }
        finishPrompt();
    }

    private boolean isTurnRunning() {
        return details.state().currentTurn().isPresent();
    }
}
