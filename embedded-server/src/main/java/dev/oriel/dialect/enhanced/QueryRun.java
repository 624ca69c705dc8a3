package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.dialect.QueryMeter.Outcome;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.AgentExited;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.Notice;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import dev.oriel.session.event.SessionEvent.RequestRejected;
import dev.oriel.session.event.SessionEvent.SessionChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Follows one query from its prompt to its end, and converts the session's events to the client's
/// frames.
///
/// A query starts with its journaled prompt and ends when the session is idle again. A client that
/// reads slowly and is served from the journal receives both. Not thread-safe.
final class QueryRun {
    private final UUID prompt;
    private final @Nullable UUID resumed;
    private final double totalBefore;
    private final long startedAt = System.nanoTime();
    private QueryPhase phase = new QueryPhase.Waiting(false);
    private double sessionCost;
    private double sessionCostBefore;

    /// @param prompt UUID of its `user` message
    /// @param resumed the conversation that the client asked to continue
    /// @param sessionCost cost of the session so far, US dollars
    /// @param totalBefore cost of the connection's queries so far, US dollars
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

    QueryPhase phase() {
        return phase;
    }

    /// Whether its turn is running and accepts input.
    boolean isRunning() {
        return phase instanceof QueryPhase.Running;
    }

    /// The time since its creation.
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /// Notes that the client has interrupted it.
    ///
    /// @return false if the client has done so before, or the query is over
    boolean interrupt() {
        QueryPhase next =
                switch (phase) {
                    case QueryPhase.Waiting(boolean queued) ->
                            new QueryPhase.Stopping(false, queued);
                    case QueryPhase.Running _ -> new QueryPhase.Stopping(true, true);
                    case QueryPhase.Stopping _, QueryPhase.Finished _ -> null;
                };
        if (next == null) {
            return false;
        }
        become(next);
        return true;
    }

    /// Cost of the connection's queries so far, including this one, US dollars.
    double total() {
        return totalBefore + cost();
    }

    private double cost() {
        return Math.max(0, sessionCost - sessionCostBefore);
    }

    /// Applies an event of the session.
    ///
    /// @return frames for the client; none for most events
    List<ObjectNode> apply(SessionEvent event) {
        List<ObjectNode> frames = new ArrayList<>(1);
        switch (phase) {
            case QueryPhase.Waiting(boolean queued) -> applyWaiting(event, queued, frames);
            case QueryPhase.Running running -> applyRunning(event, running, frames);
            case QueryPhase.Stopping stopping -> applyStopping(event, stopping, frames);
            case QueryPhase.Finished _ -> {
                // The event belongs to another client's turn.
            }
        }
        return frames;
    }

    private void applyWaiting(SessionEvent event, boolean queued, List<ObjectNode> frames) {
        switch (event) {
            case MessageEvent(Message m) when isOwnPrompt(m) -> {
                sessionCostBefore = sessionCost;
                become(new QueryPhase.Running(null, new QueryPhase.Ending.Succeeded()));
            }
            case PromptChanged(UUID id, Progress progress) when id.equals(prompt) -> {
                // The turn's start is recognized by the prompt's own message.
                if (progress == Progress.CANCELLED) {
                    finish(Outcome.CANCELLED, "query_cancelled", frames);
                } else if (progress == Progress.QUEUED) {
                    become(new QueryPhase.Waiting(true));
                }
            }
            case RequestRejected(_, String text) -> fail(text, frames);
            case Notice notice -> frames.add(EnhancedMessageFrames.notice(notice));
            case SessionChanged(SessionView session, _, _) -> {
                sessionCost = session.record().costUsd();
                if (queued && session.state() instanceof SessionState.Failed) {
                    fail(session.record().error(), frames);
                }
            }
            default -> {
                // The event belongs to another client's turn.
            }
        }
    }

    private void applyRunning(
            SessionEvent event, QueryPhase.Running running, List<ObjectNode> frames) {
        switch (event) {
            case MessageEvent(Message m) when m.is(MessageType.RESULT) ->
                    applyResult(m, running, frames);
            case MessageEvent(Message m) -> EnhancedMessageFrames.from(m).ifPresent(frames::add);
            case SessionChanged(SessionView session, _, _) -> {
                sessionCost = session.record().costUsd();
                reportResult(running, frames);
                if (session.state().currentTurn().isPresent()) {
                    become(new QueryPhase.Running(null, running.ending()));
                } else {
                    finish(running.ending(), session.record().error(), frames);
                }
            }
            case AgentExited exited -> applyExit(exited, running, frames);
            case Notice notice -> frames.add(EnhancedMessageFrames.notice(notice));
            default -> {
                // This dialect has no frame for it.
            }
        }
    }

