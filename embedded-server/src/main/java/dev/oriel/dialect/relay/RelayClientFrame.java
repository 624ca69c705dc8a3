package dev.oriel.dialect.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;

/// What a client of the relay says (wire.md 2.2).
sealed interface RelayClientFrame {
    /// A prompt, checked.
    record Prompt(Message user) implements RelayClientFrame {}

    /// Stop the turn.
    record Interrupt() implements RelayClientFrame {}

    /// Nothing that means anything here; the original passes over it in silence too.
    record Unknown() implements RelayClientFrame {}

    /// It cannot be taken.
    ///
    /// @param error for the client; the original's words where it has any
    record Refused(String error) implements RelayClientFrame {}

    static RelayClientFrame parse(String text) {
        JsonNode frame;
        try {
            frame = Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            return new Refused("Invalid message format: not JSON");
        }
        if (frame == null || frame.isMissingNode() || frame.isNull()) {
            return new Refused("Invalid message format: not an object");
        }
        return switch (frame.path("type").asText()) {
            case "user_message" -> prompt(frame.path("data"));
            case "interrupt" -> new Interrupt();
            // Of one early version; a client of it waits for an answer.
            case "create_file", "read_file", "delete_file", "list_files" ->
                    new Refused(
                            frame.path("type").asText()
                                    + " is not supported: ask the agent for what you need of its"
                                    + " files");
            default -> new Unknown();
        };
    }

    /// The original hands anything to the CLI, which ends at what it does not understand.
    private static RelayClientFrame prompt(JsonNode data) {
        if (!(data instanceof ObjectNode user)) {
            return new Refused("Invalid user message: data must be an object");
        }
        try {
            return new Prompt(UserMessages.check(user));
        } catch (MalformedMessageException e) {
            return new Refused("Invalid user message: " + e.getMessage());
        }
    }
}
