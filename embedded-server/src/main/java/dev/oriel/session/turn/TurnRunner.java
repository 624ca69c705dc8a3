package dev.oriel.session.turn;

import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.message.Message;
import dev.oriel.session.api.SessionState.Trigger;
import dev.oriel.session.control.ClientDeclarations;
import dev.oriel.session.event.SessionEvent.Level;
import dev.oriel.session.event.SessionEvent.Notice;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import dev.oriel.session.fanout.SessionOutput;
import dev.oriel.session.lane.AgentInput;
import dev.oriel.session.lane.Lane;
import dev.oriel.session.state.SessionModel;
import dev.oriel.session.state.WaitingPrompt;
import dev.oriel.session.tools.ClientTools;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Runs turns: gives the agent one prompt at a time, and brings what it emits to the session's
/// output. Confined to the lane.
public final class TurnRunner {
    private final SessionModel model;
    private final SessionOutput output;
    private final AgentSlot slot;
    private final SessionAgent agent;
    private final AgentAsks asks;
    private final CurrentTurn turn;
    private final AgentEvents events;

    /// One object, so that [SessionOutput#whenWritable] adds it once.
    private final Runnable startNext = this::startNext;

    /// True if clients were notified that a prompt waits for a place.
    private boolean waitReported;

    public TurnRunner(
            SessionModel model,
            SessionOutput output,
            Lane lane,
            AgentProvider provider,
            SessionContext context,
            ClientTools tools,
            ClientDeclarations declarations) {
        this.model = model;
        this.output = output;
        this.slot = new AgentSlot(provider, lane, this::process);
        this.agent =
                new SessionAgent(
                        model, output, lane, slot, context, tools, declarations, startNext);
        this.asks = new AgentAsks(model, output, agent, context.directory());
        this.turn =
                new CurrentTurn(
                        model,
                        output,
                        agent,
                        asks,
                        lane,
                        context.timer(),
                        context.clock(),
                        this::flushAndStartNext);
        this.events = new AgentEvents(model.details(), output, agent, asks, turn);
    }

    public AgentAsks asks() {
        return asks;
    }

    /// The agent and its life cycle.
    public SessionAgent agent() {
        return agent;
    }

    /// Starts the next queued prompt, if the session is free, or sends the current one to another
    /// agent, if it waits for that.
    public void startNext() {
        if (turn.awaitsAgent()) {
            resend();
            return;
        }
        if (turn.isRunning() || !model.prompts().isReady() || agent.isShuttingDown()) {
            waitReported = false;
            return;
        }
        WaitingPrompt next = model.prompts().first().orElseThrow();
        if (model.details().useSettings(next.settings())) {
            agent.replaceBeforeNextTurn(); // the prompt starts when the old agent has exited
        }
        try {
            Agent running = startAgent();
            if (running == null) {
                return; // what it waits for calls back
            }
            if (output.startPrompt(next.uuid(), next.user())) {
                turn.start(running, next);
            } else {
                output.whenWritable(startNext);
            }
        } catch (AgentUnavailableException e) {
            onAgentUnavailable(next, String.valueOf(e.getMessage()));
        }
    }

    private void resend() {
        if (agent.isShuttingDown()) {
            turn.finish();
            output.flush();
            return;
        }
        try {
            Agent running = startAgent();
            if (running != null) {
                turn.resend(running);
            }
        } catch (AgentUnavailableException e) {
            turn.fail(String.valueOf(e.getMessage()));
            flushAndStartNext();
        }
    }

    /// @return null if none can run now; if that is for want of a place, clients are notified once
    private @Nullable Agent startAgent() throws AgentUnavailableException {
        boolean reported = waitReported;
        waitReported = false;
        Agent running = agent.start();
        waitReported = running == null && (reported || !agent.isStarting());
        if (waitReported && !reported) {
            output.publish(
                    new Notice(
                            Level.INFO,
                            "queued",
                            "Waiting for a free agent: all are at work in other sessions."));
            output.flush();
        }
        return running;
    }

    private void onAgentUnavailable(WaitingPrompt next, String reason) {
        model.details().setTitleFrom(next.user());
        for (UUID each : model.prompts().markUnsent(reason)) {
            output.publish(new PromptChanged(each, Progress.FAILED));
        }
        output.publishQueue();
        output.publish(model.prompts().unsentPrompts());
        output.apply(new Trigger.TurnFailed(reason));
        output.flush();
    }

    /// Hands a user message to the running turn.
    ///
    /// @return false if no turn runs, or it is being interrupted
    public boolean sendMidTurn(Message user) {
        return turn.send(user);
    }

    /// Whether a turn runs that could take up a waiting prompt ([#takeUp]).
    public boolean canTakeUp() {
        return turn.canTakeUp();
    }

    /// Hands a waiting prompt to the running turn, instead of a turn of its own.
    ///
    /// @return false if the journal could not be written: the prompt still waits
    public boolean takeUp(WaitingPrompt prompt) {
        if (!output.startPrompt(prompt.uuid(), prompt.user())) {
            return false;
        }
        turn.takeUp(prompt);
        return true;
    }

    /// Interrupts the running turn, with all user messages that were handed to it.
    ///
    /// @return completes when the agent has confirmed it; empty if no turn runs
    public Optional<CompletableFuture<Void>> interrupt() {
        return turn.interrupt();
    }

    /// Ends the running turn together with its agent: nobody waits for it any more.
    public void abandon() {
        turn.abandon();
    }

    /// True if the prompt is the one that is being answered.
    public boolean isAnswering(UUID prompt) {
        return turn.isAnswering(prompt);
    }

    /// Processes what the agent emitted since the last call.
    private void process(List<AgentInput> ready) {
        boolean exited = false;
        for (AgentInput input : ready) {
            if (slot.accept(input)) {
                exited |= input.event() instanceof AgentEvent.Exited;
                events.process(input.event());
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
}
