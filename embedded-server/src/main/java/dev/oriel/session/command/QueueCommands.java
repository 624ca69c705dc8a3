package dev.oriel.session.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.journal.JournalException;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.session.event.SessionEvent.ControlReply;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.fanout.SessionOutput;
import dev.oriel.session.lane.Lane;
import dev.oriel.session.state.PromptQueue;
import dev.oriel.session.state.WaitingPrompt;
import dev.oriel.session.turn.TurnRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What clients do with the prompts that wait: change their order, start one of them at once, or
/// hand one to the running turn. Confined to the lane.
final class QueueCommands {
    private static final String NOT_WAITING = "This message does not wait any more.";

    private final PromptQueue queue;
    private final SessionOutput output;
    private final TurnRunner turns;
    private final Lane lane;

    QueueCommands(PromptQueue queue, SessionOutput output, TurnRunner turns, Lane lane) {
        this.queue = queue;
        this.output = output;
        this.turns = turns;
        this.lane = lane;
    }

    /// Handles one of the three control requests.
    ///
    /// @param body the inner object, which is allowed
    void handle(Subscriber from, @Nullable String id, String subtype, ObjectNode body) {
        try {
            switch (subtype) {
                case ControlSubtype.ORIEL_REORDER_QUEUE -> reorder(from, id, uuids(body));
                case ControlSubtype.ORIEL_SEND_NOW -> sendNow(from, id, uuid(body));
                case ControlSubtype.ORIEL_STEER -> steer(from, id, uuid(body));
                default -> throw new IllegalStateException(subtype);
            }
        } catch (IllegalArgumentException e) {
            fail(from, id, ErrorCode.BAD_REQUEST, "A message is named by its UUID.");
        } catch (JournalException e) {
            fail(from, id, ErrorCode.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private static UUID uuid(ObjectNode body) {
        return UUID.fromString(body.path("message_uuid").asText());
    }

    private static List<UUID> uuids(ObjectNode body) {
        List<UUID> uuids = new ArrayList<>();
        for (JsonNode each : body.path("message_uuids")) {
            uuids.add(UUID.fromString(each.asText()));
        }
        return uuids;
    }

    private static void fail(Subscriber from, @Nullable String id, String code, String text) {
        from.send(ControlReply.failure(id, code, text));
    }

    /// The prompts that the client does not name, because they arrived meanwhile, stay behind.
    private void reorder(Subscriber from, @Nullable String id, List<UUID> first)
            throws JournalException {
        if (queue.reorder(first)) {
            output.publishQueue();
        }
        ObjectNode reply = Json.object();
        var order = reply.putArray("message_uuids");
        queue.uuids().forEach(u -> order.add(u.toString()));
        from.send(ControlReply.success(id, reply));
    }

    /// Starts the prompt after the interrupted turn, and the others after it.
    private void sendNow(Subscriber from, @Nullable String id, UUID prompt)
            throws JournalException {
        if (queue.find(prompt).isEmpty()) {
            fail(from, id, ErrorCode.NOT_FOUND, NOT_WAITING);
            return;
        }
        boolean moved = queue.reorder(List.of(prompt));
        boolean released = queue.release();
        if (moved || released) {
            output.publishQueue();
        }
        turns.interrupt()
                .ifPresentOrElse(
                        confirmed ->
                                confirmed.whenComplete(
                                        (_, failure) -> lane.post(() -> reply(from, id, failure))),
                        () -> {
                            turns.startNext();
                            reply(from, id, null);
                        });
    }

    private static void reply(Subscriber from, @Nullable String id, @Nullable Throwable failure) {
        from.send(
                failure == null
                        ? ControlReply.success(id, Json.object())
                        : ControlCommands.failed(id, failure));
    }

    private void steer(Subscriber from, @Nullable String id, UUID uuid) {
        Optional<WaitingPrompt> prompt = queue.find(uuid);
        if (prompt.isEmpty()) {
            fail(from, id, ErrorCode.NOT_FOUND, NOT_WAITING);
        } else if (prompt.get().settings() != null) {
            fail(
                    from,
                    id,
                    ErrorCode.FORBIDDEN,
                    "This message runs with settings of its own, so it needs its own turn.");
        } else if (!turns.canTakeUp()) {
            fail(from, id, ErrorCode.UNAVAILABLE, "No turn is running that could take it up.");
        } else if (turns.takeUp(prompt.get())) {
            from.send(ControlReply.success(id, Json.object()));
        } else {
            fail(from, id, ErrorCode.UNAVAILABLE, "The message could not be written to disk.");
        }
    }
}
