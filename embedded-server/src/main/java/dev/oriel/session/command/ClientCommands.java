package dev.oriel.session.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.platform.FutureFailures;
import dev.oriel.session.Session;
import dev.oriel.session.api.PermissionModes;
import dev.oriel.session.control.ControlAnnouncement;
import dev.oriel.session.control.ControlDecision;
import dev.oriel.session.control.ControlEffect;
import dev.oriel.session.control.ControlRules;
import dev.oriel.session.control.SecretMask;
import dev.oriel.session.event.EventMessages;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.state.WaitingPrompt;
import dev.oriel.session.turn.SessionCore;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What clients ask of a session: prompts, control requests, answers. Confined to the lane.
public final class ClientCommands {
    /// As long as the published SDKs wait (wire.md 6.4).
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(ClientCommands.class);

    private final SessionCore core;
    private final InitializeRequests introductions;

    public ClientCommands(SessionCore core) {
        this.core = core;
        this.introductions = new InitializeRequests(core);
        core.whenAgentMayStart(introductions::goOn);
    }

    /// @param setting what a guest's prompt runs with; null for the session's own
    public void prompt(Subscriber from, Message user, Session.@Nullable PromptSettings setting) {
        UUID uuid = UUID.fromString(Objects.requireNonNull(user.uuid()));
        WaitingPrompt prompt = WaitingPrompt.of(uuid, user, setting);
        try {
            if (core.prompts.isFull(prompt) && !core.prompts.has(uuid)) {
                from.send(EventMessages.tooManyPrompts());
            } else if (core.prompts.add(prompt)) {
                core.show(EventMessages.lifecycle(uuid, "queued"));
                // Who sends goes on, also with what was held.
                if (core.prompts.release() || core.state().currentTurn().isPresent()) {
                    core.queueChanged();
                }
                core.flush();
                core.turns().pump();
            } else {
                from.send(EventMessages.lifecycle(uuid, lifeOf(uuid)));
            }
        } catch (JournalException e) {
            from.send(EventMessages.error("unavailable", e.getMessage()));
        }
    }

    private String lifeOf(UUID prompt) throws JournalException {
        if (core.prompts.isUnsent(prompt)) {
            return "failed";
        }
        if (core.prompts.has(prompt)) {
            return "queued";
        }
        if (core.state().currentTurn().filter(t -> prompt.equals(t.prompt())).isPresent()) {
            return "started";
        }
        return core.prompts.wasCancelled(prompt) ? "cancelled" : "completed";
    }

    public void control(Subscriber from, Message m) {
        JsonNode request = m.tree().path("request");
        // As the agent will read it: what else the frame calls itself must not lead past the
        // checks.
        String subtype = request.path("subtype").textValue();
        if (!(request instanceof ObjectNode inner) || subtype == null) {
            from.send(
                    EventMessages.failure(
                            m.requestId(), "bad_request", "request.subtype is missing"));
            return;
        }
        switch (ControlRules.decide(from.role(), inner)) {
            case ControlDecision.Refused(String code, String reason) ->
                    from.send(EventMessages.failure(m.requestId(), code, reason));
            case ControlDecision.Allowed(ControlEffect effect) -> {
                switch (effect) {
                    case OWN -> own(from, m.requestId(), subtype, inner);
                    case READ -> read(from, m.requestId(), inner);
                    case ACT ->
                            pass(
                                    from,
                                    m.requestId(),
                                    inner,
                                    () -> core.say(ControlAnnouncement.of(inner)));
                    case CHANGE -> keep(from, m.requestId(), inner);
                    case REFUSED -> throw new IllegalStateException("refused, and passed");
                }
            }
        }
        core.flush();
    }

    private void own(
            Subscriber from, @Nullable String requestId, String subtype, ObjectNode request) {
        switch (subtype) {
            case "interrupt" -> interrupt(from, requestId, request);
            case "cancel_async_message" -> cancel(from, requestId, request);
            case "set_model" -> setModel(from, requestId, request);
            case "set_permission_mode" -> setPermissionMode(from, requestId, request);
            case "initialize" -> introductions.take(from, requestId, request);
            case "rename_session" -> rename(from, requestId, request);
            case "oriel_run_queue" -> {
                core.unsent.retry();
                from.send(EventMessages.success(requestId, null));
            }
            default -> throw new IllegalStateException("no answer to " + subtype);
        }
    }

