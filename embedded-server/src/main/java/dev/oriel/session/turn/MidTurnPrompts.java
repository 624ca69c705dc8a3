package dev.oriel.session.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.session.lane.Lane;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// User messages that were sent to the agent in the middle of a turn, until it has taken them up.
/// Confined to the lane.
///
/// The CLI folds such a message into the running turn at the next tool boundary. If there is none,
/// it answers it in a turn of its own, after the result of the running one, and several of them in
/// one. Since 2.1.329 a result names the messages that it answers; with older versions, a turn that
/// starts within a moment of the result is taken for theirs. The CLI drops some messages silently;
/// so the wait ends a moment after it reports that it is idle, and after 30 s in any case.
final class MidTurnPrompts {
    private static final Duration MOMENT = Duration.ofMillis(500);
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(60);

    private final Lane lane;
    private final ScheduledExecutorService timer;
    private final Runnable whenOver;
    private final Set<String> open = new LinkedHashSet<>();

    /// End of the wait for a further turn that answers them; null unless the agent is between two
    /// turns.
    private @Nullable ScheduledFuture<?> waiting;

    /// Numbers the waits: the end of an earlier one may still be on its way to the lane.
    private long waits;

    /// @param whenOver run on the lane when it turns out that no further turn answers them
    MidTurnPrompts(Lane lane, ScheduledExecutorService timer, Runnable whenOver) {
        this.lane = lane;
        this.timer = timer;
        this.whenOver = whenOver;
    }

    void send(Agent agent, Message user) {
        String uuid = user.uuid();
        if (uuid != null) {
            open.add(uuid);
        }
        agent.sendMidTurnPrompt(user);
        if (isBetweenTurns()) {
            waitFor(MAX_WAIT); // the rest of the current wait may be too short for its turn
        }
    }

    /// Takes note of a result.
    ///
    /// @return true if it is the last one: no message waits for another turn
    boolean isLastResult(JsonNode result) {
        JsonNode answered = result.path("user_message_uuids");
        answered.forEach(uuid -> open.remove(uuid.asText()));
        if (open.isEmpty()) {
            return true;
        }
        waitFor(answered.isArray() ? MAX_WAIT : MOMENT);
        return false;
    }

    /// The agent reports that nothing waits in it.
    void onAgentIdle() {
        if (isBetweenTurns()) {
            waitFor(MOMENT);
        }
    }

    private void waitFor(Duration time) {
        stopWaiting();
        long mine = ++waits;
        waiting =
                timer.schedule(
                        () -> lane.post(() -> onTimeout(mine)),
                        time.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void onTimeout(long wait) {
        if (isBetweenTurns() && wait == waits) {
            whenOver.run();
        }
    }

    /// The agent reports the progress of a user message (`command_lifecycle`).
    void onLifecycle(Message lifecycle) {
        JsonNode tree = lifecycle.tree();
        switch (tree.path("state").asText()) {
            case "completed", "cancelled" -> {
                if (open.remove(tree.path("command_uuid").asText())
                        && open.isEmpty()
                        && isBetweenTurns()) {
                    whenOver.run();
                }
            }
            default -> {
                // It is on its way.
            }
        }
    }

    /// A turn starts: if one of theirs was awaited, this is it.
    void onTurnStarted() {
        stopWaiting();
    }

    /// True if the agent rests and only a turn of theirs is awaited.
    boolean isBetweenTurns() {
        return waiting != null;
    }

    /// Has the agent drop them.
    void cancel(Agent agent) {
        for (String uuid : open) {
            ObjectNode request = Json.object().put("subtype", ControlSubtype.CANCEL_ASYNC_MESSAGE);
            // The reply does not matter: one that the agent has taken up stops with the turn.
            agent.sendControlRequest(request.put("message_uuid", uuid), CANCEL_TIMEOUT);
        }
        open.clear();
    }

    /// The turn is finished, and with it these messages.
    void clear() {
        open.clear();
        stopWaiting();
    }

    private void stopWaiting() {
        if (waiting != null) {
            waiting.cancel(false);
            waiting = null;
        }
    }
}
