package dev.oriel.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Message;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a session's message means to a client of a system that has never heard of Oriel: one that
/// knows the words of the agent and the end of its process, but no queue, no window and no asks.
///
/// Pure; any thread.
public sealed interface Meaning {
    /// The agent said it; it is passed on as it is.
    record Word(Message message) implements Meaning {}

    /// A part of an answer whose whole follows, or another sign of life that only those get who
    /// wish for partial messages.
    record Part(Message message) implements Meaning {}

    /// What the session is doing, told at the beginning and at every change.
    ///
    /// @param state as [dev.oriel.session.api.SessionState#wireName] names it
    /// @param error what went wrong, if it has failed
    record Standing(String state, @Nullable String error) implements Meaning {}

    /// The agent's process ended in mid-turn.
    ///
    /// @param code its exit code, if it is known
    /// @param text a sentence for a person
    /// @param crashed whether it ended by itself
    record Exit(@Nullable Integer code, String text, boolean crashed) implements Meaning {}

    /// A line that the agent wrote to standard error.
    record Muttering(String line) implements Meaning {}

    /// A line of the agent's that is no message.
    record Stray(String line) implements Meaning {}

    /// Something is wrong with the server.
    record Trouble(String text) implements Meaning {}

    /// Nothing for such a client.
    record Aside() implements Meaning {}

    /// The meaning of a message.
    static Meaning of(Message m) {
        return switch (m.type()) {
            case "stream_event" -> new Part(m);
            case "system" -> ofSystem(m);
            case "user" -> isPrompt(m) ? new Aside() : new Word(m);
            case "control_request",
                    "control_response",
                    "control_cancel_request",
                    "command_lifecycle",
                    "keep_alive" ->
                    new Aside();
            case "error" -> new Trouble(m.tree().path("error").path("message").asText());
            default -> new Word(m);
        };
    }

    private static Meaning ofSystem(Message m) {
        return switch (Optional.ofNullable(m.subtype()).orElse("")) {
            case "oriel_session" -> {
                JsonNode session = m.tree().path("session");
                yield new Standing(
                        session.path("state").asText(), session.path("error").textValue());
            }
            case "oriel_agent_exited" -> {
                JsonNode code = m.tree().path("code");
                yield new Exit(
                        code.isInt() ? code.intValue() : null,
                        m.tree().path("text").asText(),
                        m.tree().path("cause").asText().equals("crashed"));
            }
            case "oriel_stderr" -> new Muttering(m.tree().path("line").asText());
            case "oriel_stdout" -> new Stray(m.tree().path("line").asText());
            case "oriel_notice" ->
                    m.tree().path("level").asText().equals("error")
                            ? new Trouble(m.tree().path("text").asText())
                            : new Aside();
            case "session_state_changed" -> new Aside();
            case "thinking_tokens" -> new Part(m);
            // Only a CLI that gives partial messages says that it begins to ask the model.
            case "status" ->
                    m.tree().path("status").asText().equals("requesting")
                            ? new Part(m)
                            : new Word(m);
            // Whatever else is Oriel's own is for clients of its own wire.
            case String own when own.startsWith("oriel_") -> new Aside();
            default -> new Word(m);
        };
    }

    /// A prompt of a client's, which the session shows to all others. The agent's own `user`
    /// messages, which carry the results of tools, name its conversation; a client's do not (see
    /// [dev.oriel.message.UserMessages#check]).
    private static boolean isPrompt(Message user) {
        return user.agentSessionId() == null;
    }
}