    private void rename(Subscriber from, @Nullable String requestId, ObjectNode request) {
        if (!request.path("title").isTextual()) {
            from.send(EventMessages.failure(requestId, "bad_request", "title is missing"));
            return;
        }
        core.details.title = request.path("title").textValue().strip();
        core.changed();
        from.send(EventMessages.success(requestId, Json.object()));
    }

    private void interrupt(Subscriber from, @Nullable String requestId, ObjectNode request) {
        ObjectNode receipt = Json.object();
        if (request.path("cancel_queued").asBoolean(false)) {
            var cancelled = receipt.putArray("cancelled");
            for (UUID uuid : core.prompts.uuids()) {
                try {
                    if (core.prompts.cancel(uuid)) {
                        cancelled.add(uuid.toString());
                        core.show(EventMessages.lifecycle(uuid, "cancelled"));
                    }
                } catch (JournalException e) {
                    from.send(EventMessages.error("unavailable", e.getMessage()));
                }
            }
            core.queueChanged();
        }
        if (request.path("hold_queue").asBoolean(false)) {
            core.prompts.hold();
            if (core.prompts.isHeld()) {
                core.queueChanged();
            }
        }
        var queued = receipt.putArray("still_queued");
        core.prompts.uuids().forEach(u -> queued.add(u.toString()));
        Agent agent = core.turns().agent();
        if (agent == null || core.state().currentTurn().isEmpty()) {
            from.send(EventMessages.success(requestId, receipt));
            return;
        }
        core.turns()
                .interrupt(agent)
                .whenComplete((_, failure) ->
                        core.lane()
                                .post(() ->
                                        from.send(
                                                failure == null
                                                        ? EventMessages.success(requestId, receipt)
                                                        : failed(requestId, failure))));
    }

    public void interrupt(Subscriber from, UUID prompt) {
        try {
            Agent agent = core.turns().agent();
            if (cancelled(prompt)) {
                from.send(EventMessages.lifecycle(prompt, "cancelled"));
            } else if (core.turns().isAnswering(prompt)) {
                if (agent != null) {
                    core.turns().interrupt(agent);
                }
            } else {
                from.send(EventMessages.lifecycle(prompt, lifeOf(prompt)));
            }
        } catch (JournalException e) {
            from.send(EventMessages.error("unavailable", e.getMessage()));
        }
        core.flush();
    }

    /// Hands a user message to the running turn; without one the client is told that it was not.
    public void interject(Subscriber from, Message user) {
        UUID uuid = UUID.fromString(Objects.requireNonNull(user.uuid()));
        if (!core.turns().interject(user)) {
            from.send(EventMessages.lifecycle(uuid, "cancelled"));
        }
    }

    public void abandon(UUID prompt) {
        try {
            if (!cancelled(prompt) && core.turns().isAnswering(prompt)) {
                core.turns().endAgent();
            }
        } catch (JournalException e) {
            LOG.warn("Session {} keeps a prompt: {}", core.details.id, e.getMessage());
        }
        core.flush();
    }

    /// @return whether the prompt waited, and now does not any more
    private boolean cancelled(UUID prompt) throws JournalException {
        boolean unsent = core.prompts.isUnsent(prompt);
        if (!core.prompts.has(prompt) || !core.prompts.cancel(prompt)) {
            return false;
        }
        core.show(EventMessages.lifecycle(prompt, "cancelled"));
        core.queueChanged();
        if (unsent) {
            core.unsent.changed();
        }
        return true;
    }

    private void cancel(Subscriber from, @Nullable String requestId, ObjectNode request) {
        try {
            UUID uuid = UUID.fromString(request.path("message_uuid").asText());
            boolean unsent = core.prompts.isUnsent(uuid);
            boolean cancelled = core.prompts.cancel(uuid);
            if (cancelled) {
                core.show(EventMessages.lifecycle(uuid, "cancelled"));
                core.queueChanged();
                if (unsent) {
                    core.unsent.changed();
                }
            }
            from.send(EventMessages.success(requestId, Json.object().put("cancelled", cancelled)));
        } catch (IllegalArgumentException e) {
            from.send(
                    EventMessages.failure(requestId, "bad_request", "message_uuid must be a UUID"));
        } catch (JournalException e) {
            from.send(EventMessages.failure(requestId, "unavailable", e.getMessage()));
        }
    }

