package dev.oriel.agent.api.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.permission.Permissions;
import dev.oriel.agent.api.permission.Verdict;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolCatalog;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/// Runs commands that a command file contains, with the tool Bash and its permissions. A command
/// that would need an ask does not run. Thread-safe.
public final class CommandShell {
    private static final String TOOL = "Bash";

    private final Supplier<ToolCatalog> tools;
    private final Permissions permissions;
    private final ToolContext context;

    public CommandShell(Supplier<ToolCatalog> tools, Permissions permissions, ToolContext context) {
        this.tools = tools;
        this.permissions = permissions;
        this.context = context;
    }

    /// @param allowed rules that hold until the end of the turn
    /// @return the output, or why the command did not run
    /// @throws CancellationException if the thread is interrupted
    String run(String command, List<String> allowed) {
        Tool bash = tools.get().find(TOOL);
        if (bash == null) {
            return "[not run, because there is no tool for commands: " + command + "]";
        }
        permissions.allowForTurn(allowed);
        ObjectNode input = Json.object().put("command", command);
        ToolRequest call = new ToolRequest("command_" + UUID.randomUUID(), TOOL, input);
        if (!(permissions.judge(call, bash.needs(call, context)) instanceof Verdict.Allow)) {
            return "[not run, because it is not allowed without asking the user: " + command + "]";
        }
        try {
            ToolOutcome fault = bash.check(call, context);
            return text((fault == null ? bash.run(call, context) : fault).content());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(block -> text.append(block.path("text").asText()));
        return text.toString();
    }
}
