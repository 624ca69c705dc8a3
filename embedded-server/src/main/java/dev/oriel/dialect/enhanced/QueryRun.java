package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.QueryMeter.Outcome;
import dev.oriel.message.Message;
import dev.oriel.session.event.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One query from its prompt to its end, followed through what its session says.
///
/// It begins with the journaled prompt and ends where the session rests again: both also reach a
/// client that reads so slowly that it is served from the journal. Not for several threads at once.
final class QueryRun {
    private static final Set<String> UNDER_WAY = Set.of("running", "asking", "interrupting");

    private final UUID prompt;
    private final @Nullable UUID resumed;
    private final double totalBefore;
    private final long began = System.nanoTime();
    private Phase phase = new Phase.Waiting();
    private double sessionCost;
    private double sessionCostBefore;
    private boolean queued;
    private boolean interrupted;
    private boolean stoppedByOther;
    private boolean failed;
    private @Nullable String trouble;
    private @Nullable Message result;

    /// Where a query stands.
    sealed interface Phase {
        /// Its prompt waits: for a free agent, or for somebody else's turn.
        record Waiting() implements Phase {}

        record Running() implements Phase {}

        record Finished(Outcome outcome) implements Phase {}
    }

    /// @param prompt uuid of its `user` message
    /// @param resumed the conversation that the client wants to go on with
    /// @param sessionCost what the session has cost so far, dollars
    /// @param totalBefore what the queries of the connection have cost so far, dollars
    QueryRun(UUID prompt, @Nullable UUID resumed, double sessionCost, double totalBefore) {
        this.prompt = prompt;
        this.resumed = resumed;
        this.sessionCost = sessionCost;
        this.sessionCostBefore = sessionCost;
        this.totalBefore = totalBefore;
    }

    UUID prompt() {
        return prompt;
    }

    Phase phase() {
        return phase;
    }

    /// Whether its turn runs: it can take input then.
    boolean isRunning() {
        return phase instanceof Phase.Running;
    }

    /// How long it has taken so far.
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /// The client has asked to stop it: nothing but the end is said from here on.
    void interrupt() {
        interrupted = true;
    }

    boolean isInterrupted() {
        return interrupted;
    }

    /// What the queries of the connection have cost so far, this one included, dollars.
    double total() {
        return totalBefore + cost();
    }

    private double cost() {
        return Math.max(0, sessionCost - sessionCostBefore);
    }

    /// What the client is told of something that the session says.
    List<ObjectNode> apply(Delivery delivery) {
        List<ObjectNode> frames = new ArrayList<>(1);
        Message m = delivery.message();
        switch (phase) {
            case Phase.Waiting _ -> waiting(m, frames);
            case Phase.Running _ -> running(m, frames);
            case Phase.Finished _ -> {
                // What comes now belongs to somebody else's turn.
            }
        }
        return frames;
    }

    private void waiting(Message m, List<ObjectNode> frames) {
        if (m.is("user") && prompt.toString().equals(m.uuid())) {
            phase = new Phase.Running();
            sessionCostBefore = sessionCost;
        } else if (m.is("command_lifecycle")) {
            lifecycle(m, frames);
        } else if (m.is("error")) {
            fail(m.tree().path("error").path("message").asText(), frames);
        } else if (m.is("system", "oriel_notice")) {
            EnhancedMessageFrames.from(m).ifPresent(frames::add);
        } else if (m.is("system", "oriel_session")) {
            JsonNode session = m.tree().path("session");
            sessionCost = session.path("cost_usd").asDouble();
            if (queued && session.path("state").asText().equals("failed")) {
                fail(session.path("error").asText(), frames);
            }
        }
    }

    /// Only what concerns the prompt itself; how those of others fare is nothing to this client.
    private void lifecycle(Message m, List<ObjectNode> frames) {
        if (!prompt.toString().equals(m.tree().path("command_uuid").asText())) {
            return;
        }
        switch (m.tree().path("state").asText()) {
            case "cancelled" -> end(Outcome.CANCELLED, "query_cancelled", frames);
            case "queued" -> queued = true;
            default -> {
                // Its own message says that it begins.
            }
        }
    }

    private void running(Message m, List<ObjectNode> frames) {
        switch (m.type()) {
            case "result" -> result(m, frames);
            case "system" -> {
                switch (m.subtype()) {
                    case "oriel_session" -> session(m.tree().path("session"), frames);
                    case "oriel_agent_exited" -> exited(m.tree(), frames);
                    case null, default -> say(m, frames);
                }
            }
            default -> say(m, frames);
        }
    }

    private void say(Message m, List<ObjectNode> frames) {
        if (!interrupted) {
            EnhancedMessageFrames.from(m).ifPresent(frames::add);
        }
    }

    /// Told only when the session has said what it cost.
    private void result(Message m, List<ObjectNode> frames) {
        JsonNode said = m.tree();
        if (said.path("origin").path("kind").asText().equals("task-notification")) {
            return; // of a turn that the agent began by itself
        }
        tellResult(frames);
        result = m;
        failed = said.path("is_error").asBoolean();
        stoppedByOther = said.path("terminal_reason").asText().startsWith("aborted");
    }

    private void tellResult(List<ObjectNode> frames) {
        if (result != null && !interrupted) {
            frames.add(EnhancedMessageFrames.result(result, cost(), total()));
        }
        result = null;
    }

    /// A conversation that is not there is the end for a client that asked for it by name; to
    /// others it is only said, as the agent goes on without it.
    private void exited(JsonNode notice, List<ObjectNode> frames) {
        String text = notice.path("text").asText();
        if (!notice.path("cause").asText().equals("conversation_gone")) {
            trouble = EnhancedMessageFrames.exitText(notice);
        } else if (resumed != null) {
            fail("No conversation found with session ID: " + resumed, frames);
        } else if (!interrupted) {
            frames.add(EnhancedMessageFrames.systemNote("info", text));
        }
    }

    private void session(JsonNode session, List<ObjectNode> frames) {
        sessionCost = session.path("cost_usd").asDouble();
        tellResult(frames);
        if (UNDER_WAY.contains(session.path("state").asText())) {
            return;
        }
        String error = session.path("error").textValue();
        if (interrupted) {
            end(Outcome.CANCELLED, "query_cancelled", frames);
        } else if (trouble != null || error != null) {
            fail(trouble != null ? trouble : error, frames);
        } else {
            if (stoppedByOther) {
                frames.add(EnhancedFrames.frame("query_interrupted"));
            }
            end(
                    stoppedByOther ? Outcome.CANCELLED : failed ? Outcome.ERROR : Outcome.SUCCESS,
                    "query_end",
                    frames);
        }
    }

    /// It cannot go on, and the client is told why; or, if it wanted to stop anyway, that it has.
    void fail(@Nullable String why, List<ObjectNode> frames) {
        if (interrupted) {
            end(Outcome.CANCELLED, "query_cancelled", frames);
        } else {
            frames.add(EnhancedFrames.error(why == null ? "The query failed." : why));
            phase = new Phase.Finished(Outcome.ERROR);
        }
    }

    private void end(Outcome outcome, String frame, List<ObjectNode> frames) {
        frames.add(EnhancedFrames.frame(frame));
        phase = new Phase.Finished(outcome);
    }
}
