package dev.oriel.agent.api.tool.other;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;

/// Begins plan mode, in which nothing is changed.
final class EnterPlanModeTool implements Tool {
    private static final String MESSAGE =
            "Entered plan mode. Explore the code and design the change; change nothing yet.";

    private final PlanMode mode;

    EnterPlanModeTool(PlanMode mode) {
        this.mode = mode;
    }

    @Override
    public String name() {
        return "EnterPlanMode";
    }

    @Override
    public String description() {
        return """
        Begins plan mode: you explore and design, and change nothing until the user has approved \
        your plan (ExitPlanMode). Use it before larger changes that can be made in several ways \
        or that affect many files. Do not use it for small fixes, or for questions that only need \
        an answer.
        """;
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{},"additionalProperties":false}
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
    public ToolOutcome run(ToolRequest call, ToolContext context) {
        mode.begin(context);
        return ToolOutcome.ok(
                MESSAGE
                        + """


                        1. Read the code that the change touches, and find what it can reuse.
                        2. Compare approaches; ask the user (AskUserQuestion) what only they know.
                        3. Call ExitPlanMode with the plan in Markdown: the goal, the steps with \
                        their files, and how the result is checked.\
                        """,
                Json.object().put("message", MESSAGE));
    }
}
