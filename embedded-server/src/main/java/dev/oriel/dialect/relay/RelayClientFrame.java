package dev.oriel.dialect.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;

/// A frame of a relay's client (wire.md 2.2).
sealed interface RelayClientFrame {
    /// A validated prompt.
    record Prompt(Message user) implements RelayClientFrame {}

    /// Interrupts the turn.
    record Interrupt() implements RelayClientFrame {}

    /// A frame without a meaning, which the original ignores too.
    record Unknown() implements RelayClientFrame {}

    /// A frame that is refused.
    ///
    /// @param error for the client; the original's text if it has one
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
            // Frames of an early version, whose clients wait for a response.
            case "create_file", "read_file", "delete_file", "list_files" ->
                    new Refused(
                            frame.path("type").asText()
                                    + " is not supported: ask the agent for what you need of its"
                                    + " files");
            default -> new Unknown();
        };
    }

    /// The original passes anything on to the CLI, which exits if it does not understand it.
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
