package dev.oriel.agent.api.tool.other;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks the user questions with answers to choose from.
final class AskUserQuestionTool implements Tool {
    @Override
    public String name() {
        return "AskUserQuestion";
    }

    @Override
    public String description() {
        return """
        Asks the user up to four questions, each with two to four answers to choose from. Use it \
        when you cannot go on well without a decision of the user: unclear requirements, a choice \
        between approaches. Do not ask what you can find out, or for permission to go on.

        The user can always write an answer of their own, so do not offer "Other". Put the answer \
        that you recommend first and end its label with "(Recommended)". `header` is one to three \
        words. `preview` shows what an answer would look like, for example a sketch or code. Set \
        `multiSelect` if several answers can hold.
        """;
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{
                "questions":{"minItems":1,"maxItems":4,"type":"array","items":{"type":"object",
                "properties":{"question":{"type":"string"},"header":{"type":"string"},
                "options":{"minItems":2,"maxItems":4,"type":"array","items":{"type":"object",
                "properties":{"label":{"type":"string"},"description":{"type":"string"},
                "preview":{"type":"string"}},
                "required":["label","description"],"additionalProperties":false}},
                "multiSelect":{"default":false,"type":"boolean"}},
                "required":["question","header","options","multiSelect"],
                "additionalProperties":false}},
                "answers":{"type":"object","propertyNames":{"type":"string"},
                "additionalProperties":{"type":"string"},
                "description":"Filled in by the user: leave it out"},
                "annotations":{"type":"object","propertyNames":{"type":"string"},
                "additionalProperties":{"type":"object","properties":{
                "preview":{"type":"string"},"notes":{"type":"string"}},
                "additionalProperties":false},
                "description":"Filled in by the user: leave it out"},
                "metadata":{"type":"object","properties":{"source":{"type":"string"}},
                "additionalProperties":false}},
                "required":["questions"],"additionalProperties":false}
                """);
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public ToolOutcome.@Nullable Fail check(ToolRequest call, ToolContext context) {
        Set<String> questions = new HashSet<>();
        for (JsonNode question : call.input().path("questions")) {
            if (!questions.add(question.path("question").asText())) {
                return ToolOutcome.refused("Each question must be asked only once.");
            }
            Set<String> labels = new HashSet<>();
            for (JsonNode option : question.path("options")) {
                if (!labels.add(option.path("label").asText())) {
                    return ToolOutcome.refused("The labels of a question's options must differ.");
                }
            }
        }
        return null;
    }

    @Override
    public ToolNeeds needs(ToolRequest call, ToolContext context) {
        return ToolNeeds.user();
    }

    @Override
    public ToolOutcome run(ToolRequest call, ToolContext context) {
        JsonNode answers = UserReply.input(call, context, "answers");
        JsonNode annotations = UserReply.input(call, context, "annotations");
        List<String> given = new ArrayList<>();
        for (JsonNode question : call.input().path("questions")) {
            String text = question.path("question").asText();
            String answer = answers.path(text).asText("");
            String notes = annotations.path(text).path("notes").asText("");
            if (!answer.isBlank() || !notes.isBlank()) {
                given.add(
                        "\""
                                + text
                                + "\"=\""
                                + answer
                                + "\""
                                + (notes.isBlank() ? "" : " user notes: " + notes));
            }
        }
        ObjectNode structured = Json.object();
        structured.set("questions", call.input().path("questions"));
        structured.set("answers", answers.isObject() ? answers : Json.object());
        if (annotations.isObject() && !annotations.isEmpty()) {
            structured.set("annotations", annotations);
        }
        String text =
                given.isEmpty()
                        ? "The user has answered none of the questions. Go on with what you think"
                                + " is best, and say what you assumed."
                        : "Your questions have been answered: "
                                + String.join(", ", given)
                                + ". You can now continue with these answers in mind.";
        return new ToolOutcome.Ok(TextNode.valueOf(text), structured, List.of(), null);
    }
}
