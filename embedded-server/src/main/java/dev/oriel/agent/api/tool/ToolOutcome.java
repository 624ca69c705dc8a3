package dev.oriel.agent.api.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of a tool call.
public sealed interface ToolOutcome {
    /// The most characters of the text of a fault, which can name what the model gave.
    int MAX_FAULT = 50_000;

    /// The `content` of the `tool_result` block: a text node, or an array of content blocks.
    JsonNode content();

    /// The `tool_use_result` member of the message, for the window.
    JsonNode structured();

    /// The call was executed.
    ///
    /// @param reminders texts that follow the result as synthetic user messages
    /// @param isError the value of `is_error`; null to leave it out
    record Ok(
            JsonNode content,
            JsonNode structured,
            List<String> reminders,
            @Nullable Boolean isError)
            implements ToolOutcome {
        public Ok {
            reminders = List.copyOf(reminders);
        }
    }

    /// The call failed, or was refused before it ran.
    ///
    /// @param content the text for the model, with `<tool_use_error>` where the CLI has it
    record Fail(JsonNode content, JsonNode structured) implements ToolOutcome {}

    static Ok ok(String text, ObjectNode structured) {
        return new Ok(TextNode.valueOf(text), structured, List.of(), null);
    }

    /// A fault that was found before the call ran.
    static Fail refused(String text) {
        String shown = shortened(text, MAX_FAULT);
        return new Fail(
                TextNode.valueOf("<tool_use_error>" + shown + "</tool_use_error>"),
                TextNode.valueOf("Error: " + shown));
    }

    /// A fault of the run.
    static Fail failed(String text) {
        String shown = shortened(text, MAX_FAULT);
        return new Fail(TextNode.valueOf(shown), TextNode.valueOf("Error: " + shown));
    }

    /// The begin of a text, with how much is left out.
    ///
    /// @param max characters
    static String shortened(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end) + "… (" + (text.length() - end) + " more characters)";
    }
}
