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
    private Phase phase = new Phase.Waiting(false);
    private double sessionCost;
    private double sessionCostBefore;

    /// The life cycle of a query.
    sealed interface Phase {
        /// The prompt waits for a free agent, or for the turn of another client.
        ///
        /// @param queued whether the session has accepted the prompt
        record Waiting(boolean queued) implements Phase {}

        /// The turn is running.
        ///
        /// @param unreported the turn's `result`, until the session has reported its cost
        record Running(@Nullable Message unreported, Ending ending) implements Phase {}

        /// The client has interrupted the query. Only its end is reported from here on.
        ///
        /// @param started whether the turn is running
        /// @param queued as in [Waiting]
        record Stopping(boolean started, boolean queued) implements Phase {}

        record Finished(Outcome outcome) implements Phase {}

        /// The legal transitions.
        default boolean canBecome(Phase next) {
            return switch (this) {
                case Waiting _ -> true;
                case Running _ -> !(next instanceof Waiting);
                case Stopping now ->
                        next instanceof Finished
                                || (next instanceof Stopping later
                                        && (later.started() || !now.started()));
                case Finished _ -> false;
            };
        }
    }

    /// How a running turn will end, as far as it is known.
    sealed interface Ending {
        record Succeeded() implements Ending {}

        /// The result is an error.
        record Failed() implements Ending {}

        /// Another client interrupted the turn.
        record InterruptedByOther() implements Ending {}

        /// The agent's process ended.
        ///
        /// @param text for the client
        record AgentEnded(String text) implements Ending {}
    }

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

    Phase phase() {
        return phase;
    }

    /// Whether its turn is running and accepts input.
    boolean isRunning() {
        return phase instanceof Phase.Running;
    }

    /// The time since its creation.
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /// Notes that the client has interrupted it.
    ///
    /// @return false if the client has done so before, or the query is over
    boolean interrupt() {
        Phase next =
                switch (phase) {
                    case Phase.Waiting(boolean queued) -> new Phase.Stopping(false, queued);
                    case Phase.Running _ -> new Phase.Stopping(true, true);
                    case Phase.Stopping _, Phase.Finished _ -> null;
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
            case Phase.Waiting(boolean queued) -> applyWaiting(event, queued, frames);
            case Phase.Running running -> applyRunning(event, running, frames);
            case Phase.Stopping stopping -> applyStopping(event, stopping, frames);
            case Phase.Finished _ -> {
                // The event belongs to another client's turn.
            }
        }
        return frames;
    }

    private void applyWaiting(SessionEvent event, boolean queued, List<ObjectNode> frames) {
        switch (event) {
            case MessageEvent(Message m) when isOwnPrompt(m) -> {
                sessionCostBefore = sessionCost;
                become(new Phase.Running(null, new Ending.Succeeded()));
            }
            case PromptChanged(UUID id, Progress progress) when id.equals(prompt) -> {
                // The turn's start is recognized by the prompt's own message.
                if (progress == Progress.CANCELLED) {
                    finish(Outcome.CANCELLED, "query_cancelled", frames);
                } else if (progress == Progress.QUEUED) {
                    become(new Phase.Waiting(true));
                }
            }
            case RequestRejected(_, String text) -> fail(text, frames);
            case Notice notice -> frames.add(EnhancedMessageFrames.notice(notice));
            case SessionChanged(SessionView session, _) -> {
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

    private void applyRunning(SessionEvent event, Phase.Running running, List<ObjectNode> frames) {
        switch (event) {
            case MessageEvent(Message m) when m.is(MessageType.RESULT) ->
                    applyResult(m, running, frames);
            case MessageEvent(Message m) -> EnhancedMessageFrames.from(m).ifPresent(frames::add);
            case SessionChanged(SessionView session, _) -> {
                sessionCost = session.record().costUsd();
                reportResult(running, frames);
                if (session.state().currentTurn().isPresent()) {
                    become(new Phase.Running(null, running.ending()));
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
            SessionEvent event, Phase.Stopping stopping, List<ObjectNode> frames) {
        boolean over = false;
        switch (event) {
            case MessageEvent(Message m) when !stopping.started() && isOwnPrompt(m) -> {
                sessionCostBefore = sessionCost;
                become(new Phase.Stopping(true, true));
            }
            case PromptChanged(UUID id, Progress progress)
                    when !stopping.started() && id.equals(prompt) -> {
                over = progress == Progress.CANCELLED;
                if (progress == Progress.QUEUED) {
                    become(new Phase.Stopping(false, true));
                }
            }
            case RequestRejected _ -> over = !stopping.started();
            case Notice notice when !stopping.started() ->
                    frames.add(EnhancedMessageFrames.notice(notice));
            case SessionChanged(SessionView session, _) -> {
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
    private void applyResult(Message result, Phase.Running running, List<ObjectNode> frames) {
        JsonNode tree = result.tree();
        if (tree.path("origin").path("kind").asText().equals("task-notification")) {
            return; // of a turn that the agent started by itself
        }
        reportResult(running, frames);
        Ending ending = running.ending();
        if (!(ending instanceof Ending.AgentEnded)) {
            ending =
                    tree.path("terminal_reason").asText().startsWith("aborted")
                            ? new Ending.InterruptedByOther()
                            : tree.path("is_error").asBoolean()
                                    ? new Ending.Failed()
                                    : new Ending.Succeeded();
        }
        become(new Phase.Running(result, ending));
    }

    private void reportResult(Phase.Running running, List<ObjectNode> frames) {
        if (running.unreported() != null) {
            frames.add(EnhancedMessageFrames.result(running.unreported(), cost(), total()));
        }
    }

    /// If the conversation does not exist, the query fails for a client that named it. For others
    /// the agent continues without it, and they receive a note.
    private void applyExit(AgentExited exited, Phase.Running running, List<ObjectNode> frames) {
        if (isResumedLost(exited)) {
            fail("No conversation found with session ID: " + resumed, frames);
        } else if (exited.cause() == ExitCause.CONVERSATION_GONE) {
            frames.add(EnhancedMessageFrames.systemNote("info", exited.text()));
        } else {
            var ending = new Ending.AgentEnded(EnhancedMessageFrames.exitText(exited));
            become(new Phase.Running(running.unreported(), ending));
        }
    }

    private boolean isResumedLost(AgentExited exited) {
        return exited.cause() == ExitCause.CONVERSATION_GONE && resumed != null;
    }

    /// @param sessionError why the session failed, if it did
    private void finish(Ending ending, @Nullable String sessionError, List<ObjectNode> frames) {
        if (ending instanceof Ending.AgentEnded(String text)) {
            fail(text, frames);
        } else if (sessionError != null) {
            fail(sessionError, frames);
        } else {
            if (ending instanceof Ending.InterruptedByOther) {
                frames.add(EnhancedFrames.frame("query_interrupted"));
            }
            finish(outcome(ending), "query_end", frames);
        }
    }

    private static Outcome outcome(Ending ending) {
        return switch (ending) {
            case Ending.Succeeded() -> Outcome.SUCCESS;
            case Ending.Failed(), Ending.AgentEnded(String _) -> Outcome.ERROR;
            case Ending.InterruptedByOther() -> Outcome.CANCELLED;
        };
    }

    /// Ends the query because it cannot continue. The client receives the reason, or that the query
    /// was cancelled if it has interrupted it.
    void fail(@Nullable String why, List<ObjectNode> frames) {
        if (phase instanceof Phase.Stopping) {
            finish(Outcome.CANCELLED, "query_cancelled", frames);
        } else {
            frames.add(EnhancedFrames.error(why == null ? "The query failed." : why));
            become(new Phase.Finished(Outcome.ERROR));
        }
    }

    private void finish(Outcome outcome, String frame, List<ObjectNode> frames) {
        frames.add(EnhancedFrames.frame(frame));
        become(new Phase.Finished(outcome));
    }

    private void become(Phase next) {
        if (!phase.canBecome(next)) {
            throw new IllegalStateException(phase + " cannot become " + next);
        }
        phase = next;
    }
}
