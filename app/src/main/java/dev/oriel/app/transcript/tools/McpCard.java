package dev.oriel.app.transcript.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import dev.oriel.app.conversation.item.ToolDetail;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.message.Json;

/// A tool of an MCP server: a table of its input, and its result as data, text, links and images.
final class McpCard implements ToolCard {
    @Override
    public void write(CardScope card, CardBody body) {
        ToolRun run = card.run();
        body.content().table(run.fields());
        ToolOutput output = run.output();
        if (output == null) {
            return;
        }
        if (output.detail() instanceof ToolDetail.Structured data
                && run.state() instanceof ToolState.Ok) {
            if (!data.json().isEmpty()) {
                body.content().json("Result", data.json());
                if (isJson(output.text())) {
                    body.images(output);
                } else {
                    body.output();
                }
            } else {
                body.output();
            }
            data.links().forEach(body.content()::link);
        } else {
            body.output();
        }
    }

    /// Whether a text only repeats the data, as servers do for clients that read no data.
    private static boolean isJson(String text) {
        if (text.isBlank()) {
            return true;
        }
        if ("{[".indexOf(text.stripLeading().charAt(0)) < 0) {
            return false;
        }
        try {
            Json.mapper().reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(text);
            return true;
        } catch (JsonProcessingException e) {
            // It was cut for its length, or is a sentence that begins like data.
            return text.length() > Truncation.MAX_TEXT;
        }
    }
}
