package dev.oriel.session.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.journal.JournalException;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.platform.FutureFailures;
import dev.oriel.session.api.PermissionModes;
import dev.oriel.session.control.ControlAnnouncement;
import dev.oriel.session.control.ControlDecision;
import dev.oriel.session.control.ControlEffect;
import dev.oriel.session.control.ControlRules;
import dev.oriel.session.control.SecretMask;
import dev.oriel.session.event.SessionEvent.ControlReply;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.fanout.SessionOutput;
import dev.oriel.session.lane.Lane;
import dev.oriel.session.state.SessionDetails;
import dev.oriel.session.state.SessionModel;
import dev.oriel.session.turn.TurnRunner;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Control requests of clients ([ControlRules]). Each gets exactly one reply. Confined to the lane.
public final class ControlCommands {
    /// As long as the published SDKs wait (wire.md 6.4).
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final SessionDetails details;
    private final SessionOutput output;
    private final TurnRunner turns;
    private final Lane lane;
    private final PromptCommands prompts;
    private final QueueCommands queue;
    private final InitializeRequests initialize;
    private final boolean mayBypass;

    /// @param mayBypass whether the operator allows `bypassPermissions`
    public ControlCommands(
            SessionModel model,
            SessionOutput output,
            TurnRunner turns,
            Lane lane,
            PromptCommands prompts,
            InitializeRequests initialize,
            boolean mayBypass) {
        this.details = model.details();
        this.output = output;
        this.turns = turns;
        this.lane = lane;
        this.prompts = prompts;
        this.queue = new QueueCommands(model.prompts(), output, turns, lane);
        this.initialize = initialize;
        this.mayBypass = mayBypass;
    }

    public void handle(Subscriber from, Message m) {
        JsonNode request = m.tree().path("request");
        // As the agent will read it: whatever else the frame claims must not lead past the checks.
        String subtype = request.path("subtype").textValue();
        if (!(request instanceof ObjectNode inner) || subtype == null) {
            from.send(
                    ControlReply.failure(
                            m.requestId(), ErrorCode.BAD_REQUEST, "request.subtype is missing"));
            return;
        }
        switch (ControlRules.decide(from.role(), inner)) {
            case ControlDecision.Refused(String code, String reason) ->
                    from.send(ControlReply.failure(m.requestId(), code, reason));
            case ControlDecision.Allowed(ControlEffect effect) ->
                    perform(effect, new Request(from, m.requestId(), subtype, inner));
        }
        output.flush();
    }

    /// One control request, and how its sender gets the reply.
    ///
    /// @param body the inner object
    private record Request(Subscriber from, @Nullable String id, String subtype, ObjectNode body) {
        void succeed(@Nullable JsonNode payload) {
            from.send(ControlReply.success(id, payload));
        }

        void fail(String code, String text) {
            from.send(ControlReply.failure(id, code, text));
        }
    }

    private void perform(ControlEffect effect, Request request) {
        switch (effect) {
            case OWN -> handleHere(request);
            case READ -> forward(request, () -> {});
            case ACT ->
                    forward(
                            request,
                            () -> {
                                if (!request.body().path("dry_run").asBoolean(false)) {
                                    output.recordNative(ControlAnnouncement.of(request.body()));
                                }
                            });
            case CHANGE -> changeAndSave(request);
            case REFUSED -> throw new IllegalStateException("refused, and allowed");
        }
    }

    private void handleHere(Request request) {
        switch (request.subtype()) {
            case ControlSubtype.INTERRUPT -> interrupt(request);
            case ControlSubtype.CANCEL_ASYNC_MESSAGE -> cancel(request);
            case ControlSubtype.SET_MODEL -> setModel(request);
            case ControlSubtype.SET_PERMISSION_MODE -> setPermissionMode(request);
            case ControlSubtype.INITIALIZE ->
                    initialize.handle(request.from(), request.id(), request.body());
            case ControlSubtype.RENAME_SESSION -> rename(request);
            case ControlSubtype.ORIEL_RUN_QUEUE -> {
                prompts.retry();
                request.succeed(null);
            }
            case ControlSubtype.ORIEL_REORDER_QUEUE,
                    ControlSubtype.ORIEL_SEND_NOW,
                    ControlSubtype.ORIEL_STEER ->
                    queue.handle(request.from(), request.id(), request.subtype(), request.body());
            default -> throw new IllegalStateException("no handler for " + request.subtype());
        }
    }

    private void rename(Request request) {
        String title = request.body().path("title").textValue();
        if (title == null) {
            request.fail(ErrorCode.BAD_REQUEST, "title is missing");
            return;
        }
        details.setTitle(title.strip());
        output.markChanged();
        request.succeed(Json.object());
    }

