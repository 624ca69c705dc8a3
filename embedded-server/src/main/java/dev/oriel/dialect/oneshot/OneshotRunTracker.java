package dev.oriel.dialect.oneshot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.dialect.MessageKind;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.ResultSubtype;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.AgentExited;
import dev.oriel.session.event.SessionEvent.AgentStderr;
import dev.oriel.session.event.SessionEvent.AgentStdout;
import dev.oriel.session.event.SessionEvent.Level;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.Notice;
import dev.oriel.session.event.SessionEvent.RequestRejected;
import dev.oriel.session.event.SessionEvent.SessionChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Follows the single turn of a run: converts the session's events to lines for the client, and
/// determines the outcome.
///
/// A result alone does not end a run. The session's state does, which changes after everything that
/// belongs to the turn. Calls must not overlap.
final class OneshotRunTracker {
    private Phase phase = new Phase.Waiting(new Answer.None());

    /// The life cycle of a run.
    sealed interface Phase {
        /// The turn has not started.
        record Waiting(Answer answer) implements Phase {}

        record Running(Answer answer) implements Phase {}

        record Finished(RunOutcome outcome) implements Phase {}

        /// The legal transitions.
        default boolean canBecome(Phase next) {
            return switch (this) {
                case Waiting _ -> true;
                case Running _ -> !(next instanceof Waiting);
                case Finished _ -> false;
            };
        }
    }

    /// What is known of the agent's answer.
    sealed interface Answer {
        record None() implements Answer {}

        record Complete() implements Answer {}

        /// The result is an error.
        record Failed(String why) implements Answer {}

        /// The agent's process ended.
        record AgentEnded(String why) implements Answer {}

        /// Why there is no complete answer, a sentence for the user.
        default String problem() {
            return switch (this) {
                case None(), Complete() -> "Claude ended without an answer.";
                case Failed(String why) -> why;
                case AgentEnded(String why) -> why;
            };
        }
    }

    /// Frames for some events. After the outcome, only standard error and errors of the server.
    List<byte[]> toFrames(List<Delivery> deliveries) {
        List<byte[]> frames = new ArrayList<>(deliveries.size());
        for (Delivery each : deliveries) {
            apply(each.event(), frames);
        }
        return frames;
    }

    private void apply(SessionEvent event, List<byte[]> frames) {
        boolean finished = phase instanceof Phase.Finished;
        switch (event) {
            case MessageEvent message -> {
                // A CLI that was not asked for partial messages does not print them.
                if (!finished && MessageKind.of(message) == MessageKind.OUTPUT) {
                    if (message.message().is(MessageType.RESULT)) {
                        setAnswer(answer(message.message()));
                    }
                    frames.add(OneshotFrames.line(message.message()));
                }
            }
            case AgentStdout(String line) -> {
                if (!finished) {
                    frames.add(OneshotFrames.line(line));
                }
            }
            case AgentStderr(String line) -> frames.add(OneshotFrames.error(line));
            case RequestRejected(_, String text) -> applyError(text, frames);
            case Notice(Level level, _, String text) when level == Level.ERROR ->
                    applyError(text, frames);
            case AgentExited exit -> setAnswer(new Answer.AgentEnded(exitText(exit)));
            case SessionChanged(SessionView session, _, _) -> applySession(session);
            default -> {
                // The CLI prints nothing like it.
            }
        }
    }

    /// The outcome, when it is known.
    Optional<RunOutcome> outcome() {
        return phase instanceof Phase.Finished(RunOutcome outcome)
                ? Optional.of(outcome)
                : Optional.empty();
    }

    Phase phase() {
        return phase;
    }

    /// An error of the server: the end of a run that has not started, else a line.
    private void applyError(String text, List<byte[]> frames) {
        switch (phase) {
            case Phase.Waiting _ -> become(new Phase.Finished(new RunOutcome.NotStarted(text)));
            case Phase.Running _ -> frames.add(OneshotFrames.error(text));
            case Phase.Finished(RunOutcome outcome) -> {
                if (!(outcome instanceof RunOutcome.NotStarted)) {
                    frames.add(OneshotFrames.error(text));
                }
            }
        }
    }

    private void setAnswer(Answer answer) {
        switch (phase) {
            case Phase.Waiting _ -> become(new Phase.Waiting(answer));
            case Phase.Running _ -> become(new Phase.Running(answer));
            case Phase.Finished _ -> {
                // Too late to have an effect.
            }
        }
    }

    private void applySession(SessionView session) {
        switch (phase) {
            case Phase.Waiting(Answer answer) -> {
                if (session.state().currentTurn().isPresent()) {
                    become(new Phase.Running(answer));
                } else if (session.state() instanceof SessionState.Failed) {
                    finish(new RunOutcome.NotStarted(reason(answer, session)));
                } else if (session.state() instanceof SessionState.Ended) {
                    finish(new RunOutcome.Failed("The session was ended."));
                }
            }
            case Phase.Running(Answer answer) -> {
                switch (session.state()) {
                    case SessionState.Idle _ ->
                            finish(
                                    answer instanceof Answer.Complete
                                            ? new RunOutcome.Answered()
                                            : new RunOutcome.Failed(answer.problem()));
                    case SessionState.Failed _ ->
                            finish(new RunOutcome.Failed(reason(answer, session)));
                    case SessionState.Ended _ ->
                            finish(new RunOutcome.Failed("The session was ended."));
                    case SessionState.Running _,
                            SessionState.Asking _,
                            SessionState.Interrupting _ -> {
                        // The turn continues.
                    }
                }
            }
            case Phase.Finished _ -> {
                // The session ends because the run has.
            }
        }
    }

    /// The end of the process was reported before, in the words of the original.
    private static String reason(Answer answer, SessionView session) {
        String error = session.record().error();
        return error == null || answer instanceof Answer.AgentEnded ? answer.problem() : error;
    }

    private static Answer answer(Message result) {
        boolean failed =
                result.tree()
                        .path("is_error")
                        .asBoolean(!ResultSubtype.SUCCESS.equals(result.subtype()));
        return failed ? new Answer.Failed(failure(result.tree())) : new Answer.Complete();
    }

    /// The text of a failed result: that of the API or of the run, else its subtype.
    private static String failure(JsonNode result) {
        String text = result.path("result").asText("");
        if (text.isBlank()) {
            text =
                    StreamSupport.stream(result.path("errors").spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.joining("\n"));
        }
        return text.isBlank() ? "Claude failed: " + result.path("subtype").asText("unknown") : text;
    }

    private static String exitText(AgentExited exit) {
        return exit.cause() == ExitCause.CRASHED && exit.code() != null
                ? "Claude Code process exited with code " + exit.code()
                : exit.text();
    }

    private void finish(RunOutcome outcome) {
        become(new Phase.Finished(outcome));
    }

    private void become(Phase next) {
        if (!phase.canBecome(next)) {
            throw new IllegalStateException(phase + " cannot become " + next);
        }
        phase = next;
    }
}
