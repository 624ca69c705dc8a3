package dev.oriel.session.turn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.message.Message;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionState.Trigger;
import dev.oriel.session.api.SessionState.Turn;
import dev.oriel.session.event.EventMessages;
import dev.oriel.session.lane.AgentInput;
import dev.oriel.session.state.WaitingPrompt;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings prompts to the agent, one at a time, and what the agent says to the session. Confined to
/// the lane.
public final class TurnRunner {
    private static final Logger LOG = LoggerFactory.getLogger(TurnRunner.class);

    private final SessionCore core;
    private final AgentSlot slot;
    private final SessionContext around;
    private final TurnAsks asks;
    private final MidTurnPrompts interjections;
    private final SessionAgent agents;
    private final PromptUptake uptake;

    /// The prompt that the running turn answers.
    private @Nullable Message current;

    TurnRunner(SessionCore core, AgentSlot slot, SessionContext around) {
        this.core = core;
        this.slot = slot;
        this.around = around;
        this.asks = new TurnAsks(core, slot);
        this.agents = new SessionAgent(core, slot, around, this::pump);
        this.uptake = new PromptUptake(core.lane(), around.timer(), this::dropped);
        this.interjections =
                new MidTurnPrompts(
                        core.lane(),
                        around.timer(),
                        () -> {
                            settle();
                            core.flush();
                            pump();
                        });
    }

    public TurnAsks asks() {
        return asks;
    }

    /// The life of the agent.
    public SessionAgent agents() {
        return agents;
    }

    public @Nullable Agent agent() {
        return slot.running();
    }

    /// Begins the next waiting prompt, if the session is free.
    public void pump() {
        if (core.state().currentTurn().isPresent() || !core.prompts.isReady() || core.isClosing()) {
            return;
        }
        WaitingPrompt next = core.prompts.first().orElseThrow();
        if (core.turnTo(next.setting())) {
            agents.renew(); // its end begins the prompt
        }
        try {
            Agent agent = agents.ensure();
            if (agent == null) {
                if (!agents.isStarting()) {
                    core.show(
                            EventMessages.notice(
                                    "info", "queued", "Waiting for another session to finish."));
                    core.flush();
                }
                return;
            }
            if (!core.begin(next.uuid(), next.user())) {
                return;
            }
            current = next.user();
            core.details.titleFrom(next.user());
            core.show(EventMessages.lifecycle(next.uuid(), "started"));
            core.queueChanged();
            began(next.uuid());
            core.flush();
            uptake.begins();
            agent.sendPrompt(next.user());
        } catch (AgentUnavailableException e) {
            core.details.titleFrom(next.user());
            core.unsent.failed(String.valueOf(e.getMessage()));
            core.move(new Trigger.TurnFailed(e.getMessage()));
            core.changed(); // also where the same has failed before: somebody waits to hear of it
            core.flush();
        }
    }

    /// Hands a user message to the turn that runs.
    ///
    /// @return false if none does, or it is about to stop
    public boolean interject(Message user) {
        Agent agent = slot.running();
        if (agent == null
                || core.state().currentTurn().isEmpty()
                || core.state() instanceof SessionState.Interrupting) {
            return false;
        }
        core.say(user);
        core.flush();
        interjections.handOver(agent, user);
        return true;
    }

    /// Stops the turn that runs, with all that was handed to it.
    ///
    /// @return completes when the agent has confirmed it
    public CompletableFuture<Void> interrupt(Agent agent) {
        interjections.cancel(agent);
        core.move(new Trigger.InterruptRequested());
        if (!interjections.isBetweenTurns()) {
            return agent.interrupt();
        }
        settle(); // the agent rests already, and would not say that it has stopped
        return CompletableFuture.completedFuture(null);
    }

    /// Whether a prompt is the one that is being answered.
    public boolean isAnswering(UUID prompt) {
        return current != null && prompt.toString().equals(current.uuid());
    }

    /// Takes what the agent said since the last time.
    public void take(List<AgentInput> ready) {
        boolean left = false;
        for (AgentInput input : ready) {
            if (slot.isCurrent(input)) {
                left |= input.event() instanceof AgentEvent.Exited;
                take(input.event());
            }
        }
        if (core.flush()) {
            pump();
        }
        if (left) {
            core.agentGone();
        }
    }

    private void take(AgentEvent event) {
        try {
            switch (event) {
                case AgentEvent.Output(Message message) -> said(message);
                case AgentEvent.MalformedLine(String what) -> garbled(what);
                case AgentEvent.StdoutLine(String line) -> core.show(EventMessages.stdout(line));
                case AgentEvent.StderrLine(String line) -> core.show(EventMessages.stderr(line));
                case AgentEvent.Exited exited -> exited(exited);
            }
        } catch (RuntimeException e) {
            // A bug in handling one message must not lose those that came with it.
            LOG.error("Session {} could not take what its agent said", core.details.id, e);
        }
    }

