package dev.oriel.session.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.message.Json;
import dev.oriel.session.control.SecretMask;
import dev.oriel.session.event.EventMessages;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.turn.SessionCore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Answers `initialize`: takes what the client declares, and says what the agent offers. Confined
/// to the lane.
///
/// The CLI takes declarations from the first `initialize` of a process alone (2.1.197 takes a
/// second one and ignores it). An agent that rests makes place for one that is told; while a turn
/// runs nothing can be declared, as that turn would not be covered.
final class InitializeRequests {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final SessionCore core;
    private final Queue<Waiting> waiting = new ArrayDeque<>();

    /// One that waits for an agent to start.
    private record Waiting(Subscriber from, @Nullable String requestId) {}

    InitializeRequests(SessionCore core) {
        this.core = core;
    }

    void take(Subscriber from, @Nullable String requestId, ObjectNode request) {
        if (core.declarations.isChange(from, request)) {
            if (core.state().currentTurn().isPresent()) {
                from.send(
                        EventMessages.failure(
                                requestId,
                                "busy",
                                "A turn runs, which this would not cover. Send it when the session"
                                        + " rests."));
                return;
            }
            Optional<String> problem =
                    core.declarations.declare(
                            from, m -> core.lane().post(() -> from.send(m)), request);
            if (problem.isPresent()) {
                from.send(EventMessages.failure(requestId, "bad_request", problem.get()));
                return;
            }
            core.turns().agents().renew();
        }
        answer(new Waiting(from, requestId));
    }

    /// There may be an agent now.
    void goOn() {
        for (Waiting each : List.copyOf(waiting)) {
            waiting.remove(each);
            answer(each);
        }
    }

    private void answer(Waiting client) {
        try {
            if (!core.turns().agents().isStarting()) {
                core.details.guest = null; // an agent that is started for its owner
            }
            Agent agent = core.turns().agents().ensure();
            if (agent != null) {
                ask(agent, client);
            } else if (core.turns().agents().isStarting()) {
                waiting.add(client);
            } else {
                client.from()
                        .send(
                                EventMessages.failure(
                                        client.requestId(),
                                        "unavailable",
                                        "All agents are busy. Try again later."));
            }
        } catch (AgentUnavailableException e) {
            client.from()
                    .send(EventMessages.failure(client.requestId(), "unavailable", e.getMessage()));
        }
    }

    private void ask(Agent agent, Waiting client) {
        agent.sendControlRequest(Json.object().put("subtype", "initialize"), DEADLINE)
                .whenComplete((response, failure) ->
                        core.lane()
                                .post(() ->
                                        client.from()
                                                .send(
                                                        failure == null
                                                                ? EventMessages.answer(
                                                                        client.requestId(),
                                                                        SecretMask.masked(response))
                                                                : ClientCommands.failed(
                                                                        client.requestId(),
                                                                        failure))));
    }
}
