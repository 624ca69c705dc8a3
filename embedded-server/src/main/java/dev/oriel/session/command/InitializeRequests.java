package dev.oriel.session.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.session.control.ClientDeclarations;
import dev.oriel.session.control.SecretMask;
import dev.oriel.session.event.SessionEvent.ClientRequest;
import dev.oriel.session.event.SessionEvent.ControlReply;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.lane.Lane;
import dev.oriel.session.state.SessionModel;
import dev.oriel.session.turn.TurnRunner;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Handles `initialize`: takes what the client declares, and replies with what the agent offers.
/// Confined to the lane.
///
/// The CLI takes declarations from the first `initialize` of a process only (2.1.197 accepts a
/// second one and ignores it). An idle agent is replaced by one that knows the declarations; while
/// a turn runs nothing can be declared, because that turn would not be covered.
public final class InitializeRequests {
    private final SessionModel model;
    private final TurnRunner turns;
    private final ClientDeclarations declarations;
    private final Lane lane;

    public InitializeRequests(
            SessionModel model, TurnRunner turns, ClientDeclarations declarations, Lane lane) {
        this.model = model;
        this.turns = turns;
        this.declarations = declarations;
        this.lane = lane;
    }

    /// @param request the inner object
    void handle(Subscriber from, @Nullable String requestId, ObjectNode request) {
        if (declarations.isChange(from, request)) {
            if (model.details().state().currentTurn().isPresent()) {
                from.send(
                        ControlReply.failure(
                                requestId,
                                ErrorCode.BUSY,
                                "A turn runs, which this would not cover. Send it when the session"
                                        + " rests."));
                return;
            }
            Optional<String> problem =
                    declarations.declare(
                            from, m -> lane.post(() -> from.send(new ClientRequest(m))), request);
            if (problem.isPresent()) {
                from.send(ControlReply.failure(requestId, ErrorCode.BAD_REQUEST, problem.get()));
                return;
            }
            turns.agent().replaceBeforeNextTurn();
        }
        reply(from, requestId);
    }

    /// Replies when an agent runs; starts one if need be.
    private void reply(Subscriber from, @Nullable String requestId) {
        try {
            if (!turns.agent().isStarting() && model.details().state().currentTurn().isEmpty()) {
                model.details().clearGuestSettings(); // the agent is started for the owner
            }
            Agent agent = turns.agent().start();
            if (agent != null) {
                queryAgent(agent, from, requestId);
            } else if (turns.agent().isStarting()) {
                turns.agent().whenStartable(() -> reply(from, requestId));
            } else {
                from.send(
                        ControlReply.failure(
                                requestId,
                                ErrorCode.UNAVAILABLE,
                                "All agents are busy. Try again later."));
            }
        } catch (AgentUnavailableException e) {
            from.send(
                    ControlReply.failure(
                            requestId, ErrorCode.UNAVAILABLE, String.valueOf(e.getMessage())));
        }
    }

    private void queryAgent(Agent agent, Subscriber from, @Nullable String requestId) {
        agent.sendControlRequest(
                        Json.object().put("subtype", ControlSubtype.INITIALIZE),
                        ControlCommands.TIMEOUT)
                .whenComplete((response, failure) ->
                        lane.post(() ->
                                from.send(
                                        failure == null
                                                ? ControlReply.fromAgent(
                                                        requestId, SecretMask.mask(response))
                                                : ControlCommands.failed(requestId, failure))));
    }
}