    private void said(Message m) {
        uptake.heard(m);
        switch (m.type()) {
            case "stream_event" -> {
                core.answers.take(m);
                core.show(m);
            }
            case "assistant" -> {
                core.answers.cutOffBy(m).forEach(core::say);
                core.answers.take(m);
                core.say(m);
                if ("authentication_failed".equals(m.tree().path("error").asText())) {
                    // Its successor reads the login anew, which may be another one by then.
                    agents.renew();
                }
            }
            case "system" -> system(m);
            case "result" -> result(m);
            case "control_request" -> {
                agents.works();
                asks.open(m);
            }
            case "control_cancel_request" -> asks.withdrawn(m);
            // How a prompt fares Oriel says itself, the same for all agents.
            case "command_lifecycle" -> interjections.heard(m);
            default -> {
                if (m.isLiveOnly()) {
                    core.show(m);
                } else {
                    core.say(m);
                }
            }
        }
    }

    private void system(Message m) {
        if (m.is("system", "init")) {
            // A turn begins; not always one that we asked for.
            if (core.details.begun(m)) {
                core.save();
            }
            interjections.turnBegins();
            if (core.state().currentTurn().isEmpty()) {
                began(null);
            }
        }
        agents.work.heard(m);
        if (AgentActivity.isIdle(m)) {
            interjections.agentIsIdle();
        }
        if (core.details.modeFrom(m)) {
            core.changed();
        }
        if (m.isLiveOnly()) {
            core.show(m);
        } else {
            core.say(m);
        }
        agents.restIfDone();
    }

    /// @param prompt null where the agent began by itself
    private void began(@Nullable UUID prompt) {
        agents.works();
        agents.work.begins();
        core.move(new Trigger.TurnStarted(new Turn(prompt, now())));
        asks.turnBegan();
    }

    private void result(Message m) {
        core.answers.turnOver().forEach(core::say);
        core.say(m);
        JsonNode tree = m.tree();
        if (tree.path("total_cost_usd").isNumber()) {
            core.details.cost(tree.path("total_cost_usd").doubleValue());
        }
        // A background task's own turn can end while our prompt waits behind it in the agent.
        boolean ours = !"task-notification".equals(tree.path("origin").path("kind").asText());
        if (core.state().currentTurn().isPresent() && (ours || current == null)) {
            if (interjections.isLast(tree)) {
                settle();
            } else {
                core.changed(); // its cost
            }
        }
    }

    /// The turn is over, one way or the other. What the agent has asked goes on waiting for its
    /// answer: a background task may have asked it.
    private void settle() {
        interjections.clear();
        uptake.clear();
        finishPrompt();
        core.answers.turnOver().forEach(core::say);
        core.move(new Trigger.TurnFinished());
        agents.work.turnOver();
        agents.restIfDone();
        agents.closeIfOutdated();
    }

    /// The agent has not taken the prompt up, and will not: everybody who waits for its result gets
    /// one.
    private void dropped() {
        core.say(EventMessages.notTakenUp());
        settle();
        if (core.flush()) {
            pump();
        }
    }

    private void finishPrompt() {
        Message prompt = current;
        current = null;
        if (prompt != null && prompt.uuid() != null) {
            core.show(EventMessages.lifecycle(UUID.fromString(prompt.uuid()), "completed"));
        }
    }

    private void garbled(String what) {
        LOG.warn("Session {}: {}", core.details.id, what);
        core.show(EventMessages.notice("warning", "garbled", what));
    }

    private void exited(AgentEvent.Exited e) {
        agents.gone();
        interjections.clear();
        uptake.clear();
        core.answers.end().forEach(core::say);
        asks.withdrawAll();
        boolean busy = core.state().currentTurn().isPresent();
        Message prompt = current;
        if (e.cause() == ExitCause.CONVERSATION_GONE) {
            startAnew(prompt);
            return;
        }
        core.details.guest = null; // it may be large, and the next prompt brings its own
        if (busy) {
            String text = ExitMessages.describe(e);
            core.say(EventMessages.agentExited(e.cause(), e.code(), text, e.stderrTail()));
            if (e.cause() == ExitCause.CRASHED) {
                finishPrompt();
                core.move(new Trigger.TurnFailed(text));
            } else {
                settle();
            }
        }
    }

    /// The agent has lost the conversation: go on without its memory rather than never again, and
    /// say so.
    private void startAnew(@Nullable Message prompt) {
        core.details.forgetConversation();
        core.say(
                EventMessages.agentExited(
                        ExitCause.CONVERSATION_GONE,
                        null,
                        ExitMessages.CONVERSATION_GONE,
                        List.of()));
        if (prompt == null || core.isClosing()) {
            if (core.state().currentTurn().isPresent()) {
                settle();
            }
            return;
        }
        try {
            Agent agent = agents.ensure();
            if (agent != null) {
                agents.works();
                agents.work.begins();
                agent.sendPrompt(prompt);
                return;
            }
            core.move(new Trigger.TurnFailed("No place for the agent. Send the prompt again."));
        } catch (AgentUnavailableException e) {
            core.move(new Trigger.TurnFailed(e.getMessage()));
        }
        finishPrompt();
    }

    /// The server ended in the middle of the last turn.
    void cutShort() {
        core.say(
                EventMessages.agentExited(
                        ExitCause.CRASHED, null, ExitMessages.CUT_SHORT, List.of()));
        core.flush();
    }

    /// Ends the agent, whatever it does; what waits is answered by the next one.
    public void endAgent() {
        slot.close();
    }

    private Instant now() {
        return around.clock().instant();
    }
}