    private void applyStopping(
            SessionEvent event, QueryPhase.Stopping stopping, List<ObjectNode> frames) {
        boolean over = false;
        switch (event) {
            case MessageEvent(Message m) when !stopping.started() && isOwnPrompt(m) -> {
                sessionCostBefore = sessionCost;
                become(new QueryPhase.Stopping(true, true));
            }
            case PromptChanged(UUID id, Progress progress)
                    when !stopping.started() && id.equals(prompt) -> {
                over = progress == Progress.CANCELLED;
                if (progress == Progress.QUEUED) {
                    become(new QueryPhase.Stopping(false, true));
                }
            }
            case RequestRejected _ -> over = !stopping.started();
            case Notice notice when !stopping.started() ->
                    frames.add(EnhancedMessageFrames.notice(notice));
            case SessionChanged(SessionView session, _, _) -> {
                sessionCost = session.record().costUsd();
                over =
                        stopping.started()
                                ? session.state().currentTurn().isEmpty()
                                : stopping.queued()
                                        && session.state() instanceof SessionState.Failed;
            }
            case AgentExited exited -> over = stopping.started() && isResumedLost(exited);
            default -> {
                // Only the end is reported.
            }
        }
        if (over) {
            finish(Outcome.CANCELLED, "query_cancelled", frames);
        }
    }

    private boolean isOwnPrompt(Message m) {
        return m.is(MessageType.USER) && prompt.toString().equals(m.uuid());
    }

    /// The result is reported when the session has reported its cost.
    private void applyResult(Message result, QueryPhase.Running running, List<ObjectNode> frames) {
        JsonNode tree = result.tree();
        if (tree.path("origin").path("kind").asText().equals("task-notification")) {
            return; // of a turn that the agent started by itself
        }
        reportResult(running, frames);
        QueryPhase.Ending ending = running.ending();
        if (!(ending instanceof QueryPhase.Ending.AgentEnded)) {
            ending =
                    tree.path("terminal_reason").asText().startsWith("aborted")
                            ? new QueryPhase.Ending.InterruptedByOther()
                            : tree.path("is_error").asBoolean()
                                    ? new QueryPhase.Ending.Failed()
                                    : new QueryPhase.Ending.Succeeded();
        }
        become(new QueryPhase.Running(result, ending));
    }

    private void reportResult(QueryPhase.Running running, List<ObjectNode> frames) {
        if (running.unreported() != null) {
            frames.add(EnhancedMessageFrames.result(running.unreported(), cost(), total()));
        }
    }

    /// If the conversation does not exist, the query fails for a client that named it. For others
    /// the agent continues without it, and they receive a note.
    private void applyExit(
            AgentExited exited, QueryPhase.Running running, List<ObjectNode> frames) {
        if (isResumedLost(exited)) {
            fail("No conversation found with session ID: " + resumed, frames);
        } else if (exited.cause() == ExitCause.CONVERSATION_GONE) {
            frames.add(EnhancedMessageFrames.systemNote("info", exited.text()));
        } else {
            var ending = new QueryPhase.Ending.AgentEnded(EnhancedMessageFrames.exitText(exited));
            become(new QueryPhase.Running(running.unreported(), ending));
        }
    }

    private boolean isResumedLost(AgentExited exited) {
        return exited.cause() == ExitCause.CONVERSATION_GONE && resumed != null;
    }

    /// @param sessionError why the session failed, if it did
    private void finish(
            QueryPhase.Ending ending, @Nullable String sessionError, List<ObjectNode> frames) {
        if (ending instanceof QueryPhase.Ending.AgentEnded(String text)) {
            fail(text, frames);
        } else if (sessionError != null) {
            fail(sessionError, frames);
        } else {
            if (ending instanceof QueryPhase.Ending.InterruptedByOther) {
                frames.add(EnhancedFrames.frame("query_interrupted"));
            }
            finish(outcome(ending), "query_end", frames);
        }
    }

    private static Outcome outcome(QueryPhase.Ending ending) {
        return switch (ending) {
            case QueryPhase.Ending.Succeeded() -> Outcome.SUCCESS;
            case QueryPhase.Ending.Failed(), QueryPhase.Ending.AgentEnded(String _) ->
                    Outcome.ERROR;
            case QueryPhase.Ending.InterruptedByOther() -> Outcome.CANCELLED;
        };
    }

    /// Ends the query because it cannot continue. The client receives the reason, or that the query
    /// was cancelled if it has interrupted it.
    void fail(@Nullable String why, List<ObjectNode> frames) {
        if (phase instanceof QueryPhase.Stopping) {
            finish(Outcome.CANCELLED, "query_cancelled", frames);
        } else {
            frames.add(EnhancedFrames.error(why == null ? "The query failed." : why));
            become(new QueryPhase.Finished(Outcome.ERROR));
        }
    }

    private void finish(Outcome outcome, String frame, List<ObjectNode> frames) {
        frames.add(EnhancedFrames.frame(frame));
        become(new QueryPhase.Finished(outcome));
    }

    private void become(QueryPhase next) {
        if (!phase.canBecome(next)) {
            throw new IllegalStateException(phase + " cannot become " + next);
        }
        phase = next;
    }
}
