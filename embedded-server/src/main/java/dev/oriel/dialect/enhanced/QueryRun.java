package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.dialect.QueryMeter.Outcome;
import dev.oriel.message.Message;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.AgentExited;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.Notice;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import dev.oriel.session.event.SessionEvent.RequestRejected;
import dev.oriel.session.event.SessionEvent.SessionChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One query from its prompt to its end, followed through what its session says.
///
/// It begins with the journaled prompt and ends where the session rests again: both also reach a
/// client that reads so slowly that it is served from the journal. Not for several threads at once.
final class QueryRun {
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
        switch (phase) {
            case Phase.Waiting _ -> waiting(delivery.event(), frames);
            case Phase.Running _ -> running(delivery.event(), frames);
            case Phase.Finished _ -> {
                // What comes now belongs to somebody else's turn.
            }
        }
        return frames;
    }

    private void waiting(SessionEvent event, List<ObjectNode> frames) {
        switch (event) {
            case MessageEvent(Message m) when isOwnPrompt(m) -> {
                phase = new Phase.Running();
                sessionCostBefore = sessionCost;
            }
            case PromptChanged changed -> lifecycle(changed, frames);
            case RequestRejected(_, String text) -> fail(text, frames);
            case Notice notice -> frames.add(EnhancedMessageFrames.notice(notice));
            case SessionChanged(SessionView session, _) -> {
                sessionCost = session.record().costUsd();
                if (queued && session.state() instanceof SessionState.Failed) {
                    fail(session.record().error(), frames);
                }
            }
            default -> {
                // Of somebody else's turn.
            }
        }
    }

    private boolean isOwnPrompt(Message m) {
        return m.is("user") && prompt.toString().equals(m.uuid());
    }

    /// Only what concerns the prompt itself; how those of others fare is nothing to this client.
    private void lifecycle(PromptChanged changed, List<ObjectNode> frames) {
        if (!prompt.equals(changed.prompt())) {
            return;
        }
        switch (changed.progress()) {
            case CANCELLED -> end(Outcome.CANCELLED, "query_cancelled", frames);
            case QUEUED -> queued = true;
            case STARTED, COMPLETED, FAILED -> {
                // Its own message says that it begins.
            }
        }
    }

    private void running(SessionEvent event, List<ObjectNode> frames) {
        switch (event) {
            case MessageEvent(Message m) when m.is("result") -> result(m, frames);
            case MessageEvent(Message m) -> say(m, frames);
            case SessionChanged(SessionView session, _) -> session(session, frames);
            case AgentExited exited -> exited(exited, frames);
            case Notice notice when !interrupted ->
                    frames.add(EnhancedMessageFrames.notice(notice));
            default -> {
                // This dialect has no frame for it.
            }
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
    private void exited(AgentExited exited, List<ObjectNode> frames) {
        if (exited.cause() != ExitCause.CONVERSATION_GONE) {
            trouble = EnhancedMessageFrames.exitText(exited);
        } else if (resumed != null) {
            fail("No conversation found with session ID: " + resumed, frames);
        } else if (!interrupted) {
            frames.add(EnhancedMessageFrames.systemNote("info", exited.text()));
        }
    }

    private void session(SessionView session, List<ObjectNode> frames) {
        sessionCost = session.record().costUsd();
        tellResult(frames);
        if (session.state().currentTurn().isPresent()) {
            return;
        }
        String error = session.record().error();
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
