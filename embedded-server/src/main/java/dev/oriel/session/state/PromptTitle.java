package dev.oriel.session.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Graphemes;
import dev.oriel.message.Message;
import java.util.Optional;

/// The title that a prompt gives to its session: the first line of its first text.
final class PromptTitle {
    private static final int MAX_LENGTH = 80;

    private PromptTitle() {}

    /// @return empty if the prompt has no text
    static Optional<String> of(Message prompt) {
        JsonNode content = prompt.tree().path("message").path("content");
        String text = content.asText("");
        for (JsonNode block : content) {
            if (text.isBlank()) {
                text = block.path("text").asText("");
            }
        }
        return text.strip()
                .lines()
                .findFirst()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> Graphemes.truncate(line, MAX_LENGTH));
    }
}
