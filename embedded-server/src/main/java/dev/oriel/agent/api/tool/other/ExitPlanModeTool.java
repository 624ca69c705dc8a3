package dev.oriel.agent.api.tool.other;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Presents a plan to the user, and ends plan mode when it is approved.
final class ExitPlanModeTool implements Tool {
    private static final Logger LOG = LoggerFactory.getLogger(ExitPlanModeTool.class);

    private final PlanMode mode;

    ExitPlanModeTool(PlanMode mode) {
        this.mode = mode;
    }

    @Override
    public String name() {
        return "ExitPlanMode";
    }

    @Override
    public String description() {
        return """
        Presents your plan to the user and, if they approve it, ends plan mode. Call it only in \
        plan mode, when the plan is complete; do not ask the user separately whether the plan is \
        all right. `plan` is the whole plan in Markdown. If the user declines, change the plan and \
        call it again.
        """;
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{
                "plan":{"type":"string","description":"The plan, in Markdown"},
                "allowedPrompts":{"type":"array","items":{"type":"object","properties":{
                "tool":{"type":"string","enum":["Bash"]},"prompt":{"type":"string"}},
                "required":["tool","prompt"],"additionalProperties":false},
                "description":"Kinds of commands that the plan needs, in words"}},
                "additionalProperties":{}}
                """);
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public ToolOutcome.@Nullable Fail check(ToolRequest call, ToolContext context) {
        return mode.isActive()
                ? null
                : ToolOutcome.refused(
                        "You are not in plan mode. If the plan was approved already, carry it"
                                + " out.");
    }

    @Override
    public ToolNeeds needs(ToolRequest call, ToolContext context) {
        return ToolNeeds.user();
    }

    @Override
    public ToolOutcome run(ToolRequest call, ToolContext context) {
        mode.end(UserReply.mode(context), context);
        String plan = UserReply.input(call, context, "plan").asText("");
        Path file = PlanMode.folder(context).resolve("plan-" + UUID.randomUUID() + ".md");
        ObjectNode structured = Json.object();
        if (plan.isBlank()) {
            structured.putNull("plan");
            return ToolOutcome.ok(
                    "User has approved exiting plan mode. You can now proceed.",
                    structured.put("isAgent", false));
        }
        structured.put("plan", plan).put("isAgent", false);
        String saved = "";
        if (save(plan, file)) {
            structured.put("filePath", file.toString());
            saved = " It is saved in " + file + ".";
        }
        return ToolOutcome.ok(
                "User has approved your plan. You can now carry it out."
                        + saved
                        + "\n\nThe approved plan:\n"
                        + plan,
                structured);
    }

    private static boolean save(String plan, Path file) {
        try {
            PrivateFiles.createFolders(file.resolveSibling("").toAbsolutePath());
            Files.writeString(PrivateFiles.createNew(file), plan);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.debug("A plan cannot be saved", e);
            return false;
        }
    }
}
