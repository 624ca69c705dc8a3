package dev.oriel.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentEvent.Cause;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.message.Message;
import dev.oriel.session.SessionState.Trigger;
import dev.oriel.session.SessionState.Turn;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings prompts to the agent, one at a time, and what the agent says to the session. Confined to
/// the lane.
final class TurnRunner {
    private static final Logger LOG = LoggerFactory.getLogger(TurnRunner.class);

    private final SessionCore core;
    private final AgentSlot slot;
    private final Surroundings around;
    private final TurnAsks asks;
    private final Interjections interjections;
    private final SessionAgent agents;
    private final Uptake uptake;

    /// The prompt that the running turn answers.
    private @Nullable Message current;

    TurnRunner(SessionCore core, AgentSlot slot, Surroundings around) {
        this.core = core;
        this.slot = slot;
        this.around = around;
        this.asks = new TurnAsks(core, slot);
        this.agents = new SessionAgent(core, slot, around, this::pump);
        this.uptake = new Uptake(core.lane(), around.timer(), this::dropped);
        this.interjections =
                new Interjections(
                        core.lane(),
                        around.timer(),
                        () -> {
                            settle();
                            core.flush();
                            pump();
                        });
    }

    TurnAsks asks() {
        return asks;
    }

    /// The life of the agent.
    SessionAgent agents() {
        return agents;
    }

    @Nullable Agent agent() {
        return slot.running();
    }

    /// Begins the next waiting prompt, if the session is free.
    void pump() {
        if (core.state().underWay().isPresent() || !core.prompts.isReady() || core.isClosing()) {
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
                            Notices.notice(
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
            core.show(Notices.lifecycle(next.uuid(), "started"));
            core.queueChanged();
            began(next.uuid());
            core.flush();
            uptake.begins();
            agent.prompt(next.user());
        } catch (AgentUnavailableException e) {
            core.details.titleFrom(next.user());
            core.unsent.failed(String.valueOf(e.getMessage()));
            core.move(new Trigger.Broke(e.getMessage()));
            core.changed(); // also where the same has failed before: somebody waits to hear of it
            core.flush();
        }
    }

    /// Hands a user message to the turn that runs.
    ///
    /// @return false if none does, or it is about to stop
    boolean interject(Message user) {
        Agent agent = slot.running();
        if (agent == null
                || core.state().underWay().isEmpty()
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
    CompletableFuture<Void> interrupt(Agent agent) {
        interjections.cancel(agent);
        core.move(new Trigger.InterruptAsked());
        if (!interjections.isBetweenTurns()) {
            return agent.interrupt();
        }
        settle(); // the agent rests already, and would not say that it has stopped
        return CompletableFuture.completedFuture(null);
    }

    /// Whether a prompt is the one that is being answered.
    boolean isAnswering(UUID prompt) {
        return current != null && prompt.toString().equals(current.uuid());
    }

    /// Takes what the agent said since the last time.
    void take(List<AgentInput> ready) {
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
                case AgentEvent.Said(Message message) -> said(message);
                case AgentEvent.Garbled(String what) -> garbled(what);
                case AgentEvent.Stray(String line) -> core.show(Notices.stdout(line));
                case AgentEvent.Muttered(String line) -> core.show(Notices.stderr(line));
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
            if (core.state().underWay().isEmpty()) {
                began(null);
            }
        }
        agents.work.heard(m);
        if (AgentWork.isIdle(m)) {
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
        core.move(new Trigger.Began(new Turn(prompt, now())));
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
        if (core.state().underWay().isPresent() && (ours || current == null)) {
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
        core.move(new Trigger.TurnOver());
        agents.work.turnOver();
        agents.restIfDone();
        agents.closeIfOutdated();
    }

    /// The agent has not taken the prompt up, and will not: everybody who waits for its result gets
    /// one.
    private void dropped() {
        core.say(Notices.notTakenUp());
        settle();
        if (core.flush()) {
            pump();
        }
    }

    private void finishPrompt() {
        Message prompt = current;
        current = null;
        if (prompt != null && prompt.uuid() != null) {
            core.show(Notices.lifecycle(UUID.fromString(prompt.uuid()), "completed"));
        }
    }

    private void garbled(String what) {
        LOG.warn("Session {}: {}", core.details.id, what);
        core.show(Notices.notice("warning", "garbled", what));
    }

    private void exited(AgentEvent.Exited e) {
        agents.gone();
        interjections.clear();
        uptake.clear();
        core.answers.end().forEach(core::say);
        asks.withdrawAll();
        boolean busy = core.state().underWay().isPresent();
        Message prompt = current;
        if (e.cause() == Cause.CONVERSATION_GONE) {
            startAnew(prompt);
            return;
        }
        core.details.guest = null; // it may be large, and the next prompt brings its own
        if (busy) {
            String text = Exits.describe(e);
            core.say(Notices.agentExited(e.cause(), e.code(), text, e.lastWords()));
            if (e.cause() == Cause.CRASHED) {
                finishPrompt();
                core.move(new Trigger.Broke(text));
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
                Notices.agentExited(
                        Cause.CONVERSATION_GONE, null, Exits.CONVERSATION_GONE, List.of()));
        if (prompt == null || core.isClosing()) {
            if (core.state().underWay().isPresent()) {
                settle();
            }
            return;
        }
        try {
            Agent agent = agents.ensure();
            if (agent != null) {
                agents.works();
                agents.work.begins();
                agent.prompt(prompt);
                return;
            }
            core.move(new Trigger.Broke("No place for the agent. Send the prompt again."));
        } catch (AgentUnavailableException e) {
            core.move(new Trigger.Broke(e.getMessage()));
        }
        finishPrompt();
    }

    /// The server ended in the middle of the last turn.
    void cutShort() {
        core.say(Notices.agentExited(Cause.CRASHED, null, Exits.CUT_SHORT, List.of()));
        core.flush();
    }

    /// Ends the agent, whatever it does; what waits is answered by the next one.
    void endAgent() {
        slot.close();
    }

    private Instant now() {
        return around.clock().instant();
    }
}
