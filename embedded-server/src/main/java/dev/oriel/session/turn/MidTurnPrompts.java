package dev.oriel.session.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
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

/// User messages that were handed to the agent in the middle of a turn, until it has taken them up.
/// Confined to the lane.
///
/// The CLI folds such a message into the running turn at the next tool boundary; where there is
/// none, it answers it in a turn of its own, behind the result of the running one, and several of
/// them in one. Since 2.1.329 a result names the messages that it answers; with older ones, a turn
/// that begins within a moment of the result is taken for theirs. The CLI drops some without a
/// word; so the wait ends a moment after it says that it is idle, and at last by itself.
final class MidTurnPrompts {
    private static final Duration MOMENT = Duration.ofMillis(500);
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Duration CANCEL_WITHIN = Duration.ofSeconds(60);

    private final Lane lane;
    private final ScheduledExecutorService timer;
    private final Runnable over;
    private final Set<String> open = new LinkedHashSet<>();
    private boolean between;
    private @Nullable ScheduledFuture<?> moment;

    /// @param over run on the lane when it turns out that no further turn answers them
    MidTurnPrompts(Lane lane, ScheduledExecutorService timer, Runnable over) {
        this.lane = lane;
        this.timer = timer;
        this.over = over;
    }

    void handOver(Agent agent, Message user) {
        String uuid = user.uuid();
        if (uuid != null) {
            open.add(uuid);
        }
        agent.sendMidTurnPrompt(user);
    }

    /// Looks at a result.
    ///
    /// @return whether it is the last one: nothing that was handed over waits for another
    boolean isLast(JsonNode result) {
        JsonNode answered = result.path("user_message_uuids");
        answered.forEach(uuid -> open.remove(uuid.asText()));
        if (open.isEmpty()) {
            return true;
        }
        between = true;
        waitFor(answered.isArray() ? AT_MOST : MOMENT);
        return false;
    }

    /// The agent says that nothing waits in it.
    void agentIsIdle() {
        if (between) {
            waitFor(MOMENT);
        }
    }

    private void waitFor(Duration time) {
        stopWaiting();
        moment =
                timer.schedule(
                        () -> lane.post(this::nothingCame), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void nothingCame() {
        if (between) {
            over.run();
        }
    }

    /// The agent says how a user message fares.
    void heard(Message lifecycle) {
        JsonNode said = lifecycle.tree();
        switch (said.path("state").asText()) {
            case "completed", "cancelled" -> {
                if (open.remove(said.path("command_uuid").asText()) && open.isEmpty() && between) {
                    over.run();
                }
            }
            default -> {
                // It is on its way.
            }
        }
    }

    /// A turn begins: if one of theirs was waited for, this is it.
    void turnBegins() {
        between = false;
        stopWaiting();
    }

    /// Whether the agent rests, and only a turn of theirs is waited for.
    boolean isBetweenTurns() {
        return between;
    }

    /// The agent is not to take them up any more.
    void cancel(Agent agent) {
        for (String uuid : open) {
            ObjectNode request = Json.object().put("subtype", "cancel_async_message");
            // Whatever it answers: one that it has taken up stops with the turn.
            agent.sendControlRequest(request.put("message_uuid", uuid), CANCEL_WITHIN);
        }
        open.clear();
    }

    /// The turn is over, and so are they.
    void clear() {
        open.clear();
        turnBegins();
    }

    private void stopWaiting() {
        if (moment != null) {
            moment.cancel(false);
            moment = null;
        }
    }
}
