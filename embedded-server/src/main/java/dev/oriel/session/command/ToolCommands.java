package dev.oriel.session.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.Agent;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.tools.ClientTools;
import dev.oriel.session.tools.ToolDefinition;
import dev.oriel.session.tools.ToolOwner;
import dev.oriel.session.turn.TurnRunner;
import java.util.concurrent.CompletableFuture;

/// Tools that clients add and remove. Confined to the lane, so that a prompt that is sent after a
/// definition finds the tool.
public final class ToolCommands {
    private final ClientTools tools;
    private final TurnRunner turns;

    public ToolCommands(ClientTools tools, TurnRunner turns) {
        this.tools = tools;
        this.turns = turns;
    }

    /// @param tool see [ToolDefinition#parse]
    /// @param done fails with [BadRequestException] if the definition is not valid
    public void define(ToolOwner from, JsonNode tool, CompletableFuture<ToolDefinition> done) {
        try {
            add(from, ToolDefinition.parse(tool), done);
        } catch (BadRequestException e) {
            done.completeExceptionally(e);
        }
    }

    /// @param done fails with [BadRequestException] if there are too many tools
    public void add(
            ToolOwner from, ToolDefinition definition, CompletableFuture<ToolDefinition> done) {
        try {
            tools.define(from, definition);
            notifyAgent();
            done.complete(definition);
        } catch (BadRequestException e) {
            done.completeExceptionally(e);
        }
    }

    /// Removes the tools of a client that has left; calls that wait for it fail.
    public void removeAll(ToolOwner from) {
        if (tools.removeAll(from)) {
            notifyAgent();
        }
    }

    private void notifyAgent() {
        Agent agent = turns.agent().running();
        if (agent != null) {
            agent.onToolsChanged();
        }
    }
}
