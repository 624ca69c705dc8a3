package dev.oriel.agent.api.tool.other;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;

/// Replaces the checklist that the user sees.
final class TodoWriteTool implements Tool {
    private ArrayNode todos = Json.mapper().createArrayNode(); // guarded by this

    @Override
    public String name() {
        return "TodoWrite";
    }

    @Override
    public String description() {
        return """
        Keeps a checklist of the work, which the user sees. Use it for tasks of three or more \
        steps, or when the user gives several; not for a single step or a question.

        Each call replaces the whole list. `content` says what is to be done ("Run the tests"), \
        `activeForm` what is being done ("Running the tests"). Exactly one entry is in_progress \
        while you work; set it to completed as soon as it is done, and only if it is really done.
        """;
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{"todos":{"type":"array",
                "description":"The whole list","items":{"type":"object","properties":{
                "content":{"type":"string","minLength":1},
                "status":{"type":"string","enum":["pending","in_progress","completed"]},
                "activeForm":{"type":"string","minLength":1}},
                "required":["content","status","activeForm"],"additionalProperties":false}}},
                "required":["todos"],"additionalProperties":false}
                """);
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public ToolNeeds needs(ToolRequest call, ToolContext context) {
        return ToolNeeds.harmless();
    }

    @Override
    public synchronized ToolOutcome run(ToolRequest call, ToolContext context) {
        ArrayNode old = todos;
        ArrayNode given = Json.mapper().createArrayNode();
        boolean areAllDone = true;
        for (JsonNode todo : call.input().path("todos")) {
            given.add(todo.deepCopy());
            areAllDone &= todo.path("status").asText().equals("completed");
        }
        // The next list is not a change of one that is done.
        todos = areAllDone ? Json.mapper().createArrayNode() : given;
        ObjectNode structured = Json.object();
        structured.set("oldTodos", old);
        structured.set("newTodos", given);
        return ToolOutcome.ok(
                "Todos have been modified successfully. Keep the list current, and go on with the"
                        + " entry that is in progress.",
                structured);
    }
}
