package dev.oriel.dialect.oneshot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.dialect.Meaning;
import dev.oriel.message.Message;
import dev.oriel.session.event.Delivery;
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
            switch (Meaning.of(each.message())) {
                case Meaning.Word(Message m) -> {
                    if (outcome == null) {
                        heard(m);
                        frames.add(OneshotFrames.line(m));
                    }
                }
                case Meaning.Stray(String line) -> {
                    if (outcome == null) {
                        frames.add(OneshotFrames.line(line));
                    }
                }
                case Meaning.Muttering(String line) -> frames.add(OneshotFrames.error(line));
                case Meaning.Trouble(String text) -> {
                    if (begun) {
                        frames.add(OneshotFrames.error(text));
                    } else {
                        end(new RunOutcome.NotStarted(text));
                    }
                }
                case Meaning.Exit exit -> {
                    answered = false;
                    exited = true;
                    why = described(exit);
                }
                case Meaning.Standing standing -> stands(standing);
                case Meaning.Part _, Meaning.Aside _ -> {
                    // A CLI that was not asked for them does not print them.
                }
            }
        }
        return frames;
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

    private static String described(Meaning.Exit exit) {
        return exit.crashed() && exit.code() != null
                ? "Claude Code process exited with code " + exit.code()
                : exit.text();
    }

    private void stands(Meaning.Standing standing) {
        switch (standing.state()) {
            case "running", "asking", "interrupting" -> begun = true;
            case "idle" -> {
                if (begun) {
                    end(answered ? new RunOutcome.Answered() : new RunOutcome.Failed(why));
                }
            }
            case "failed" -> {
                String error = standing.error();
                // The end of the process was told already, in words for a person at the window.
                String said = error == null || exited ? why : error;
                end(begun ? new RunOutcome.Failed(said) : new RunOutcome.NotStarted(said));
            }
            case "ended" -> end(new RunOutcome.Failed("The session was ended."));
            default -> {
                // A state that is not known yet is no end.
            }
        }
    }

    private void end(RunOutcome how) {
        if (outcome == null) {
            outcome = how;
        }
    }
}