    private void interrupt(Request request) {
        ObjectNode receipt = Json.object();
        if (request.body().path("cancel_queued").asBoolean(false)) {
            var cancelled = receipt.putArray("cancelled");
            prompts.cancelAll(request.from()).forEach(u -> cancelled.add(u.toString()));
        }
        if (request.body().path("hold_queue").asBoolean(false)) {
            prompts.hold();
        }
        var queued = receipt.putArray("still_queued");
        prompts.queued().forEach(u -> queued.add(u.toString()));
        turns.interrupt()
                .ifPresentOrElse(
                        confirmed ->
                                confirmed.whenComplete((_, failure) ->
                                        lane.post(
                                                () -> replyToInterrupt(request, receipt, failure))),
                        () -> request.succeed(receipt));
    }

    private static void replyToInterrupt(
            Request request, ObjectNode receipt, @Nullable Throwable failure) {
        if (failure == null) {
            request.succeed(receipt);
        } else {
            request.from().send(failed(request.id(), failure));
        }
    }

    private void cancel(Request request) {
        try {
            UUID uuid = UUID.fromString(request.body().path("message_uuid").asText());
            request.succeed(Json.object().put("cancelled", prompts.cancel(uuid)));
        } catch (IllegalArgumentException e) {
            request.fail(ErrorCode.BAD_REQUEST, "message_uuid must be a UUID");
        } catch (JournalException e) {
            request.fail(ErrorCode.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private void setModel(Request request) {
        String model = request.body().path("model").textValue();
        setForAgent(request, "model", () -> details.setModel(model));
    }

    private void setPermissionMode(Request request) {
        String mode = request.body().path("mode").textValue();
        Optional<String> problem = PermissionModes.problem(mode, mayBypass);
        if (problem.isPresent()) {
            request.fail(ErrorCode.INVALID_MODE, problem.get());
            return;
        }
        setForAgent(request, "mode", () -> details.setPermissionMode(mode));
    }

    /// Has the running agent change an option and keeps what it accepted for later agents; without
    /// an agent, the option is only kept.
    private void setForAgent(Request request, String member, Runnable keep) {
        Agent agent = turns.agent().running();
        if (agent == null) {
            keep.run();
            output.markChanged();
            ObjectNode payload = Json.object();
            payload.set(member, request.body().path(member));
            request.succeed(payload);
            return;
        }
        send(
                agent,
                request,
                () -> {
                    keep.run();
                    output.markChanged();
                    if (details.guestSettings() != null) {
                        // What the owner chooses for the session must not run a guest's prompt.
                        turns.agent().replaceBeforeNextTurn();
                    }
                });
    }

    /// Has the running agent change how it works, and saves the request for later agents.
    private void changeAndSave(Request request) {
        Agent agent = turns.agent().running();
        Optional<String> problem = details.savedControls().check(request.body());
        if (problem.isPresent()) {
            request.fail(ErrorCode.TOO_LARGE, problem.get());
        } else if (agent == null) {
            saveControl(request.body());
            request.succeed(Json.object());
        } else {
            send(agent, request, () -> saveControl(request.body()));
        }
    }

    private void saveControl(ObjectNode request) {
        details.savedControls().save(request);
        output.recordNative(ControlAnnouncement.of(request));
        output.markChanged();
    }

    private void forward(Request request, Runnable onSuccess) {
        Agent agent = turns.agent().running();
        if (agent == null) {
            request.fail(
                    ErrorCode.NO_AGENT, "No agent is running. It starts with the next prompt.");
        } else {
            send(agent, request, onSuccess);
        }
    }

    private void send(Agent agent, Request request, Runnable onSuccess) {
        agent.sendControlRequest(request.body(), TIMEOUT)
                .whenComplete((response, failure) ->
                        lane.post(() -> onResponse(request, response, failure, onSuccess)));
    }

    private void onResponse(
            Request request, ObjectNode response, @Nullable Throwable failure, Runnable onSuccess) {
        if (failure != null) {
            request.from().send(failed(request.id(), failure));
            return;
        }
        request.from().send(ControlReply.fromAgent(request.id(), SecretMask.mask(response)));
        if (ControlSubtype.SUCCESS.equals(response.path("subtype").asText())) {
            onSuccess.run();
            output.flush();
        }
    }

    static ControlReply failed(@Nullable String requestId, Throwable failure) {
        Throwable cause = FutureFailures.unwrap(failure);
        return cause instanceof TimeoutException
                ? ControlReply.failure(
                        requestId, ErrorCode.TIMEOUT, "The agent did not answer in time.")
                : ControlReply.failure(
                        requestId, ErrorCode.AGENT_GONE, "The agent ended before it answered.");
    }
}
