package dev.oriel.app.transcript.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.ToolDetail;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.message.Json;
import java.util.ArrayList;
import java.util.List;

/// Questions that the user answers.
final class QuestionCard implements ToolCard {
    @Override
    public void write(CardScope card, CardBody body) {
        ToolRun run = card.run();
        List<ToolDetail.Answer> answers = answers(run);
        if (!answers.isEmpty()) {
            for (ToolDetail.Answer a : answers) {
                body.prose(a.question());
                body.content().answer(a.answer());
            }
            return;
        }
        JsonNode questions = questions(run);
        if (questions.isEmpty()) {
            FieldsCard.writeFields(card, body);
        }
        for (JsonNode q : questions) {
            body.prose(q.path("question").asText(""));
            List<String> options = new ArrayList<>();
            q.path("options").forEach(o -> options.add(o.path("label").asText("")));
            if (!options.isEmpty()) {
                body.label(String.join(" · ", options));
            }
        }
        body.output();
    }

    private static List<ToolDetail.Answer> answers(ToolRun run) {
        return run.output() != null && run.output().detail() instanceof ToolDetail.Answers a
                ? a.answers()
                : List.of();
    }

    private static JsonNode questions(ToolRun run) {
        try {
            return Json.mapper().readTree(run.field("questions"));
        } catch (JsonProcessingException e) {
            // It was cut for its length, or is no JSON at all.
            return Json.object();
        }
    }

    @Override
    public String argument(ToolRun run) {
        List<ToolDetail.Answer> answers = answers(run);
        if (answers.size() == 1) {
            return Truncation.firstLine(
                    answers.getFirst().question() + " " + answers.getFirst().answer());
        }
        JsonNode questions = questions(run);
        return questions.size() == 1
                ? Truncation.firstLine(questions.path(0).path("question").asText(""))
                : questions.isEmpty() ? "" : questions.size() + " questions";
    }

    @Override
    public boolean opens(ToolRun run) {
        return answers(run).size() > 1 || ToolCard.super.opens(run);
    }
}
