package dev.oriel.session.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.session.lane.Lane;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

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

    private final Runnable whenOver;
    private final Map<String, Message> open = new LinkedHashMap<>(); // by uuid

    /// The wait for a further turn that answers them; runs while the agent is between two turns.
    private final LaneTimer wait;

    /// True if a turn has started while one of theirs was awaited, and its result has not arrived.
    private boolean waitSuspended;

    /// True if a message was sent after the last result.
    private boolean sentAfterResult;

    /// @param whenOver run on the lane when it turns out that no further turn answers them; the
    ///   turn is then finished with [#clear()]
    MidTurnPrompts(Lane lane, ScheduledExecutorService timer, Runnable whenOver) {
        this.whenOver = whenOver;
        this.wait = new LaneTimer(lane, timer, this::finish);
    }

    void send(Agent agent, Message user) {
        String uuid = user.uuid();
        if (uuid != null) {
            open.put(uuid, user);
        }
        agent.sendMidTurnPrompt(user);
        if (isBetweenTurns()) {
            sentAfterResult = true;
            wait.start(MAX_WAIT); // the rest of the current wait may be too short for its turn
        }
    }

    /// Removes the messages that a result answers. If some are left, waits for a further turn.
    ///
    /// @return whether the turn is finished: no message waits for another one
    boolean onResult(JsonNode result) {
        waitSuspended = false;
        sentAfterResult = false;
        JsonNode answered = result.path("user_message_uuids");
        answered.forEach(uuid -> open.remove(uuid.asText()));
        if (open.isEmpty()) {
            return true;
        }
        wait.start(answered.isArray() ? MAX_WAIT : MOMENT);
        return false;
    }

    /// A turn that the agent started by itself is finished. If a turn of theirs was awaited before
    /// it, waits again, unless none of them is left.
    ///
    /// @return whether one was awaited
    boolean onOtherResult() {
        if (!waitSuspended) {
            return false;
        }
        waitSuspended = false;
        if (open.isEmpty()) {
            finish();
        } else {
            wait.start(MAX_WAIT);
        }
        return true;
    }

    /// The agent reports that nothing waits in it.
    void onAgentIdle() {
        if (isBetweenTurns()) {
            wait.start(MOMENT);
        }
    }

    private void finish() {
        wait.cancel();
        whenOver.run();
    }

    /// The agent reports the progress of a user message (`command_lifecycle`).
    void onLifecycle(Message lifecycle) {
        JsonNode tree = lifecycle.tree();
        String state = tree.path("state").asText();
        boolean completed = state.equals("completed");
        if (!completed && !state.equals("cancelled")) {
            return; // it is on its way
        }
        if (open.remove(tree.path("command_uuid").asText()) != null && open.isEmpty()) {
            sentAfterResult &= !completed;
            if (isBetweenTurns()) {
                finish();
            }
        }
    }

    /// A turn starts: if one of theirs was awaited, this is it, unless its result is another one's
    /// ([#onOtherResult()]).
    void onTurnStarted() {
        waitSuspended |= wait.isRunning();
        wait.cancel();
    }

    /// True if the agent rests and only a turn of theirs is awaited.
    boolean isBetweenTurns() {
        return wait.isRunning();
    }

    /// True if a message was sent after the last result: no result follows it if it is dropped.
    boolean isSentAfterResult() {
        return sentAfterResult;
    }

    /// The agent has exited; another one may get them ([#resend]).
    void onAgentExited() {
        wait.cancel();
        waitSuspended = false;
    }

    /// Sends them to another agent, after the prompt.
    void resend(Agent agent) {
        open.values().forEach(agent::sendMidTurnPrompt);
    }

    /// Has the agent drop them.
    void cancel(Agent agent) {
        for (String uuid : open.keySet()) {
            ObjectNode request = Json.object().put("subtype", ControlSubtype.CANCEL_ASYNC_MESSAGE);
            // The reply does not matter: one that the agent has taken up stops with the turn.
            agent.sendControlRequest(request.put("message_uuid", uuid), CANCEL_TIMEOUT);
        }
        open.clear();
    }

    /// The turn is finished, and with it these messages.
    void clear() {
        open.clear();
        wait.cancel();
        waitSuspended = false;
        sentAfterResult = false;
    }
}
