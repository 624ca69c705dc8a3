package dev.oriel.dialect.oneshot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.dialect.MessageKind;
import dev.oriel.message.Message;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.event.Delivery;
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
import org.jspecify.annotations.Nullable;

/// Follows the one turn of a run: turns what the session says into frames, and finds out how it
/// came out.
///
/// A result alone does not end the run: the session's standing does, which comes behind everything
/// that belongs to the turn.
///
/// Its calls must not overlap.
final class OneshotRunTracker {
    private boolean begun;
    private boolean answered;
    private boolean exited;
    private String why = "Claude ended without an answer.";
    private @Nullable RunOutcome outcome;

    /// The frames of some messages; after the outcome, only what the agent mutters on its way out.
    List<byte[]> toFrames(List<Delivery> deliveries) {
        List<byte[]> frames = new ArrayList<>(deliveries.size());
        for (Delivery each : deliveries) {
            switch (each.event()) {
                case MessageEvent message -> {
                    // A CLI that was not asked for partial messages does not print them.
                    if (outcome == null && MessageKind.of(message) == MessageKind.OUTPUT) {
                        heard(message.message());
                        frames.add(OneshotFrames.line(message.message()));
                    }
                }
                case AgentStdout(String line) -> {
                    if (outcome == null) {
                        frames.add(OneshotFrames.line(line));
                    }
                }
                case AgentStderr(String line) -> frames.add(OneshotFrames.error(line));
                case RequestRejected(_, String text) -> failed(text, frames);
                case Notice(Level level, _, String text) when level == Level.ERROR ->
                        failed(text, frames);
                case AgentExited exit -> {
                    answered = false;
                    exited = true;
                    why = described(exit);
                }
                case SessionChanged(SessionView session, _) -> moved(session);
                default -> {
                    // The CLI prints nothing like it.
                }
            }
        }
        return frames;
    }

    private void failed(String text, List<byte[]> frames) {
        if (begun) {
            frames.add(OneshotFrames.error(text));
        } else {
            end(new RunOutcome.NotStarted(text));
        }
    }

    /// How it came out, once it has.
    Optional<RunOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    private void heard(Message m) {
        if (m.is("result")) {
            answered = !m.tree().path("is_error").asBoolean(!"success".equals(m.subtype()));
            why = answered ? why : failure(m.tree());
        }
    }

    /// What a failed result says: of the model's service, of the run, or only its kind.
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

    private static String described(AgentExited exit) {
        return exit.cause() == ExitCause.CRASHED && exit.code() != null
                ? "Claude Code process exited with code " + exit.code()
                : exit.text();
    }

    private void moved(SessionView session) {
        switch (session.state()) {
            case SessionState.Running _, SessionState.Asking _, SessionState.Interrupting _ ->
                    begun = true;
            case SessionState.Idle _ -> {
                if (begun) {
                    end(answered ? new RunOutcome.Answered() : new RunOutcome.Failed(why));
                }
            }
            case SessionState.Failed _ -> {
                // The end of the process was reported already, in words for a user at the window.
                String error = session.record().error();
                String reason = error == null || exited ? why : error;
                end(begun ? new RunOutcome.Failed(reason) : new RunOutcome.NotStarted(reason));
            }
            case SessionState.Ended _ -> end(new RunOutcome.Failed("The session was ended."));
        }
    }

    private void end(RunOutcome how) {
        if (outcome == null) {
            outcome = how;
        }
    }
}