    private void setModel(Subscriber from, @Nullable String requestId, ObjectNode request) {
        String model = request.path("model").textValue();
        change(
                from,
                requestId,
                request,
                "model",
                () -> {
                    core.details.model = model;
                    core.details.modelInUse = null;
                });
    }

    private void setPermissionMode(
            Subscriber from, @Nullable String requestId, ObjectNode request) {
        String mode = request.path("mode").textValue();
        Optional<String> problem = PermissionModes.problem(mode, core.policy().mayBypass());
        if (problem.isPresent()) {
            from.send(EventMessages.failure(requestId, "invalid_mode", problem.get()));
            return;
        }
        change(from, requestId, request, "mode", () -> core.details.permissionMode = mode);
    }

    /// Asks the running agent, and keeps what it accepted for the agents to come; without one it is
    /// just kept.
    private void change(
            Subscriber from,
            @Nullable String requestId,
            ObjectNode request,
            String member,
            Runnable keep) {
        Agent agent = core.turns().agent();
        if (agent == null) {
            keep.run();
            core.changed();
            ObjectNode payload = Json.object();
            payload.set(member, request.path(member));
            from.send(EventMessages.success(requestId, payload));
            return;
        }
        ask(
                agent,
                from,
                requestId,
                request,
                () -> {
                    keep.run();
                    core.changed();
                    if (core.details.guest != null) {
                        // What its owner chooses for the session is not the guest's to run with.
                        core.turns().agents().renew();
                    }
                });
    }

    /// Has the running agent change how it works, and keeps that for the agents to come.
    private void keep(Subscriber from, @Nullable String requestId, ObjectNode request) {
        Agent agent = core.turns().agent();
        Optional<String> problem = core.details.problemWithKeeping(request);
        if (problem.isPresent()) {
            from.send(EventMessages.failure(requestId, "too_large", problem.get()));
        } else if (agent == null) {
            core.keep(request);
            from.send(EventMessages.success(requestId, Json.object()));
        } else {
            ask(agent, from, requestId, request, () -> core.keep(request));
        }
    }

    /// What the agent says of itself, without keys.
    private void read(Subscriber from, @Nullable String requestId, ObjectNode request) {
        pass(from, requestId, request, () -> {});
    }

    private void pass(
            Subscriber from, @Nullable String requestId, ObjectNode request, Runnable onSuccess) {
        Agent agent = core.turns().agent();
        if (agent == null) {
            from.send(
                    EventMessages.failure(
                            requestId,
                            "no_agent",
                            "No agent is running. It starts with the next prompt."));
        } else {
            ask(agent, from, requestId, request, onSuccess);
        }
    }

    private void ask(
            Agent agent,
            Subscriber from,
            @Nullable String requestId,
            ObjectNode request,
            Runnable onSuccess) {
        agent.sendControlRequest(request, DEADLINE)
                .whenComplete((response, failure) ->
                        core.lane()
                                .post(() -> {
                                    if (failure != null) {
                                        from.send(failed(requestId, failure));
                                        return;
                                    }
                                    from.send(
                                            EventMessages.answer(
                                                    requestId, SecretMask.masked(response)));
                                    if ("success".equals(response.path("subtype").asText())) {
                                        onSuccess.run();
                                        core.flush();
                                    }
                                }));
    }

    static Message failed(@Nullable String requestId, Throwable failure) {
        Throwable cause = FutureFailures.unwrap(failure);
        return cause instanceof TimeoutException
                ? EventMessages.failure(requestId, "timeout", "The agent did not answer in time.")
                : EventMessages.failure(
                        requestId, "agent_gone", "The agent ended before it answered.");
    }

    public void answer(Subscriber from, Message answer) {
        String id = answer.requestId();
        if (core.turns().agents().gate.answer(from, answer)) {
            core.flush();
            return;
        }
        if (id == null || !core.asks.has(id) || !core.asks.mayAnswer(id, from.role())) {
            // Answered by another, or withdrawn: the first answer has won, and this one is told so.
            if (id != null) {
                from.send(EventMessages.withdrawn(id));
            }
            return;
        }
        Optional<String> problem = core.asks.problemWith(answer, core.policy().mayBypass());
        Agent agent = core.turns().agent();
        if (problem.isPresent() || agent == null) {
            from.send(
                    EventMessages.error(
                            "bad_request", problem.orElse("The agent is not running.")));
            return;
        }
        agent.reply(answer);
        core.tellOthers(from, EventMessages.withdrawn(id));
        core.turns().asks().answered(id);
        core.flush();
    }
}
