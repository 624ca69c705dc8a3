package dev.oriel.agent.api.tool.other;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.oriel.agent.api.command.Commands;
import dev.oriel.agent.api.permission.Permissions;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads a skill: its text follows the result as a message. Offer it only where there are skills.
public final class SkillTool implements Tool {
    private static final Logger LOG = LoggerFactory.getLogger(SkillTool.class);

    private final Commands commands;
    private final Permissions permissions;

    /// @param permissions receives the rules that hold while the skill is used
    public SkillTool(Commands commands, Permissions permissions) {
        this.commands = commands;
        this.permissions = permissions;
    }

    @Override
    public String name() {
        return "Skill";
    }

    @Override
    public String description() {
        return """
        Loads a skill: instructions for a kind of task, which follow as a message. The skills that \
        exist are listed in the conversation with what they are for. When one fits the task, load \
        it before anything else, and do not only mention it. `skill` is its name, without a slash; \
        `args` is what the skill is to work on.
        """;
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{
                "skill":{"type":"string","description":"The name of the skill"},
                "args":{"type":"string","description":"Its arguments"}},
                "required":["skill"],"additionalProperties":false}
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
        String given = call.input().path("skill").asText().strip();
        String name = given.startsWith("/") ? given.substring(1) : given;
        Commands.Expansion expansion;
        try {
            expansion = commands.expand(name, call.input().path("args").asText(""));
        } catch (IOException e) {
            LOG.debug("A skill cannot be read", e);
            return ToolOutcome.failed("The skill " + name + " cannot be read: " + e.getMessage());
        }
        if (expansion == null) {
            return ToolOutcome.refused("Unknown skill: " + name);
        }
        if (!expansion.allowedTools().isEmpty()) {
            permissions.allowForTurn(expansion.allowedTools());
        }
        return new ToolOutcome.Ok(
                TextNode.valueOf("Launching skill: " + name),
                Json.object().put("success", true).put("commandName", name),
                expansion.texts(),
                null);
    }
}
